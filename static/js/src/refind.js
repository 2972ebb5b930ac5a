/**
 * Finding a reported passage on a page as it is now: typo_reports/pages/refind.py once more, step by step.
 * tests/vectors/refind.json holds both to the same answers.
 */
import { fold, foldedOffset } from "./refind-fold.js";
import { overlay } from "./refind-overlay.js";
import { placesOf, rewrittenPlacesOf } from "./refind-places.js";
import { placeAt } from "./refind-standing.js";
import { piece, targetOf } from "./refind-target.js";

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
const CLOSER_BELOW = 0.9;
const NEAR_BONUS = 0.5;
const NEAR_SCALE = 200;

/**
 * What became of `selector` (W3C names, code points) in `text`: {state: "present", "changed" or "gone", start, end};
 * start and end are UTF-16 offsets in `text`, absent when gone.
 */
export function refind(selector, text, suggestion) {
  const signs = [...text];
  const page = { signs, folded: fold(signs) };
  const target = targetOf(selector, suggestion);
  const pattern = patternOf(target);
  const old = selector.start ?? 0;
  const hint = foldedOffset(page.folded, old);
  const findings = [];
  const look = (places) => {
    for (const at of places(pattern, page.folded.text, hint)) {
      const there = overlay(pattern, page.folded.text, at, SLACK);
      findings.push(there && verdict(target, page, there));
    }
    return bestOf(findings, hint, page, old);
  };
  let best = look(placesOf);
  // Too much was rewritten for long seeds.
  if (!best || best.score < CLOSER_BELOW) best = look(rewrittenPlacesOf);
  if (!best) return { state: "gone" };
  const start = piece(signs, 0, best.start).length;
  return { state: best.state, start, end: start + piece(signs, best.start, best.end).length };
}

function patternOf({ window, start, end }) {
  const folded = fold(window);
  const [from, to] = [foldedOffset(folded, start), foldedOffset(folded, end)];
  const low = Math.max(0, from - CONTEXT);
  return { window: folded.text.slice(low, to + CONTEXT), start: from - low, end: to - low };
}

/** The likeliest place: by its surroundings, what stands there, and how far it moved. */
function bestOf(findings, hint, page, old) {
  let best = null;
  let most = -1;
  for (const finding of findings) {
    if (!finding || finding.score < neededFor(finding, old)) continue;
    const moved = Math.abs(foldedOffset(page.folded, finding.start) - hint);
    const rank = finding.score + STANDS_BONUS * finding.stands + NEAR_BONUS / (1 + moved / NEAR_SCALE);
    if (rank > most) [best, most] = [finding, rank];
  }
  return best;
}

function neededFor({ stands, start }, old) {
  return stands ? STANDS_BELOW : Math.abs(start - old) > FAR ? FAR_BELOW : GONE_BELOW;
}

function verdict(target, page, there) {
  const place = placeAt(target, page, there);
  let right = target.right ? place.standing(target.right) : null;
  const wrong = place.standing(place.wrong);
  const score = there.agreement;
  if (wrong && isStillWrong(target, place, wrong, right, score)) return finding("present", wrong, score, true);
  const isFixed = target.right
    ? !!right && score >= PRESENT_FROM
    : !wrong && /^[\p{L}\p{N}]+$/u.test(place.wrong) && place.isAnchored && score >= SURE;
  if (!right && target.right) right = place.nearby(target.right);
  return finding("changed", right || place.span(), score, isFixed);
}

const finding = (state, [start, end], score, stands) => ({ state, start, end, score, stands: +stands });

function isStillWrong(target, place, wrong, right, score) {
  const [start, end] = wrong;
  if (right && right[0] <= start && end <= right[1] && (right[0] !== start || right[1] !== end)) return false;
  if (target.right === null && place.isPunctuated(wrong)) return false;
  return score >= PRESENT_FROM || end - start >= LONG_PIECE;
}
