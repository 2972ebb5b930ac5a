/** What the reader has selected, as two boundary points. */

/** The two boundary points of a range that holds something: [{node, offset}, {node, offset}], else null. */
export function pointsOf(range) {
  return range && !range.collapsed && [
    { node: range.startContainer, offset: range.startOffset },
    { node: range.endContainer, offset: range.endOffset },
  ];
}

/**
 * True when the page is told the whole of `range`: of a selection with an end in a shadow root it hears nothing, or a range
 * that stops at the root's host.
 */
export function isWhole(range) {
  for (const { shadowRoot } of range.commonAncestorContainer?.querySelectorAll?.("*") || []) if (shadowRoot) return false;
  return pointsOf(range);
}
