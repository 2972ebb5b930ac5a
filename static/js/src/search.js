/** The search for a reported passage that does not stand on the page as it was, or that the page may draw anew. */
import { wait } from "./place.js";
import { findPlace } from "./place-find.js";
import { mark, parentOf, scrollTo, stands } from "./place-mark.js";

const TICK_MS = 400;
/** A page is done when it is loaded and has not grown for so many ticks; it is never watched longer than this. */
const STILL_TICKS = 4;
const MOST_MS = 8000;
/** Looking takes at most one part of so many of the page's time. */
const SHARE = 5;

/**
 * Look, and look again while the page grows; `tell(text, ranges, mark)` hears at once of the passage itself, of all else at
 * the end; nothing once `status.isClosed`.
 */
export async function search(place, tell, status, words) {
  const start = performance.now();
  let grew = true;
  let found;
  const show = () => {
    const { state, ranges, opened } = found;
    if (opened && ranges.length) openAround(ranges[0].startContainer);
    tell({ present: words.placeHere, changed: words.placeChanged, gone: words.placeGone }[state], ranges, markOrSelect);
    if (ranges.length) scrollTo(ranges[0]);
  };
  const observer = new MutationObserver(() => (grew = true));
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  for (let still = 0; still < STILL_TICKS && performance.now() - start < MOST_MS && !status.isClosed;) {
    const began = performance.now();
    if (grew && !(found?.state === "present" && stands(found.ranges))) {
      const before = found?.state;
      found = findPlace(place, window);
      if (found.state === "present" || before === "present") show();
    }
    still = grew || document.readyState !== "complete" ? 0 : still + 1;
    grew = false;
    await wait(Math.max(TICK_MS, SHARE * (performance.now() - began)));
  }
  observer.disconnect();
  if (found.state !== "present" && !status.isClosed) show();
}

function markOrSelect(ranges) {
  if (!ranges.length) return () => {};
  try {
    return mark(ranges);
  } catch {
    const [{ startContainer, startOffset }] = ranges;
    const { endContainer, endOffset } = ranges[ranges.length - 1];
    const selection = startContainer.ownerDocument.defaultView.getSelection();
    selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    return () => selection.removeAllRanges();
  }
}

/** Open what is closed around a node, as browsers do for what they find. */
function openAround(node) {
  for (let at = parentOf(node); at; at = parentOf(at)) {
    if (at.localName === "details") at.open = true;
    if (at.hidden === "until-found") {
      at.dispatchEvent(new Event("beforematch", { bubbles: true }));
      at.removeAttribute("hidden");
    }
  }
}
