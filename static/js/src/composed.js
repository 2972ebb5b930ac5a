/** What is selected in shadow roots. */
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

/** The range that is selected in a window, whichever trees its ends lie in; what the page is told, where the browser says no more. */
export function composedRange(view) {
  const selection = view.getSelection();
  const roots = shadowRoots(view.document);
  try {
    if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: roots })[0];
    for (const root of roots) {
      const within = root.getSelection();
      if (!within.isCollapsed) return within.getRangeAt(0);
    }
  } catch {}
  return selection.rangeCount && selection.getRangeAt(0);
}
