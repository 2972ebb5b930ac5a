// Keys and the palette. Every action is also a button, found by its data-action; single keys can be
// switched off (WCAG 2.1.4), the palette on Ctrl K or ⌘ K stays.

import { beginAtFirst, check, currentRow, firstRow, move } from "./rows.js";

const SWITCH = "typo-reports-single-keys";
const AFTER_G = { q: "go-queue", s: "go-stats", t: "go-sites", h: "history" };
const PLACES = { "go-queue": "/queue", "go-stats": "/stats", "go-sites": "/sites", "go-settings": "/settings" };
// Where Enter is the browser's own.
const ENTERED = "a[href], button, summary, input, textarea, select, [contenteditable]";
const G_PAUSE_MILLISECONDS = 1200;
let gAt = -Infinity;
// Key to action, as the server says; the editor may have chosen others.
const actionOfKey = new Map();

/** Listen for keys and work the palette. */
export function listenToKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-action="help"]')) openPalette();
  });
  preparePalette();
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || !event.key) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const action = actionOf(event);
  if (!action || (event.repeat && action !== "next" && action !== "previous")) return;
  if (run(action, { isShift: event.shiftKey })) event.preventDefault();
}

function actionOf(event) {
  if (event.timeStamp - gAt < G_PAUSE_MILLISECONDS) {
    gAt = -Infinity;
    return AFTER_G[event.key];
  }
  if (event.key === "g") {
    gAt = event.timeStamp;
    return undefined;
  }
  if (event.key === "Enter") return event.target.closest?.(ENTERED) ? undefined : "open";
  const key = event.key.length === 1 && /[A-Z]/.test(event.key) ? event.key.toLowerCase() : event.key;
  return actionOfKey.get(key);
}

function isTyping(target) {
  return Boolean(
    target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]'),
  );
}

/** Do the action; false where there is nothing to do it to. */
function run(action, { isShift = false } = {}) {
  if (action in PLACES) {
    location.assign(document.querySelector(`.places a[href$="${PLACES[action]}"]`)?.href ?? "/");
    return true;
  }
  if (action === "help") return openPalette();
  if (action === "search") return focus("#q");
  if (document.getElementById("cases")) {
    if (action === "next") return done(move(1, { select: isShift }));
    if (action === "previous") return done(move(-1, { select: isShift }));
    if (!currentRow() && waitsAtFirst(action)) return true;
    if (action === "select") return currentRow() ? done(check(currentRow())) : false;
    if (action === "open") return press(linkOf(currentRow()));
  }
  const scope = currentRow();
  const anywhere = document.querySelector(`#case [data-action="${action}"], #notices [data-action="${action}"], .crumb [data-action="${action}"], .case-head [data-action="${action}"], .head-ways [data-action="${action}"], #on-it [data-action="${action}"], .filters [data-action="${action}"], #many [data-action="${action}"], .views-bar [data-action="${action}"]`);
  return press(scope?.querySelector(`[data-action="${action}"]`) ?? anywhere);
}

/**
 * Where no case is current yet, a key for cases means the first one, which becomes current. True for a key that decides: it
 * waits to be pressed again, since nobody has seen yet upon which case it acts.
 */
function waitsAtFirst(action) {
  const control = action === "open" ? linkOf(firstRow()) : firstRow()?.querySelector(`[data-action="${action}"]`);
  if (!control) return false;
  beginAtFirst();
  return control.type === "submit";
}

function linkOf(row) {
  return row?.querySelector(".case-link");
}

function press(control) {
  if (!control) return false;
  if (control.matches("select")) {
    control.focus();
    return true;
  }
  control.click();
  if (control.matches("summary")) showOpened(control.parentElement);
  return true;
}

function showOpened(details) {
  if (!details.open) return;
  details.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  details.scrollIntoView({ block: "nearest" });
}

function focus(selector) {
  const field = document.querySelector(selector);
  field?.focus();
  field?.select();
  return Boolean(field);
}

function done() {
  return true;
}

function readKeys(dialog) {
  for (const [action, keys] of Object.entries(JSON.parse(dialog.dataset.keys ?? "{}"))) {
    for (const key of keys) actionOfKey.set(key, action);
  }
}

function areKeysOn() {
  if ("off" in (document.getElementById("keys")?.dataset ?? {})) return false;
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

function openPalette() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return false;
  const filter = document.getElementById("keys-filter");
  filter.value = "";
  showMatching("");
  dialog.showModal();
  filter.focus();
  return true;
}

function preparePalette() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  readKeys(dialog);
  const isOn = document.getElementById("keys-on");
  isOn.checked = areKeysOn();
  isOn.disabled = "off" in dialog.dataset;
  isOn.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, isOn.checked ? "on" : "off");
    } catch {
      // Without storage the switch holds for this page only, and a reload says so.
    }
  });
  const filter = document.getElementById("keys-filter");
  filter.addEventListener("input", () => showMatching(filter.value));
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    dialog.querySelector("li:not([hidden]) [data-run]")?.click();
  });
  dialog.addEventListener("click", (event) => {
    const action = event.target.closest?.("[data-run]")?.dataset.run;
    if (!action) return;
    dialog.close();
    run(action);
  });
}

function showMatching(text) {
  const wanted = text.trim().toLowerCase();
  for (const item of document.querySelectorAll("#keys .keys-list li")) {
    item.hidden = !item.textContent.toLowerCase().includes(wanted);
  }
}
