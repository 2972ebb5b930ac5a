/**
 * The one classic script that publishers paste. It waits for the gesture and fetches the rest when first needed.
 * Every byte here is paid by every reader of every page: at most 1,000 bytes, brotli.
 */
import { isGesture, isWriting } from "./gesture.js";

/* global CHUNKS */ // put in by build.mjs: {name: [file, integrity]}
const doc = document;
const script = doc.currentScript || doc.querySelector("script[data-site]");
const once = Symbol.for("typo-reports"); // a symbol, so the page gains no global name
const loading = {};
let again = ""; // grows with each failure: browsers may remember that a module's address failed

/** Import one file once. A modulepreload link carries the integrity that import() cannot. */
function load(name) {
  return (loading[name] ??= new Promise((done, fail) => {
    const link = doc.createElement("link");
    const url = new URL(CHUNKS[name][0] + again, script.src).href;
    link.rel = "modulepreload";
    link.href = url;
    link.integrity = CHUNKS[name][1];
    link.nonce = script.nonce;
    link.crossOrigin = "";
    link.onload = () => import(url).then(done, fail);
    link.onerror = fail;
    doc.head.append(link);
  }).catch((error) => {
    delete loading[name];
    again += "?";
    throw error;
  }));
}

/** Open the dialog for what is selected in `view` now; later, when the network is away. */
function report(view) {
  const selection = view.getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  const open = () => load("dialog").then((dialog) => dialog.report(script, view, range));
  open().catch(() => addEventListener("online", () => open().catch(() => {}), { once: true }));
}

function onKey(event) {
  if (isGesture(event) && !isWriting(event.composedPath())) {
    event.preventDefault();
    report(event.view);
  }
}

/** The first selection warms the dialog up, so that it opens at once, and offers the button on touch screens. */
function onSelection() {
  if (!doc.getSelection().isCollapsed) {
    doc.removeEventListener("selectionchange", onSelection);
    load("dialog").then((dialog) => dialog.attend(script), () => {});
  }
}

/** The sentence that tells readers how: fetched when its place comes near the screen. */
function watchHint() {
  const { hint = "auto", within } = script.dataset;
  let place = hint === "auto" ? doc.createElement("typo-reports-hint") : doc.querySelector(hint);
  if (hint === "off" || !place) return;
  if (hint === "auto") (doc.querySelector(within || "article") || doc.body).append(place);
  new IntersectionObserver((entries, observer) => {
    if (entries[0].isIntersecting) {
      observer.disconnect();
      load("hint").then((module) => module.showHint(script, place), () => {});
    }
  }, { rootMargin: "300px" }).observe(place);
}

if (script && !doc[once]) {
  doc[once] = 1;
  addEventListener("keydown", onKey);
  // Keys pressed inside a frame of the same origin are heard only in that frame.
  addEventListener("blur", () => setTimeout(() => {
    try {
      doc.activeElement.contentWindow.addEventListener("keydown", onKey);
    } catch {}
  }));
  doc.addEventListener("selectionchange", onSelection);
  doc.addEventListener("typo-reports:report", () => report(window));
  try {
    if (localStorage["typo-reports"]) load("dialog").then((dialog) => dialog.resume(script), () => {});
  } catch {}
  if (doc.readyState === "complete") watchHint();
  else addEventListener("load", watchHint);
}
