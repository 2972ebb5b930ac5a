/** What the reader is told after sending: what is true, in their language. */
import { say } from "./words.js";

/** Words for a result of client.js; `kept` says whether this browser keeps the report. {text, note, link, done, bad}. */
export function answerFor(result, kept, words) {
  if (result.state === "answered") return thanks(result.answer, words);
  if (result.state === "refused") {
    const stranger = result.code === "origin-not-allowed";
    return { text: stranger ? words.stranger : say(words.refused, words.lang, { reason: result.detail || result.code }), bad: true };
  }
  if (!kept) return { text: words.lost, bad: true };
  if (!result.retryAt) return { text: words.kept, done: true };
  return { text: say(words.later, words.lang, { time: clock(result.retryAt, words.lang) }), done: true };
}

function thanks({ outcome, readers, message, receipt }, words) {
  const others = readers - 1;
  const known = outcome === "known" && others > 0;
  return {
    text: known ? say(words.known, words.lang, { n: others }) : /^(fixed|declined)$/.test(outcome) ? words[outcome] : words.sent,
    note: outcome === "declined" ? /: (.+)/s.exec(message)?.[1] : "", // the editors' reason, after our sentence
    link: /^https?:/.test(receipt) ? receipt : "",
    done: true,
  };
}

/** The time of day, with the date when it is not today. */
function clock(at, lang) {
  const time = new Date(at);
  const today = time.toDateString() === new Date().toDateString();
  return time.toLocaleString(lang, { timeStyle: "short", ...(today ? {} : { dateStyle: "medium" }) });
}
