/**
 * The W3C selector of one place: exact, prefix, suffix, start and end, in code points of the page's shown text.
 *
 * Context is at least 64 code points each side (measured: 32 finds a little less, 128 no more) and reaches to the
 * edge of the sentence, so that editors read whole sentences, within the contract's 200.
 */
import { sentenceAround, snapToGrapheme } from "./boundaries.js";
import { countCodePoints } from "./code-points.js";

const CONTEXT = 64;
const CONTEXT_MAX = 200;

/** Drop the white space at both ends of text[start, end) and never cut inside a letter. Null when nothing is left. */
export function tighten(text, start, end) {
  start = snapToGrapheme(text, start);
  end = snapToGrapheme(text, end, true);
  while (start < end && !/\S/.test(text[start])) start++;
  while (end > start && !/\S/.test(text[end - 1])) end--;
  return start < end ? [start, end] : null;
}

/** Describe text[start, end): {selector, before, after}; before and after complete its sentence for the reader. */
export function describe(text, start, end) {
  const [from, to] = sentenceAround(text, start, end);
  const exact = text.slice(start, end);
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  const at = countCodePoints(text.slice(0, start));
  return {
    selector: {
      exact,
      // Context cut at its far end never begins or ends in the middle of a letter.
      prefix: text.slice(Math.min(start, snapToGrapheme(text, Math.max(0, start - sizeOf(before)), true)), start),
      suffix: text.slice(end, Math.max(end, snapToGrapheme(text, end + sizeOf(after)))),
      start: at,
      end: at + countCodePoints(exact),
    },
    before,
    after,
  };
}

/** How many units hold so much of the context: those of the sentence's rest within the bounds; letters of two units may be fewer. */
function sizeOf(restOfSentence) {
  return Math.min(CONTEXT_MAX, Math.max(CONTEXT, restOfSentence.length));
}
