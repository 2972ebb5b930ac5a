/** Changing and withdrawing one's own report. */
import { send } from "./client.js";
import { reasonFor } from "./explain.js";
import { keepReceipt } from "./own-reports.js";
import { script } from "./shared.js";
import { loadAllWords } from "./rare-words.js";

/**
 * Change the report of the receipt `own` to `bodies`, made of `answers`, or withdraw it without. Gives what the reader is
 * told, with what is still their own: {text, done, bad, own}.
 */
export async function amend(own, bodies, answers) {
  const words = await loadAllWords(script);
  const result = await send(bodies ? "PATCH" : "DELETE", "receipts/" + own.url.replace(/.*\//, ""), bodies);
  if (result.answer) {
    keepReceipt(own.url, answers && Object.assign(own, { answers }));
    return { text: answers ? words.changed : words.withdrawn, done: true, own: answers && own };
  }
  if (result.code === "too-late") {
    keepReceipt(own.url, { ...own, key: "", answers: null });
    return { text: words.late, bad: true, done: true };
  }
  return { text: reasonFor(result, words) || words.unchanged, bad: true, own };
}
