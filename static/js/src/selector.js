/**
 * The W3C selector of one place: exact, prefix, suffix, start and end, in code points of the page's shown text.
 *
 * Context is at least 64 code points each side (measured: 32 finds a little less, 128 no more) and reaches to the
 * edge of the sentence, so that editors read whole sentences, within the contract's 200.
 */
import { sentenceAround, snapToGrapheme } from "./boundaries.js";
import { countCodePoints, cutCodePoints } from "./code-points.js";

const CONTEXT = 64;
const CONTEXT_MAX = 200;
const LETTER = /\S/;

/** Drop the white space at both ends of text[start, end) and never cut inside a letter. Null when nothing is left. */
export function tighten(text, start, end) {
  start = snapToGrapheme(text, start, false);
  end = end > start ? snapToGrapheme(text, end, true) : end;
  while (start < end && !LETTER.test(text[start])) start++;
  while (end > start && !LETTER.test(text[end - 1])) end--;
  return start < end ? [start, end] : null;
}

/** Describe text[start, end): {selector, before, after}; before and after complete its sentence for the reader. */
export function describe(text, start, end, lang) {
  const [from, to] = sentenceAround(text, start, end, lang);
  const before = text.slice(0, start);
  const after = text.slice(end);
  const at = countCodePoints(before);
  const exact = text.slice(start, end);
  return {
    selector: {
      exact,
      prefix: whole(cutCodePoints(before, -contextSize(text.slice(from, start))), text, start, -1),
      suffix: whole(cutCodePoints(after, contextSize(text.slice(end, to))), text, end, 1),
      start: at,
      end: at + countCodePoints(exact),
    },
    before: text.slice(from, start),
    after: text.slice(end, to),
  };
}

function contextSize(restOfSentence) {
  return Math.min(CONTEXT_MAX, Math.max(CONTEXT, countCodePoints(restOfSentence)));
}

/** Context cut at its far end never begins or ends in the middle of a letter. */
function whole(context, text, edge, side) {
  const far = snapToGrapheme(text, edge + side * context.length, side < 0);
  return side < 0 ? text.slice(Math.min(far, edge), edge) : text.slice(edge, Math.max(far, edge));
}
