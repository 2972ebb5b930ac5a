/** The paragraphs of a page's text, for readers who point at the error without selecting. */
import { sentenceAround } from "./boundaries.js";

/** Places [start, end) of the lines of `text` between `from` and `to` that hold words; long ones cut at sentences. */
export function paragraphsOf(text, from, to, max) {
  const places = [];
  for (let start = from; start < to;) {
    let end = text.indexOf("\n", start);
    if (end < 0 || end > to) end = to;
    if (/\p{L}/u.test(text.slice(start, end))) addPieces(places, text, start, end, max);
    start = end + 1;
  }
  return places;
}

function addPieces(places, text, start, end, max) {
  if (end - start <= max) {
    places.push([start, end]);
    return;
  }
  for (let at = start; at < end;) {
    let stop = Math.min(end, at + max);
    if (stop < end) {
      const [sentence] = sentenceAround(text, stop, stop + 1, max);
      if (sentence > at) stop = sentence;
    }
    places.push([at, stop]);
    at = stop;
  }
}
