/** What the reader has selected, as two boundary points. */

/** Every open shadow root of a document, outermost first: the browser tells ranges only of those it is given. */
function shadowRoots(root, found = []) {
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    if (shadowRoot) {
      found.push(shadowRoot);
      shadowRoots(shadowRoot, found);
    }
  }
  return found;
}

/** The live selection of a window: [{node, offset}, {node, offset}], or null when nothing is selected. */
export function takeSelection(view) {
  const selection = view.getSelection();
  return pointsOf(composedRange(selection, shadowRoots(view.document))) || pointsOf(selection?.rangeCount && selection.getRangeAt(0));
}

function composedRange(selection, shadowRoots) {
  try {
    if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots })[0];
    for (const root of shadowRoots) {
      const within = root.getSelection();
      if (!within.isCollapsed) return within.getRangeAt(0);
    }
  } catch {}
}

/** The two boundary points of a range that holds something, else null. */
export function pointsOf(range) {
  if (!range || range.collapsed) return null;
  return [
    { node: range.startContainer, offset: range.startOffset },
    { node: range.endContainer, offset: range.endOffset },
  ];
}
