/** What the reader is usually told: what is true, in their language. The later file has the words for all else. */
import { say } from "./words.js";

/** Words for an `answer` of the desk, and without one for a report that this browser has `kept` or could not keep. */
export function usualWords(words, { outcome, readers }, kept) {
  const n = readers - 1;
  return outcome === "known" && n > 0 ? say(words.known, words.lang, { n }) : outcome ? words.sent : kept ? words.kept : words.lost;
}
