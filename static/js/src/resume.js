/** What is due of the things that this browser keeps for the reader. */
import { flush } from "./outbox.js";
import { askReceipts } from "./receipts.js";
import { sourceOf } from "./report.js";
import { need, script } from "./shared.js";
import { loadAllWords } from "./rare-words.js";

let asked;

/** Send what was kept (`type` of the event that brought us here), and ask once what became of this page's reports. */
export async function resume(type) {
  if (document.prerendering) await new Promise((go) => document.addEventListener("prerenderingchange", go, { once: true }));
  flush(type === "online");
  if (asked) return;
  asked = true;
  if (await askReceipts(sourceOf(location.href))) {
    const words = await loadAllWords(script);
    (await need("touch")).showNotice(words);
  }
}
