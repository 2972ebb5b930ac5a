/** Where letters and sentences begin and end in a text, by Intl.Segmenter where there is one. */

const segmenters = {};

function segmenter(granularity, lang) {
  const key = granularity + lang;
  if (!(key in segmenters)) {
    try {
      segmenters[key] = new Intl.Segmenter(lang || undefined, { granularity });
    } catch {
      segmenters[key] = lang && Intl.Segmenter ? segmenter(granularity, "") : null;
    }
  }
  return segmenters[key];
}

/** `offset`, moved out of a grapheme: to its end when `forward`, else to its start. */
export function snapToGrapheme(text, offset, forward) {
  const from = Math.max(0, offset - 64);
  const near = text.slice(from, offset + 64);
  const letter = segmenter("grapheme", "")?.segment(near).containing(offset - from);
  if (!letter) return /[\udc00-\udfff]/.test(text[offset]) ? offset + (forward ? 1 : -1) : offset;
  if (letter.index === offset - from) return offset;
  return from + letter.index + (forward ? letter.segment.length : 0);
}

/** The sentence or sentences that hold text[start, end), within their block, at most `reach` units to each side. */
export function sentenceAround(text, start, end, lang, reach = 400) {
  const lineEnd = text.indexOf("\n", end);
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - reach, 0);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, end + reach);
  const sentences = segmenter("sentence", lang)?.segment(text.slice(from, to));
  if (!sentences) return [from, to];
  const first = sentences.containing(start - from);
  const last = sentences.containing(end - 1 - from);
  return [from + first.index, from + last.index + last.segment.trimEnd().length];
}
