/** Ctrl+Enter or ⌘ Return, and nothing that only looks like it. */

/** True for the gesture itself: not AltGr (Windows sends ctrl and alt), not held down, not while composing. */
export function isGesture(event) {
  return event.key === "Enter" && event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey &&
    !event.repeat && !event.isComposing && !event.defaultPrevented;
}

/** True when the key belongs to an editor of the page (or, as its own boxes, to a textbox, searchbox, combobox …): it sends its comment there. */
export function isWriting(path) {
  for (const node of path) {
    if (node.isContentEditable || node.matches?.("input,textarea,select,[role$=box]")) {
      return true;
    }
  }
  return false;
}
