/** Selectors count Unicode code points, as Python does; JavaScript strings count UTF-16 units. */

const SURROGATE = /[\ud800-\udfff]/;

/** How many code points `text` has; a lone surrogate counts as one. */
export function countCodePoints(text) {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.codePointAt(i) > 0xffff) i++;
    count++;
  }
  return count;
}

/** The first `count` code points of `text`; with a negative count the last ones. */
export function cutCodePoints(text, count) {
  let at = count < 0 ? text.length : 0;
  if (count < 0) {
    for (; count && at; count++) at -= at > 1 && text.codePointAt(at - 2) > 0xffff ? 2 : 1;
    return text.slice(at);
  }
  for (; count && at < text.length; count--) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return text.slice(0, at);
}
