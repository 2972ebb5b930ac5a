/** Laying the report's window over the page: which letter of mine is which of yours; as in domain/overlay.py. */
import { grainOf } from "./refind-signs.js";
import { forward } from "./refind-places.js";

export const REACH = 48;
const MOST_PROBES = 32;
const MOST_PLACES = 4;
const LONG = 24;
const MOST_SHIFTS = 8;
const ENOUGH = 24;
const STRETCH = 0.15;

/**
 * Carry window[start, end) to about page[at], the surroundings up to `slack` further away on either side. Gives
 * {start, end, agreement, left, right} (the last two count the letters next to the piece that agree), or null.
 */
export function overlay({ window, start, end }, page, at, slack) {
  const reachLeft = Math.min(REACH, start);
  const reachRight = Math.min(REACH, window.length - end);
  if (at >= start && page.startsWith(window, at - start)) {
    return { start: at, end: at + end - start, agreement: 1, left: reachLeft, right: reachRight };
  }
  const shifts = shiftsOf(window, start, end, page, Math.max(0, at - start - slack), at - start + window.length + slack);
  if (!shifts) return null;
  const [low, high] = [start + shifts[0], end + shifts[1]].sort((a, b) => a - b);
  const first = Math.max(0, Math.min(page.length, low));
  const last = Math.max(0, Math.min(page.length, high));
  const ours = [window.slice(start - reachLeft, start), window.slice(end, end + reachRight)];
  const theirs = [page.slice(Math.max(0, first - reachLeft), first), page.slice(last, last + reachRight)];
  if (end - start >= LONG) {
    ours.push(window.slice(start, end));
    theirs.push(page.slice(first, last));
  }
  return {
    start: first,
    end: last,
    agreement: agreementOf(ours, theirs, grainOf(window)[2]),
    left: runOf(window, start, page, first, -1),
    right: runOf(window, end, page, last, 1),
  };
}

/** How many short runs of letters both share; a word put in between does not count against all that follows it. */
function agreementOf(ours, theirs, run) {
  if (ours.join("\0") === theirs.join("\0")) return 1;
  const [mine, yours] = [runsOf(ours, run), runsOf(theirs, run)];
  return (2 * sharedOf(mine, yours)) / (mine.size + yours.size || 1);
}

function sharedOf(ours, theirs) {
  let shared = 0;
  for (const item of ours) shared += +theirs.has(item);
  return shared;
}

function runsOf(texts, run) {
  const runs = new Set();
  for (const text of texts) for (let at = 0; at + run <= text.length; at++) runs.add(text.slice(at, at + run));
  return runs;
}

/** How far the letters left and right of the piece stand from mine: most probes agree on one shift, or on two. */
function shiftsOf(window, start, end, page, low, high) {
  const votes = new Map();
  const [probe, stride] = grainOf(window);
  const last = window.length - probe;
  const from = Math.max(0, start - REACH);
  const to = Math.min(last, end + REACH - probe);
  const step = Math.max(stride, Math.floor((to - from) / MOST_PROBES));
  for (let at = to < from ? Math.min(from, last) : from; at >= 0 && (at <= to || to < from); at += step) {
    for (const found of forward(window.slice(at, at + probe), page, low, high, MOST_PLACES)) {
      votes.set(found - at, (votes.get(found - at) || 0) + 1);
    }
    if (to < from) break;
  }
  return votes.size ? fitting(window, start, end, page, votes, high - low) : null;
}

/** The shifts of both sides: long unbroken runs next to the piece, and a piece of like length. */
function fitting(window, start, end, page, votes, drift) {
  const shifts = [...votes.keys()];
  let best = shifts[0];
  for (const shift of shifts) {
    if ((votes.get(shift) - votes.get(best) || Math.abs(best) - Math.abs(shift)) > 0) best = shift;
  }
  const near = [];
  for (const shift of shifts.sort((a, b) => votes.get(b) - votes.get(a))) {
    if (Math.abs(shift - best) <= drift && near.length < MOST_SHIFTS) near.push(shift);
  }
  let most = [-Infinity];
  for (const left of near) {
    for (const right of near) {
      if (end + right < start + left) continue;
      const runs = Math.min(ENOUGH, runOf(window, start, page, start + left, -1)) + Math.min(ENOUGH, runOf(window, end, page, end + right, 1));
      const probes = votes.get(left) + votes.get(right);
      const fit = [runs - STRETCH * Math.abs(right - left) + probes, probes, left, right];
      if ((fit[0] - most[0] || fit[1] - most[1] || fit[2] - most[2] || fit[3] - most[3]) > 0) most = fit;
    }
  }
  return most.slice(2);
}

/** How many letters agree without a gap, from `mine` and `yours` on in one direction; at most the reach. */
function runOf(window, mine, page, yours, step) {
  const back = step < 0 ? 1 : 0;
  let count = 0;
  while (count < REACH) {
    const letter = window[mine - back + step * count];
    if (letter === undefined || letter !== page[yours - back + step * count]) break;
    count++;
  }
  return count;
}
