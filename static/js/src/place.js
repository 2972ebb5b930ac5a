/**
 * The file that comes when an editor follows the desk's link to a page (?typo-report=<case>): it asks the desk for the
 * passage, marks it and says so where it stands as it was reported; else it fetches the search.
 */
import { make, shadowIn } from "./elements.js";
import { rangeHere } from "./place-here.js";
import { mark, parentOf, scrollTo, stands } from "./place-mark.js";
import css from "./place.css";
import { loadAllWords } from "./rare-words.js";

/* global SEARCH, SHARED */ // put in by build.mjs: its hash, and what there is by now

const NAME = "typo-report";
const TICK_MS = 400;
/** So many ticks after the page is loaded we look whether it draws over the mark. */
const TICKS = 9;

export { mark, parentOf, scrollTo, stands };

export const wait = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Show the place that the address of this page names. Where the desk does not answer, nothing happens. */
export async function showPlace(script) {
  const id = new URLSearchParams(location.search).get(NAME);
  const loading = loadAllWords(script);
  const address = new URL("../../api/v1/places/" + encodeURIComponent(id), script.src);
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) return;
  const place = await response.json();
  const words = await loading;
  const status = makeStatus(words, script.dataset.theme);
  const tell = (text, ranges, markBy = mark) => {
    status.clear();
    status.clear = markBy(ranges);
    status.say(text);
  };
  while (document.readyState === "loading") await wait(50);
  let range;
  try {
    range = rangeHere(place);
    tell(words.placeHere, [range]);
    scrollTo(range);
  } catch {
    range = null; // nothing to be sure of, or nothing to mark with: the search has to look
  }
  for (let ticks = 0; ticks < TICKS && range && stands([range]) && !status.isClosed; ticks += +(document.readyState === "complete")) {
    await wait(TICK_MS);
  }
  if (!(range && stands([range])) && !status.isClosed) {
    const { default: bring } = await SHARED.load("search", SEARCH);
    await bring(SHARED).search(place, tell, status, words);
  }
  cleanAddress();
}

/** A small box at the bottom of the screen: {say(text), clear, isClosed}; closing it calls `clear`. */
function makeStatus(words, theme) {
  const host = make("typo-reports");
  const said = make("p", { role: "status" });
  const shut = make("button", { "aria-label": words.close }, "×");
  const bar = make("div", { part: "place", lang: words.lang, dir: words.dir }, said, shut);
  const status = {
    clear() {},
    say(text) {
      if (!host.isConnected) document.body.append(host);
      if (said.textContent !== text) said.textContent = text; // after it stands in the page, so that it is read aloud
    },
  };
  shut.onclick = () => {
    status.isClosed = true;
    host.remove();
    status.clear();
  };
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
