/** What the reader has selected, as two boundary points, or what is nearest to where they are. */

/** Every open shadow root of a document, outermost first: the browser tells ranges only of those it is given. */
function shadowRoots(root, found = []) {
  const elements = root.querySelectorAll("*");
  for (let i = 0; i < elements.length; i++) {
    if (elements[i].shadowRoot) {
      found.push(elements[i].shadowRoot);
      shadowRoots(elements[i].shadowRoot, found);
    }
  }
  return found;
}

/** The live selection of a window: [{node, offset}, {node, offset}], or null when nothing is selected. */
export function takeSelection(view) {
  const selection = view.getSelection();
  if (!selection?.rangeCount) return null;
  const inner = composedRange(selection, shadowRoots(view.document));
  return pointsOf(inner && !inner.collapsed ? inner : selection.getRangeAt(0));
}

function composedRange(selection, roots) {
  if (!roots.length) return null;
  try {
    if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: roots })[0];
    for (let i = 0; i < roots.length; i++) {
      const within = roots[i].getSelection?.();
      if (within?.rangeCount && !within.isCollapsed) return within.getRangeAt(0);
    }
  } catch {}
  return null;
}

/** The two boundary points of a range that holds something, else null. */
export function pointsOf(range) {
  if (!range || range.collapsed) return null;
  return [
    { node: range.startContainer, offset: range.startOffset },
    { node: range.endContainer, offset: range.endOffset },
  ];
}
