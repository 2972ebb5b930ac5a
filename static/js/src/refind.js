/**
 * Finding a reported passage on a page as it is now: typo_reports/pages/refind.py once more, step by step.
 * tests/vectors/refind.json holds both to the same answers.
 */
import { isInItsBlock, ownBlock } from "./refind-block.js";
import { fold, foldedOffset } from "./refind-fold.js";
import { overlay } from "./refind-overlay.js";
import { placesOf, rewrittenPlacesOf, standsAt } from "./refind-places.js";
import { placeAt } from "./refind-standing.js";
import { oldPlace } from "./refind-drift.js";
import { piece } from "./refind-signs.js";

const CONTEXT = 64;
const SLACK = 96;
const STANDS_BELOW = 0.25;
const GONE_BELOW = 0.33;
const FAR_BELOW = 0.5;
const FAR = 300;
const PRESENT_FROM = 0.5;
const LONG_PIECE = 24;
const SURE = 0.6;
const STANDS_BONUS = 0.1;
const STANDS_IN_BLOCK_BONUS = 0.2;
const CLOSER_BELOW = 0.9;
const NEAR_BONUS = 0.5;
const NEAR_SCALE = 200;

/**
 * What became of the desk's `place` in `text`: {state: "present", "changed" or "gone", start, end}; start and end are
 * UTF-16 offsets in `text`, absent when gone. A place is a selector (W3C names, code points) with `target`: what in its
 * window prefix + exact + suffix is wrong, {start, end}, `right`, what should stand there, or null, and whether `notes`
 * count (pages/target.py).
 */
export function refind(place, text) {
  const signs = [...text];
  const target = targetOf(place);
  const page = { signs, folded: fold(signs, target.notes) };
  const pattern = patternOf(target);
  const old = oldPlace(place, signs);
  let hint = foldedOffset(page.folded, old.counted);
  if (!standsAt(pattern, page.folded.text, hint)) hint = foldedOffset(page.folded, old.seen());
  const findings = [];
  const look = (places) => {
    for (const at of places(pattern, page.folded.text, hint)) {
      const there = overlay(pattern, page.folded.text, at, SLACK);
      findings.push(there && verdict(target, pattern, page, there));
    }
    return bestOf(findings, old);
  };
  let best = look(placesOf);
  // Too much was rewritten for long seeds.
  if (!best || best.score < CLOSER_BELOW) best = look(rewrittenPlacesOf);
  if (!best) return { state: "gone" };
  const start = piece(signs, 0, best.start).length;
  return { state: best.state, start, end: start + piece(signs, best.start, best.end).length };
}

function targetOf({ exact, prefix = "", suffix = "", target }) {
  const window = [...prefix, ...exact, ...suffix];
  return { ...target, window, wrong: piece(window, target.start, target.end) };
}

function patternOf({ window, start, end, notes }) {
  const folded = fold(window, notes);
  const [from, to] = [foldedOffset(folded, start), foldedOffset(folded, end)];
  const low = Math.max(0, from - CONTEXT);
  const high = Math.min(folded.text.length, to + CONTEXT);
  const [first, last] = ownBlock({ window, start, end }).map((at) => foldedOffset(folded, at));
  return {
    window: folded.text.slice(low, high),
    start: from - low,
    end: to - low,
    left: from - Math.max(low, first),
    right: Math.min(high, last) - to,
  };
}

/** The likeliest place: by its surroundings, what stands there, and how far it moved. */
function bestOf(findings, old) {
  let best = null;
  let most = -1;
  for (const finding of findings) {
    if (!finding || finding.score < neededFor(finding, old)) continue;
    const rank = finding.score + finding.stands + NEAR_BONUS / (1 + old.moved(finding.start) / NEAR_SCALE);
    if (rank > most) [best, most] = [finding, rank];
  }
  return best;
}

function neededFor({ stands, start }, old) {
  return stands ? STANDS_BELOW : old.moved(start) > FAR ? FAR_BELOW : GONE_BELOW;
}

function verdict(target, pattern, page, there) {
  const place = placeAt(target, page, there);
  const inBlock = isInItsBlock(pattern, page, there, place);
  let right = target.right ? place.standing(target.right) : null;
  const wrong = place.standing(target.wrong);
  // Its own block counts for half, however little of what stood around it is there.
  const score = inBlock ? (1 + there.agreement) / 2 : there.agreement;
  const bonus = inBlock ? STANDS_IN_BLOCK_BONUS : STANDS_BONUS;
  if (wrong && isStillWrong(target, place, wrong, right, score)) return finding("present", wrong, score, bonus);
  const isFixed = target.right
    ? !!right && score >= PRESENT_FROM
    : !wrong && /^[\p{L}\p{N}]+$/u.test(target.wrong) && place.isAnchored && score >= SURE;
  if (!right && target.right) right = place.nearby(target.right);
  return finding("changed", right || place.span(), score, isFixed && bonus);
}

const finding = (state, [start, end], score, stands) => ({ state, start, end, score, stands: +stands }) // `stands`: what it counts for that a piece stands there;

function isStillWrong(target, place, wrong, right, score) {
  const [start, end] = wrong;
  if (right && right[0] <= start && end <= right[1] && (right[0] !== start || right[1] !== end)) return false;
  if (target.right === null && place.isPunctuated(wrong)) return false;
  return score >= PRESENT_FROM || end - start >= LONG_PIECE;
}
