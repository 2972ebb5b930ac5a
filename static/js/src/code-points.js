/** Selectors count Unicode code points, as Python does; JavaScript strings count UTF-16 units. */

/** How many code points `text` has; a lone surrogate counts as one. */
export function countCodePoints(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, " ").length;
}
