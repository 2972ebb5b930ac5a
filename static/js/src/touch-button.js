/**
 * On touch screens: a button at the bottom of the visible screen while something is selected. It never opens by
 * itself, and stands where the system's own copy menu does not.
 */
import { showBar } from "./bar.js";
import { make } from "./elements.js";
import { isWriting } from "./gesture.js";

const DISMISSED = "typo-reports-no-button";
let shown;
let dismissed;

/** Offer the button for each selection from now on; `report(range)` is called on a tap. */
export function offerButton(words, report) {
  let range; // taken while it lives: iOS may clear the selection on the tap
  let touched = matchMedia("(pointer:coarse)").matches;
  try {
    dismissed = sessionStorage.getItem(DISMISSED);
  } catch {}

  function follow() {
    const selection = document.getSelection();
    const live = selection.rangeCount && !selection.isCollapsed && /\S/.test(selection);
    if (!live || !touched || isWriting([document.activeElement]) || dismissed) return hide();
    range = selection.getRangeAt(0).cloneRange();
    if (!shown) show();
  }

  function show() {
    const button = make("button", { part: "touch" }, words.button);
    shown = showBar(words, "touch-bar", button, dismiss);
    shown.element.onpointerdown = (event) => event.preventDefault(); // keep the selection
    button.onclick = () => {
      hide();
      report(range);
    };
    stayInView(shown.element);
  }

  document.addEventListener("selectionchange", follow);
  addEventListener("touchstart", () => (touched = true), { once: true, passive: true });
  follow();
}

function hide() {
  shown?.close();
  shown = null;
}

function dismiss() {
  dismissed = true;
  hide();
  try {
    sessionStorage.setItem(DISMISSED, 1);
  } catch {}
}

/** Keep the bar at the bottom of what is seen, also when the page is zoomed in or a keyboard is up. */
function stayInView(bar) {
  const view = visualViewport;
  const place = () => {
    if (bar.isConnected) {
      const hidden = document.documentElement.clientHeight - view.height - view.offsetTop;
      bar.style.transform = `translate(${view.offsetLeft}px,${-Math.max(0, hidden)}px)`;
    } else for (const name of ["resize", "scroll"]) view.removeEventListener(name, place);
  };
  for (const name of ["resize", "scroll"]) view.addEventListener(name, place);
  place();
}
