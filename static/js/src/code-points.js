/** Selectors count Unicode code points, as Python does; JavaScript strings count UTF-16 units. */

/** How many code points `text` has; a lone surrogate counts as one. */
export function countCodePoints(text) {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

/** The first `count` code points of `text`; with a negative count the last ones. None takes more than two units. */
export function cutCodePoints(text, count) {
  return count < 0 ? [...text.slice(2 * count)].slice(count).join("") : [...text.slice(0, 2 * count)].slice(0, count).join("");
}
