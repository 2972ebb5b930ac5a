/** Whether the block of text that a passage stood in is still there, whatever is around it; as in pages/block.py. */
import { sourceSpan } from "./refind-fold.js";
import { REACH } from "./refind-overlay.js";
import { grainOf } from "./refind-signs.js";

const END = /[\n\u2028]/;
const LEAST_PROBES = 2;
const LONG_PROBES = 4;
const LONGEST_GAP = 16;

/** Where the block around window[start, end) begins and ends, as far as the window, a list of signs, shows it. */
export function ownBlock({ window, start, end }) {
  while (start > 0 && !END.test(window[start - 1])) start--;
  while (end < window.length && !END.test(window[end])) end++;
  return [start, end];
}

/** Whether all that stood beside the passage in its block stands `there`, and, if that is short, no more. */
export function isInItsBlock(pattern, { signs, folded }, there, place) {
  const left = Math.min(REACH, pattern.left);
  const right = Math.min(REACH, pattern.right);
  if (left + right < LEAST_PROBES * grainOf(pattern.window)[0] || there.left < left || there.right < right) return false;
  if (left + right >= LONG_PROBES * grainOf(pattern.window)[0]) return true;
  let [from, to] = sourceSpan(folded, there.start - left, there.end + right);
  // What stands in the place of the passage may be longer than it was.
  if (!left) [from] = place.span();
  if (!right) [, to] = place.span();
  return (left === REACH || isAtAnEnd(signs, from - 1, -1)) && (right === REACH || isAtAnEnd(signs, to, 1));
}

/** Whether nothing but white space stands from here on to the end of a block. */
function isAtAnEnd(signs, at, step) {
  for (let count = 0; count < LONGEST_GAP; count++, at += step) {
    if (signs[at] === undefined || END.test(signs[at])) return true;
    if (/\S/.test(signs[at])) return false;
  }
  return false;
}
