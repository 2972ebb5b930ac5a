/**
 * The file that comes when an editor follows the desk's link to a page (?typo-report=<case>): it asks the desk for the
 * passage, finds it, marks it, and says whether it is here, here but changed, or not found.
 */
import { make, shadowIn } from "./elements.js";
import { findPlace } from "./place-find.js";
import { mark, openAround, scrollTo } from "./place-mark.js";
import css from "./place.css";
import { loadWords } from "./words.js";

const NAME = "typo-report";
const TICK_MS = 400;
/** A page is done when it is loaded and has not grown for so many ticks; it is never watched longer than this. */
const STILL_TICKS = 4;
const MOST_MS = 8000;
/** Looking takes at most one part of so many of the page's time. */
const SHARE = 5;

const wait = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Show the place that the address of this page names. Where the desk does not answer, nothing happens. */
export async function showPlace(script) {
  const id = new URLSearchParams(location.search).get(NAME);
  const loading = loadWords(script);
  const address = new URL("../../api/v1/places/" + encodeURIComponent(id), script.src);
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) return;
  const place = await response.json();
  const words = await loading;
  const text = { present: words.placeHere, changed: words.placeChanged, gone: words.placeGone };
  const status = makeStatus(words, script.dataset.theme);
  let clear = () => {};
  status.onClose = () => clear();
  await watch(place, (found) => {
    clear();
    clear = found.ranges.length ? reveal(found) : () => {};
    status.say(text[found.state], found.state);
  }, () => status.isClosed);
  cleanAddress();
}

/** Look, and look again while the page grows; `tell` hears at once of the passage itself, of all else at the end. */
async function watch(place, tell, isOver) {
  const start = performance.now();
  let grew = true;
  let found;
  const observer = new MutationObserver(() => (grew = true));
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  for (let still = 0; still < STILL_TICKS && performance.now() - start < MOST_MS && !isOver();) {
    const began = performance.now();
    if (grew && !(found?.state === "present" && stands(found))) {
      const before = found?.state;
      found = findPlace(place, window);
      if (found.state === "present" || before === "present") tell(found);
    }
    still = grew || document.readyState !== "complete" ? 0 : still + 1;
    grew = false;
    await wait(Math.max(TICK_MS, SHARE * (performance.now() - began)));
  }
  observer.disconnect();
  if (found.state !== "present" && !isOver()) tell(found);
}

/** Whether nothing took the marked text out of the page. */
function stands({ ranges }) {
  for (const range of ranges) if (range.collapsed || !range.startContainer.isConnected) return false;
  return true;
}

function reveal({ ranges, opened }) {
  if (opened) openAround(ranges[0].startContainer);
  scrollTo(ranges[0]);
  return mark(ranges);
}

/** A small box at the bottom of the screen: {say(text, state), onClose, isClosed}. */
function makeStatus(words, theme) {
  const host = make("typo-reports");
  const said = make("p", { role: "status" });
  const shut = make("button", { "aria-label": words.close }, "×");
  const bar = make("div", { part: "place", lang: words.lang, dir: words.dir }, said, shut);
  const status = {
    say(text, state) {
      bar.className = "bar " + state;
      if (!host.isConnected) document.body.append(host);
      if (said.textContent !== text) said.textContent = text; // after it stands in the page, so that it is read aloud
    },
  };
  shut.addEventListener("click", () => {
    status.isClosed = true;
    host.remove();
    status.onClose();
  });
  shadowIn(host, css, theme).append(bar);
  return status;
}

/**
 * Take our parameter out of the address, so that it is not copied on. The page's own router keeps its state, and what it
 * put in the place of history.replaceState is not called: nobody went anywhere.
 */
function cleanAddress() {
  const url = new URL(location.href);
  url.search = url.search.replace(/([?&])typo-report=[^&]*&?/, "$1").replace(/[?&]$/, "");
  try {
    History.prototype.replaceState.call(history, history.state, "", url.href);
  } catch {} // a page without an address of its own
}
