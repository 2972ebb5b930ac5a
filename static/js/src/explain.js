/** What the reader is told when the desk did not take a report, or had dealt with it before. */
import { resume } from "./resume.js";
import { script } from "./shared.js";
import { forget } from "./store.js";
import { loadAllWords, say } from "./rare-words.js";

/** Words for a `result` of client.js about the report `id`; nothing where the usual ones say it. `kept`: it waits in this browser. */
export async function explain(id, result, kept) {
  if (kept) resume();
  else if (result.refused) forget(id);
  const words = await loadAllWords(script);
  const { answer, retryAt } = result;
  if (answer) return wordsFor(answer, words);
  return reasonFor(result, words) || (kept && retryAt && say(words.later, words.lang, { time: clock(retryAt, words.lang) }));
}

/** Words for what others had seen, or the editors dealt with, before. */
function wordsFor({ outcome, readers }, words) {
  const n = readers - 1;
  if (outcome === "known") return n > 0 && say(words.known, words.lang, { n });
  return outcome === "fixed" ? words.fixed : words.declined;
}

/** Words for a refusal, else nothing. */
export function reasonFor({ code, refused, detail }, words) {
  return refused && (code === "origin-not-allowed" ? words.stranger : say(words.refused, words.lang, { reason: detail || code }));
}

/** The time of day, with the date when it is not today. */
function clock(at, lang) {
  const time = new Date(at);
  const today = time.toDateString() === new Date().toDateString();
  return time.toLocaleString(lang, { timeStyle: "short", dateStyle: today ? undefined : "medium" });
}
