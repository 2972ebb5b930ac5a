/** Where letters and sentences begin and end in a text, by Intl.Segmenter where there is one. */

const segmenters = {};

/** The segment of `text` that holds the unit at `offset`: {index, segment}; undefined where the browser cannot say. */
function segmentAt(text, offset, granularity, lang) {
  try {
    return (segmenters[granularity + lang] ??= new Intl.Segmenter(lang, { granularity })).segment(text).containing(offset);
  } catch {
    return lang && segmentAt(text, offset, granularity);
  }
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
export function sentenceAround(text, start, end, lang, reach = 400) {
  const lineEnd = text.indexOf("\n", end);
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - reach, 0);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, end + reach);
  const near = text.slice(from, to);
  const first = segmentAt(near, start - from, "sentence", lang);
  const last = segmentAt(near, end - 1 - from, "sentence", lang);
  return first && last ? [from + first.index, from + last.index + last.segment.trimEnd().length] : [from, to];
}
