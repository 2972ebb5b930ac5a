/**
 * On touch screens: a button at the bottom of the visible screen while something is selected. It never opens by
 * itself, and stands where the system's own copy menu does not.
 */
import css from "./dialog.css";
import { make, shadowIn } from "./elements.js";
import { isWriting } from "./gesture.js";

const DISMISSED = "typo-reports-no-button";
let host;

/** Offer the button for each selection from now on; `report(range)` is called on a tap. */
export function offerButton(script, words, report) {
  if (script.dataset.touch === "off" || !matchMedia("(any-pointer: coarse)").matches || dismissed()) return;
  let range; // taken while it lives: iOS may clear the selection on the tap
  let touched = matchMedia("(pointer: coarse)").matches;

  function follow() {
    const selection = document.getSelection();
    const live = selection.rangeCount && !selection.isCollapsed && /\S/.test(selection);
    if (!live || !touched || isWriting([document.activeElement]) || dismissed()) return hide();
    range = selection.getRangeAt(0).cloneRange();
    show();
  }

  function show() {
    if (host) return;
    const button = make("button", { part: "touch" }, words.button);
    const close = make("button", { class: "x", "aria-label": words.close }, "×");
    const bar = make("div", { class: "bar", part: "touch-bar", dir: words.dir || "ltr", lang: words.lang }, button, close);
    host = make("typo-reports");
    shadowIn(host, css, script.dataset.theme).append(bar);
    bar.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the selection
    button.addEventListener("click", () => {
      hide();
      report(range);
    });
    close.addEventListener("click", () => {
      dismiss();
      hide();
    });
    document.body.append(host);
    stayInView(bar);
  }

  document.addEventListener("selectionchange", follow);
  addEventListener("touchstart", () => (touched = true), { once: true, passive: true });
  follow();
}

function hide() {
  host?.remove();
  host = null;
}

/** Keep the bar at the bottom of what is seen, also when the page is zoomed in or a keyboard is up. */
function stayInView(bar) {
  const view = window.visualViewport;
  if (!view) return;
  const place = () => {
    if (!bar.isConnected) {
      view.removeEventListener("resize", place);
      view.removeEventListener("scroll", place);
      return;
    }
    const hidden = document.documentElement.clientHeight - view.height - view.offsetTop;
    bar.style.transform = `translate(${view.offsetLeft}px, ${-Math.max(0, hidden)}px)`;
  };
  view.addEventListener("resize", place);
  view.addEventListener("scroll", place);
  place();
}

function dismissed() {
  try {
    return sessionStorage.getItem(DISMISSED);
  } catch {
    return dismiss.done;
  }
}

function dismiss() {
  dismiss.done = true;
  try {
    sessionStorage.setItem(DISMISSED, 1);
  } catch {}
}
