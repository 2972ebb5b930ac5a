// Taking back thousands: step by step on a page of its own, with how far it is and a way to stop. How far it is stands in
// the database; this tab remembers only that its people want it to go on, also after a reload.

import { fallSilent, say } from "./notices.js";
import { showProgress, stepByStep } from "./progress.js";
import { _ } from "./words.js";

const UNDER_WAY = "typo-reports-taking-back";
const UNDO = /\/batches\/([^/]+)\/undo$/;
const form = () => document.getElementById("taking-back");
let isUnderWay = false;

/** Take over the forms that undo many: they lead to the page, and the page goes on by itself. */
export function listenToTakingBack() {
  document.addEventListener("submit", (event) => {
    const batch = UNDO.exec(new URL(event.target.action, location.href).pathname)?.[1];
    if (!batch || event.defaultPrevented) return;
    if (event.target !== form()) return askForOneStep(event.target, batch);
    event.preventDefault();
    if (!isUnderWay) goOn();
  });
  if (form() && remembered() === form().dataset.batch) goOn();
}

/** Go to the page for the rest, which a deed of the queue was answered with. */
export function goOnAt(page) {
  const address = new URL(page, location.href);
  remember(UNDO.exec(address.pathname)?.[1]);
  location.assign(address.href);
}

/** Without this the answer would come when all is done, or after half a minute. */
function askForOneStep(of, batch) {
  remember(batch);
  if (of.elements.step) return;
  of.append(Object.assign(document.createElement("input"), { type: "hidden", name: "step", value: "yes" }));
}

async function goOn() {
  const body = new URLSearchParams(new FormData(form()));
  const bar = document.getElementById("many-bar");
  let shown = { value: bar.value, max: bar.max, words: document.getElementById("many-words").textContent };
  isUnderWay = true;
  remember(form().dataset.batch);
  offerToGoOn(false);
  fallSilent();
  const { isStopped, problem } = await stepByStep(form().action, body, {
    show: () => showProgress(shown),
    next: (step) => {
      shown = { value: step.undone, max: step.size, words: step.words };
      keepRefused(step.refused, body);
      return step.left;
    },
  });
  isUnderWay = false;
  const isDone = !problem && shown.value >= shown.max;
  if (!isDone) offerToGoOn(true);
  if (problem) return say(problem, { danger: true });
  remember(null);
  // The last answer is a page as any other: where people came from, and what became of the deed.
  if (isDone) return HTMLFormElement.prototype.submit.call(form());
  if (isStopped) say(_("Stopped."));
}

function keepRefused(count, body) {
  if (String(count) === body.get("refused")) return;
  body.set("refused", count);
  form().elements.refused.value = count;
  const address = new URL(location.href);
  address.searchParams.set("refused", count);
  history.replaceState(history.state, "", address);
}

// The one button takes the place of the other, and the focus with it.
function offerToGoOn(isOffered) {
  const [stop, rest] = [document.getElementById("many-stop"), form().querySelectorAll("[data-rest]")];
  const hadFocus = form().contains(document.activeElement);
  stop.hidden = isOffered;
  for (const part of rest) part.hidden = !isOffered;
  if (hadFocus) (isOffered ? form().querySelector("[data-rest] button") : stop).focus();
}

function remembered() {
  try {
    return sessionStorage.getItem(UNDER_WAY);
  } catch {
    return null;
  }
}

function remember(batch) {
  try {
    if (batch) sessionStorage.setItem(UNDER_WAY, batch);
    else sessionStorage.removeItem(UNDER_WAY);
  } catch {
    // Without storage people press "Go on" themselves.
  }
}
