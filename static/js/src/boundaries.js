/** Where letters and sentences begin and end in a text, by Intl.Segmenter where there is one. */

const segmenters = {};

/** The segment of `text` that holds the unit at `offset`: {index, segment}; undefined where the browser cannot say. */
function segmentAt(text, offset, granularity) {
  try {
    return (segmenters[granularity] ??= new Intl.Segmenter([], { granularity })).segment(text).containing(offset);
  } catch {}
}

/** `offset`, moved out of a grapheme: to its end when `forward`, else to its start. */
export function snapToGrapheme(text, offset, forward) {
  const from = Math.max(0, offset - 64);
  const letter = segmentAt(text.slice(from, offset + 64), offset - from, "grapheme");
  if (!letter) return /[\udc00-\udfff]/.test(text[offset]) ? offset + (forward ? 1 : -1) : offset;
  const start = from + letter.index;
  return forward && start < offset ? start + letter.segment.length : start;
}

/** The sentence or sentences that hold text[start, end), within their block, at most `reach` units to each side. */
export function sentenceAround(text, start, end, reach = 400) {
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - reach);
  const to = Math.min(text.indexOf("\n", end) >>> 0, end + reach); // none is -1: no line feed is very far
  const near = text.slice(from, to);
  const first = segmentAt(near, start - from, "sentence");
  const last = segmentAt(near, end - 1 - from, "sentence");
  return first && last ? [from + first.index, from + last.index + last.segment.trimEnd().length] : [from, to];
}
