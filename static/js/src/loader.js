/**
 * The one classic script that publishers paste. It waits for the gesture and fetches the rest when first needed.
 * Every byte here is paid by every reader of every page: at most 1,000 bytes, brotli.
 */
import { isGesture, isWriting } from "./gesture.js";

/* global KIT */ // put in by build.mjs: the hash of the kit
const doc = document;
const script = doc.currentScript || doc.querySelector("[data-site]");
const once = Symbol.for("typo-reports"); // a symbol, so the page gains no global name
const loading = {};
let isWatching;
let again = ""; // grows with each failure: browsers may remember that a module's address failed

/**
 * Import one of our files once. A modulepreload link carries the integrity that import() cannot; where the browser has none
 * (Firefox before 115) a module script does, which Trusted Types would refuse elsewhere. WebKit takes the link and does not look
 * at its integrity: there a fetch with what the tag says looks, and leaves the file in the browser's cache.
 */
function load(name, hash) {
  return (loading[name] ??= new Promise((done, fail) => {
    const url = new URL(`typo-reports-${name}-${hash.slice(0, 8)}.js${again}`, script.src).href;
    let tag = doc.createElement("link");
    if (!tag.relList.supports("modulepreload")) {
      tag = doc.createElement("script");
      tag.type = "module";
    }
    tag.rel = "modulepreload";
    tag.crossOrigin = "";
    tag.integrity = "sha256-" + hash;
    tag.nonce = script.nonce;
    tag.onload = () => import(url).then(done, tag.onerror);
    tag.onerror = () => {
      delete loading[name];
      again += "?";
      fail();
    };
    tag.href = tag.src = url;
    if (navigator.vendor[0] === "A") fetch(url, tag).then(tag.onload, tag.onerror); // Apple's
    else doc.head.append(tag);
  }));
}

/** Do one of the deeds of kit.js; when the network is away, as soon as it is back. */
function call(...deed) {
  load("kit", KIT).then((kit) => kit.start({ load, script, isGesture, isWriting }, ...deed))
    .catch(() => addEventListener("online", () => call(...deed), { once: true }));
}

/** Open the dialog for what is selected in `view` now. */
function report(view) {
  const selection = view.getSelection();
  call("report", view, selection.rangeCount && selection.getRangeAt(0).cloneRange());
}

function onKey(event) {
  if (isGesture(event) && !isWriting(event.composedPath())) {
    event.preventDefault();
    report(event.view);
  }
}

/** Keys pressed inside a frame of the same origin are heard only in that frame. Listening twice is listening once. */
function listen() {
  for (let i = window.length; i--;) {
    try {
      window[i].addEventListener("keydown", onKey);
    } catch {}
  }
}

/** The first selection warms the dialog up, so that it opens at once, and offers the button on touch screens. */
function onSelection() {
  if (!doc.getSelection().isCollapsed) {
    doc.removeEventListener("selectionchange", onSelection);
    call("attend");
  }
}

/** The sentence that tells readers how: fetched when its place comes near the screen. */
function watchHint() {
  const { hint = "auto", within } = script.dataset;
  const own = hint === "auto" && doc.createElement("typo-reports-hint");
  const place = own || doc.querySelector(hint);
  if (!place) return; // as for "off": no page has such an element
  if (own) (doc.querySelector(within || "article") || doc.body).append(own);
  new IntersectionObserver((entries, observer) => {
    if (entries[0].isIntersecting) {
      observer.disconnect();
      call("showHint", script, place);
    }
  }, { rootMargin: "300px" }).observe(place);
}

/** The page is there, or there again. Only readers who have sent something before pay for what became of it. */
function arrive({ type }) {
  listen();
  if (!isWatching) watchHint();
  isWatching = true;
  try {
    if (localStorage["typo-reports"]) call("resume", type);
  } catch {}
}

if (script && !doc[once]) {
  doc[once] = 1;
  addEventListener("keydown", onKey);
  addEventListener("blur", () => setTimeout(listen));
  doc.addEventListener("selectionchange", onSelection);
  doc.addEventListener("typo-reports:report", () => report(window));
  addEventListener("online", arrive);
  addEventListener("pageshow", arrive);
  if (/[?&]typo-report=/.test(location.search)) call("showPlace", script);
  if (doc.readyState === "complete") arrive(doc);
}
