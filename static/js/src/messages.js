/** What the reader is told after sending: what is true, in their language. */
import { say } from "./words.js";

/**
 * Words for a result of client.js: {text, note, link, done, bad}. `kept` says whether this browser keeps the report;
 * `changed` is what to say when an earlier report was changed or withdrawn, "" for a new one.
 */
export function answerFor({ state, answer, code, detail, retryAt }, words, kept, changed) {
  const done = true;
  const bad = true;
  if (state === "answered") return changed ? { text: changed, done } : { ...thanks(answer, words), done };
  if (code === "too-late") return { text: words.late, bad, done };
  if (code === "origin-not-allowed") return { text: words.stranger, bad };
  if (state === "refused") return { text: say(words.refused, words.lang, { reason: detail || code }), bad };
  if (changed) return { text: words.unchanged, bad };
  if (!kept) return { text: words.lost, bad };
  return { text: retryAt ? say(words.later, words.lang, { time: clock(retryAt, words.lang) }) : words.kept, done };
}

function thanks({ outcome, readers, reply, receipt }, words) {
  const others = readers - 1;
  return {
    text: outcome === "fixed" ? words.fixed : outcome === "declined" ? words.declined
      : outcome === "known" && others > 0 ? say(words.known, words.lang, { n: others }) : words.sent,
    note: reply,
    link: /^https?:/.test(receipt) && receipt,
  };
}

/** The time of day, with the date when it is not today. */
function clock(at, lang) {
  const time = new Date(at);
  const today = time.toDateString() === new Date().toDateString();
  return time.toLocaleString(lang, { timeStyle: "short", dateStyle: today ? undefined : "medium" });
}
