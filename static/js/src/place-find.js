/** Finding the reported passage in the documents of a page: its text is read as when it was reported. */
import { readText } from "./page-text.js";
import { refind } from "./refind.js";

const RANKS = { gone: 0, changed: 1, present: 2 };
const MOST_FRAMES = 20;
const NEIGHBOUR = 64;

/**
 * Look for `place` ({exact, prefix, suffix, start, target}) on the page of `view` and in its frames, first in what
 * is shown, then also in closed details and what is hidden until found. Gives {state, ranges}, one range per text node.
 */
export function findPlace(place, view) {
  let best = { state: "gone", ranges: [] };
  for (const opened of [false, true]) {
    for (const doc of documentsOf(view)) {
      const page = readText(doc.documentElement, [], Infinity, opened);
      const found = refind(place, page.text);
      if (RANKS[found.state] > RANKS[best.state]) {
        best = { state: found.state, opened, ranges: rangesOf(doc, page, ...withNeighbours(page.text, found.start, found.end)) };
      }
      if (best.state === "present") return best;
    }
  }
  return best;
}

/** The page's document and those of its frames that may be looked into. */
function documentsOf(view) {
  const documents = [view.document];
  for (let i = 0; i < view.length && i < MOST_FRAMES; i++) {
    try {
      documents.push(view[i].document);
    } catch {} // another origin
  }
  return documents;
}

/** Where a word was taken out nothing is left to be marked but the words around. */
function withNeighbours(text, start, end) {
  if (start < end) return [start, end];
  const before = /\S*\s*$/.exec(text.slice(Math.max(0, start - NEIGHBOUR), start));
  const after = /^\s*\S*/.exec(text.slice(end, end + NEIGHBOUR));
  return [start - before[0].length, end + after[0].length];
}

function rangesOf(doc, { runs }, start, end) {
  const ranges = [];
  for (const [node, offset, at, length] of runs) {
    const low = Math.max(start, at);
    const high = Math.min(end, at + length);
    if (low >= high) continue;
    const range = doc.createRange();
    range.setStart(node, offset + low - at);
    range.setEnd(node, offset + high - at);
    ranges.push(range);
  }
  return ranges;
}
