// What was typed into a form is kept in this tab until the server has taken it: a page that could not be sent is found
// again as it was left.

import { isServerAway, onceBack } from "./connection.js";
import { touch } from "./morphing.js";
import { say } from "./notices.js";

const PREFIX = "typo-reports-draft ";
const PENDING = "typo-reports-pending";
const FIELDS = 'form[method="post"] :is(textarea, input[type="text"], input[type="search"], input:not([type]))';

/** Keep what is typed into forms, and bring it back after a page that did not get through. */
export function keepDrafts() {
  if (!storage()) return;
  forgetSent();
  bringBack();
  document.addEventListener("input", (event) => {
    if (event.target.matches?.(FIELDS) && event.target.name) keep(event.target);
  });
  document.addEventListener("submit", onSubmit, true);
}

function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (isServerAway()) {
    event.preventDefault();
    event.stopPropagation();
    say(bar().dataset.unsent, { danger: true });
    onceBack(() => say(bar().dataset.again));
    return;
  }
  storage().setItem(PENDING, location.pathname);
}

// The server has answered with another page, or with a word on this one: what was sent has arrived.
function forgetSent() {
  const sent = storage().getItem(PENDING);
  storage().removeItem(PENDING);
  if (!sent || (sent === location.pathname && !document.querySelector("#notices .notice"))) return;
  for (const name of Object.keys(storage())) {
    if (name.startsWith(PREFIX + sent + " ")) storage().removeItem(name);
  }
}

function bringBack() {
  for (const field of document.querySelectorAll(FIELDS)) {
    const kept = field.name && storage().getItem(nameOf(field));
    if (!kept || field.value !== field.defaultValue || kept === field.value) continue;
    field.value = kept;
    touch(field);
    const closed = field.closest("details:not([open])");
    if (closed) closed.open = true;
  }
}

function keep(field) {
  if (field.value === field.defaultValue) storage().removeItem(nameOf(field));
  else storage().setItem(nameOf(field), field.value);
}

function nameOf(field) {
  return `${PREFIX}${location.pathname} ${field.form.getAttribute("action")} ${field.name}`;
}

function bar() {
  return document.getElementById("connection");
}

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
