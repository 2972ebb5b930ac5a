/** What stands at one place of a page: the wrong piece, the right one, or neither; as in pages/standing.py. */
import { decide, fold, sourceSpan } from "./refind-fold.js";
import { forward } from "./refind-places.js";
import { NOTE, grainOf, hasLetter, isJoined, piece } from "./refind-signs.js";

const NEAR = 24;
const NEARBY = 64;
const LONGEST_WORD = 64;
const BLOCK_END = /[\n\u2028\t]/;
/** Marks, and the rest of a decomposed Korean syllable. */
const MARK = /^[\p{Mn}\u1161-\u11c2]/u;

/** `there` is where the target would be on the page, in folded units; see overlay. Gives questions to be asked of it. */
export function placeAt(target, { signs, folded }, there) {
  const { window, start, end, right, wrong, notes } = target;
  const anchor = grainOf(window.join(""), window.length)[3];
  const isAnchoredLeft = there.left >= anchor;
  const isAnchoredRight = there.right >= anchor;
  const isAnchored = isAnchoredLeft && isAnchoredRight;
  /** Quotes decide nothing, as a page may draw them anew; unless they were wrong. */
  const isBlindToQuotes = right === null || plain(right) !== plain(wrong);

  const sourceOf = (low, high) => {
    const [from, to] = sourceSpan(folded, low, high);
    return [from, withMarks(to)];
  };

  function withMarks(at) {
    const last = Math.min(signs.length, at + LONGEST_WORD);
    while (at < last && MARK.test(signs[at])) at++;
    return at;
  }

  /** The source span of what stands here now, whole words. */
  function span() {
    let [from, to] = sourceSpan(folded, there.start, there.end);
    const first = Math.max(0, from - LONGEST_WORD);
    const last = Math.min(signs.length, to + LONGEST_WORD);
    while (from > first && isJoined(signs, from)) from--;
    while (from < to && to < last && isJoined(signs, to)) to++;
    return [from, withMarks(to)];
  }

  /** The nearest of the folded spans that is `text` letter for letter and in whole words, as a source span; or null. */
  function nearest(spans, text) {
    let best = null;
    let least = Infinity;
    for (const [low, high] of spans) {
      const found = sourceOf(low, high);
      const away = Math.min(Math.abs(low - there.start), Math.abs(high - there.end));
      if ((away < least || (away === least && found[0] < best[0])) && isSame(piece(signs, ...found), text) && isAtEdges(low, high, found)) {
        best = found;
        least = away;
      }
    }
    return best;
  }

  /** Where `text` stands here: right at an anchored edge, else near the expected place. */
  function standing(text) {
    const part = fold([...text], notes).text;
    if (!part) return null;
    const edges = [];
    if (isAnchoredLeft) edges.push(there.start);
    if (isAnchoredRight) edges.push(Math.max(0, there.end - part.length));
    const spans = [];
    for (const at of edges) if (folded.text.startsWith(part, at)) spans.push([at, at + part.length]);
    if (!edges.length) return nearest(around(part, NEAR, NEAR + part.length), text);
    return nearest(spans, text);
  }

  function around(part, before, after) {
    const spans = [];
    const found = forward(part, folded.text, Math.max(0, there.start - before), there.end + after, Infinity);
    for (const at of found) spans.push([at, at + part.length]);
    return spans;
  }

  function isSame(found, text) {
    text = text.trim();
    if (text.search(NOTE) < 0) found = found.replace(NOTE, "");
    if (isBlindToQuotes) [found, text] = [plain(found), plain(text)];
    return decide(found) === decide(text) || decide(unblocked(found)) === decide(unblocked(text));
  }

  /** Whether the piece is no part of longer words, unless it was one; where a block ended it may be glued to the next. */
  function isAtEdges(low, high, [from, to]) {
    const isGluedLeft = low === there.start && isAnchoredLeft && BLOCK_END.test(window[start - 1]);
    const isGluedRight = high === there.end && isAnchoredRight && BLOCK_END.test(window[end]);
    return (
      (!isJoined(signs, from) || isJoined(window, start) || isGluedLeft) && (!isJoined(signs, to) || isJoined(window, end) || isGluedRight)
    );
  }

  return {
    span,
    standing,
    isAnchored,
    /** The same somewhere near, where no edge tells exactly. */
    nearby(text) {
      const part = fold([...text], notes).text;
      return isAnchored || !part ? null : nearest(around(part, NEARBY, NEARBY), text);
    },
    /** Whether nothing but punctuation came in between the wrong piece and its surroundings. */
    isPunctuated([from, to]) {
      const [first, last] = span();
      const rest = piece(signs, first, from) + piece(signs, to, last);
      return isAnchored && !!rest.trim() && !hasLetter(rest);
    },
  };
}

/** A browser's text parts blocks where a server's may glue them. */
const unblocked = (text) => text.replace(/\s+/g, (space) => (BLOCK_END.test(space) ? "" : space));

const plain = (text) => text.replace(/[’‘‛`´′]/g, "'").replace(/[“”„‟«»″]/g, '"');
