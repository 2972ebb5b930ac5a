/** Where on a page a passage may stand: seeds from the passage and from what stood around it; as in pages/places.py. */
import { grainOf } from "./refind-signs.js";

const MOST_OCCURRENCES = 32;
const MOST_PLACES = 6;
const FIRST_STEP = 4096;
const SEEDS_EACH_SIDE = 3;
const MOST_SHORT_SEEDS = 32;
const SHORT_SEEDS_REACH = 32768;
const SAME_PLACE = 40;

/** Likely starts of window[start, end) in `text`, best first; `hint` is where it stood before. All folded. */
export function placesOf(pattern, text, hint) {
  const { window, start, end } = pattern;
  // Of many like it, the one that never moved.
  if (standsAt(pattern, text, hint)) return [Math.max(start, hint)];
  const whole = occurrences(window, text, hint - start);
  if (isTelling(pattern) && whole.length === 1) return [whole[0] + start];
  return voted(window, start, seedsOf(window.length, start, end, seedLength(window)), text, hint);
}

const seedLength = (window) => 2 * grainOf(window)[0];

/** Whether enough stands around the passage to know it by. */
const isTelling = ({ window, start, end }) => window.length >= end - start + seedLength(window);

/** Whether the whole window stands where it stood. */
export const standsAt = (pattern, text, hint) =>
  isTelling(pattern) && text.startsWith(pattern.window, Math.max(0, hint - pattern.start));

/** Likely starts of a passage whose surroundings were rewritten, by short runs of its letters. */
export function rewrittenPlacesOf({ window, start }, text, hint) {
  const low = Math.max(0, hint - SHORT_SEEDS_REACH);
  const [length] = grainOf(window);
  const step = Math.max(length, Math.floor(window.length / MOST_SHORT_SEEDS));
  const seeds = [];
  for (let at = 0; !at || at + length <= window.length; at += step) seeds.push([at, length]);
  const places = [];
  for (const place of voted(window, start, seeds, text.slice(low, hint + SHORT_SEEDS_REACH), hint - low)) places.push(low + place);
  return places;
}

/** The starts that most seeds speak for; a rare seed says more than a frequent one. */
function voted(window, start, seeds, text, hint) {
  const votes = [];
  for (let number = 0; number < seeds.length; number++) {
    const [at, size] = seeds[number];
    const found = occurrences(window.slice(at, at + size), text, hint + at - start);
    for (const place of found) votes.push([place + start - at, number, size / found.length ** 0.5]);
  }
  return best(votes, hint);
}

/** [offset in the window, length] of each seed, the telling ones first. */
function seedsOf(size, start, end, length) {
  const low = Math.max(0, start - length);
  const high = Math.min(size, end + length);
  const seeds = [[0, size], [low, high - low], [low, end - low], [start, high - start]];
  if (end > start) seeds.push([start, end - start]);
  for (let number = 0; number < SEEDS_EACH_SIDE; number++) {
    const right = start - number * length;
    if (right >= length >> 2) seeds.push([Math.max(0, right - length), Math.min(right, length)]);
    const left = end + number * length;
    if (size - left >= length >> 2) seeds.push([left, Math.min(length, size - left)]);
  }
  return seeds;
}

/** Places of the seed, half of them from `hint` on, half before it in growing steps; only forward searches. */
function occurrences(seed, text, hint) {
  if (!seed) return [];
  let high = Math.max(0, Math.min(hint, text.length));
  let half = MOST_OCCURRENCES / 2;
  const places = forward(seed, text, high, text.length, half);
  for (let step = FIRST_STEP; high > 0 && half > 0; step *= 4) {
    const low = Math.max(0, high - step);
    const found = forward(seed, text, low, high + seed.length - 1, half);
    half -= found.length;
    places.push(...found.reverse());
    high = low;
  }
  return places;
}

export function forward(seed, text, low, high, most) {
  const places = [];
  const part = text.slice(low, Math.max(low, high));
  for (let at = -1; places.length < most && (at = part.indexOf(seed, at + 1)) >= 0;) places.push(low + at);
  return places;
}

/** The places with the heaviest votes [place, seed, weight]; each seed counts once a place. */
function best(votes, hint) {
  votes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const clusters = [];
  for (const [place, number, weight] of votes) {
    let cluster = clusters[clusters.length - 1];
    if (!cluster || place - cluster.first > SAME_PLACE) clusters.push((cluster = { first: place, weights: new Map(), heaviest: 0 }));
    cluster.weights.set(number, weight);
    if (weight > cluster.heaviest) [cluster.heaviest, cluster.place] = [weight, place];
  }
  for (const cluster of clusters) {
    cluster.sum = 0;
    for (const weight of cluster.weights.values()) cluster.sum += weight;
  }
  clusters.sort((a, b) => b.sum - a.sum || Math.abs(a.place - hint) - Math.abs(b.place - hint) || a.place - b.place);
  const places = [];
  for (const { place } of clusters.slice(0, MOST_PLACES)) places.push(place);
  return places;
}
