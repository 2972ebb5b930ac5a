/** Showing ranges of a page to people: opened, scrolled to and marked, without a change to its elements. */
import css from "./place-mark.css";

const NAME = "typo-report";

/** Whether nothing took the marked text out of the page. */
export function stands(ranges) {
  for (const range of ranges) if (range.collapsed || !range.startContainer.isConnected) return false;
  return true;
}

/** Bring the start of a range to the middle of every box that scrolls around it. At once: nobody has to watch it move. */
export function scrollTo(range) {
  let shown = range;
  for (let box = parentOf(range.startContainer); box; box = parentOf(box)) {
    if (box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth) centre(shown.getBoundingClientRect(), box);
    if (box.localName === "iframe") shown = box;
  }
}

function centre({ top, left, right }, box) {
  const isPage = box === box.ownerDocument.scrollingElement;
  const edge = isPage ? { top: 0, left: 0 } : box.getBoundingClientRect();
  const x = left - edge.left;
  box.scrollBy({
    top: top - edge.top - box.clientHeight * 0.4,
    left: x < 0 || right - edge.left > box.clientWidth ? x - box.clientWidth / 3 : 0,
    behavior: "instant",
  });
}

/** The element around, through shadow roots and frames. */
export const parentOf = (node) => node.parentElement || node.getRootNode().host || node.ownerDocument.defaultView?.frameElement;

/** Mark the ranges; gives what takes the mark away. Constructed sheets need no style-src. Browsers before 2025 throw. */
export function mark(ranges) {
  const view = ranges[0].startContainer.ownerDocument.defaultView;
  const roots = new Set();
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  view.CSS.highlights.set(NAME, new view.Highlight(...ranges));
  for (const { startContainer } of ranges) roots.add(startContainer.getRootNode());
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    view.CSS.highlights.delete(NAME);
    for (const root of roots) {
      const kept = [];
      for (const other of root.adoptedStyleSheets) if (other !== sheet) kept.push(other);
      root.adoptedStyleSheets = kept;
    }
  };
}
