/** What of a report is looked for: the wrong piece in whole words, and the right one; as in pages/target.py. */
import { decide } from "./refind-fold.js";
import { hasLetter, inWord, isJoined, isSpace } from "./refind-signs.js";

const TOKENS = /(?:(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff])[\p{L}\p{N}_])+|./gsu;
const WORDS = /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*/gu;
const PART_OF_PASSAGE = 0.5;
const WORDS_MORE = 3;

const size = (text) => [...text].length;

/** {window, start, end, right}: window[start, end) is the wrong piece; `right` is null when no correction is known. */
export function targetOf({ exact, prefix = "", suffix = "" }, suggestion) {
  const window = [...prefix, ...exact, ...suffix];
  const base = size(prefix);
  const change = changeOf(exact, suggestion);
  if (!change) {
    const [start, end] = wholeWords(window, base, base + size(exact));
    return { window, start, end: withMarks(window, end), right: null };
  }
  const [low, high, put] = [base + change[0], base + change[1], change[2]];
  const [start, end] = withWords(window, low, high, put);
  return { window, start, end, right: piece(window, start, low) + put + piece(window, high, end) };
}

export const piece = (signs, start, end) => signs.slice(start, end).join("");

/** [start, end, replacement] of the smallest piece of `exact` that the suggestion changes; null if it changes nothing. */
function changeOf(exact, suggestion) {
  const wanted = suggestion?.trim();
  if (!wanted || decide(wanted).trim() === decide(exact).trim()) return null;
  const start = exact.length - exact.trimStart().length;
  const end = start + size(exact.trim());
  const change = trimmed(exact, start, end, wanted);
  const part = change[2] && size(wanted) < PART_OF_PASSAGE * (end - start) && resemblingPart(exact, wanted);
  return part ? trimmed(exact, ...part, wanted) : change;
}

/** Take off the words that both share at the left, then at the right. */
function trimmed(exact, start, end, wanted) {
  const before = piece([...exact], start, end).match(TOKENS) || [];
  const after = wanted.match(TOKENS);
  const least = Math.min(before.length, after.length);
  let left = 0;
  let right = 0;
  while (left < least && before[left] === after[left]) left++;
  while (right < least - left && before[before.length - 1 - right] === after[after.length - 1 - right]) right++;
  return [
    start + size(piece(before, 0, left)),
    end - size(piece(before, before.length - right)),
    piece(after, left, after.length - right),
  ];
}

/** The run of as many words as the suggestion has that looks most like it, if any does. */
function resemblingPart(exact, wanted) {
  const words = [...exact.matchAll(WORDS)];
  const count = Math.max(1, wanted.match(WORDS)?.length ?? 0);
  let best = null;
  let most = 0.5;
  for (let first = 0; words.length >= count + WORDS_MORE && first + count <= words.length; first++) {
    const last = words[first + count - 1];
    const text = exact.slice(words[first].index, last.index + last[0].length);
    const alike = likeness(text, wanted);
    if (alike > most) {
      most = alike;
      const start = size(exact.slice(0, words[first].index));
      best = [start, start + size(text)];
    }
  }
  return best;
}

/** Shared pairs of neighbouring letters, 0 to 1. */
function likeness(text, other) {
  const [ours, theirs] = [pairs(text), pairs(other)];
  return (2 * sharedOf(ours, theirs)) / (ours.size + theirs.size);
}

export function sharedOf(ours, theirs) {
  let shared = 0;
  for (const item of ours) shared += +theirs.has(item);
  return shared;
}

function pairs(text) {
  const found = new Set();
  let last = " ";
  for (const sign of text + " ") {
    const low = sign.toUpperCase().toLowerCase();
    found.add(last + low);
    last = low;
  }
  return found;
}

/** The change with the words it touches; what only goes in, only goes, or is no word takes its neighbours too. */
function withWords(window, low, high, put) {
  let [start, end] = [low, high];
  const alone = !(hasLetter(piece(window, low, high)) && hasLetter(put));
  if (alone || isSpace(window[start])) {
    while (start > 0 && isSpace(window[start - 1])) start--;
    start = Math.max(0, start - 1);
  }
  if (alone || isSpace(window[end - 1])) {
    while (end < window.length && isSpace(window[end])) end++;
    end = Math.min(window.length, end + 1);
  }
  if (end - start <= 2 && !(start < end && inWord(window[start])) && !(start < end - 1 && inWord(window[end - 1]))) {
    // A sign or two of a script without spaces are too little to be known by.
    if (hasLetter(window[start - 1] ?? "")) start--;
    if (hasLetter(window[end] ?? "")) end++;
  }
  return [start - reach(window, start, -1), withMarks(window, end + reach(window, end, 1))];
}

/** No letter without its marks: in Thai a change of one sign may end before a vowel above it. */
function withMarks(window, end) {
  while (/^\p{Mn}/u.test(window[end] ?? "")) end++;
  return end;
}

/** How far the word that goes across `at` goes on in one direction. */
function reach(window, at, step) {
  let count = 0;
  while (isJoined(window, at + step * count)) count++;
  return count;
}

/** The span widened to the words it cuts, without space; one letter of a longer word at the edge of several is a slip. */
function wholeWords(window, start, end) {
  let [low, high] = [start, end];
  while (low < high && isSpace(window[low])) low++;
  while (low < high && isSpace(window[high - 1])) high--;
  if (low === high) return [start, end];
  if (isJoined(window, low) && low + 1 < high && !hasLetter(window[low + 1])) {
    let at = low + 1;
    while (at < high && !hasLetter(window[at])) at++;
    if (at < high) low = at;
  }
  if (isJoined(window, high) && low < high - 1 && !hasLetter(window[high - 2])) {
    let at = high - 1;
    while (at > low && !hasLetter(window[at - 1])) at--;
    if (at > low) high = at;
  }
  return [low - reach(window, low, -1), high + reach(window, high, 1)];
}
