/** Showing ranges of a page to people: opened, scrolled to and marked, without a change to its elements. */
import css from "./place-mark.css";

const NAME = "typo-report";

/** Open what is closed around a node, as browsers do for what they find. */
export function openAround(node) {
  for (let at = parentOf(node); at; at = parentOf(at)) {
    if (at.localName === "details") at.open = true;
    if (at.hidden === "until-found") {
      at.dispatchEvent(new Event("beforematch", { bubbles: true }));
      at.removeAttribute("hidden");
    }
  }
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
function parentOf(node) {
  return node.parentElement || node.getRootNode().host || node.ownerDocument.defaultView?.frameElement;
}

/** Mark the ranges; gives what takes the mark away. Constructed sheets need no style-src. */
export function mark(ranges) {
  const view = ranges[0].startContainer.ownerDocument.defaultView;
  const roots = new Set();
  for (const { startContainer } of ranges) roots.add(startContainer.getRootNode());
  try {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    const highlight = new view.Highlight(...ranges);
    highlight.priority = 9;
    view.CSS.highlights.set(NAME, highlight);
    for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => {
      view.CSS.highlights.delete(NAME);
      for (const root of roots) {
        const kept = [];
        for (const other of root.adoptedStyleSheets) if (other !== sheet) kept.push(other);
        root.adoptedStyleSheets = kept;
      }
    };
  } catch { // browsers before 2025 select instead
    const selection = view.getSelection();
    const last = ranges[ranges.length - 1];
    selection.setBaseAndExtent(ranges[0].startContainer, ranges[0].startOffset, last.endContainer, last.endOffset);
    return () => selection.removeAllRanges();
  }
}
