// Deeds from the queue without a reload: the row goes at once, and comes back with a word if the
// server refuses. Forms elsewhere are left to the browser.

import { onceBack, reach } from "./connection.js";
import { fallSilent, say } from "./notices.js";
import { countDown, FIRST, makeCurrent, neighbourOf, refresh, rowsLeft } from "./rows.js";
import { goOnAt } from "./taking_back.js";
import { _ } from "./words.js";

let underWay = 0;
const REFUSED = _("That did not reach the desk's server. Nothing was changed; please try again.");
const REFUSED_THEN = _("The desk's server can be reached again. What did not reach it can be sent now.");

/** Take over the forms of rows and of the notice, where there is a list. */
export function listenToForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-deed]") || !document.getElementById("cases")) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

async function send(form, button) {
  const row = form.closest(".case");
  const stays = "stays" in form.dataset || (button && "stays" in button.dataset);
  const following = row && !stays ? neighbourOf(row) : row;
  if (row && !stays) leave(row, following);
  fallSilent();
  underWay += 1;
  try {
    const done = await post(form, button);
    if (done.page) return goOnAt(done.page);
    say(done.text, { undo: done.undo, token: form.elements.csrf_token.value });
    if (stays) await refresh({ current: row?.dataset.case ?? done.case });
    else row?.remove();
    if (!stays) countDown(shownStatus());
  } catch (error) {
    if (row && !stays) stayAfterAll(row);
    say(error.message || REFUSED, { danger: true });
  } finally {
    underWay -= 1;
  }
  // The page is worked off: fetch what comes next, once all answers are there.
  if (!underWay && !rowsLeft()) await refresh({ current: FIRST });
}

async function post(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  let answer;
  try {
    answer = await reach(button?.getAttribute("formaction") ?? form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
  } catch {
    // It is not sent again by itself: it may have arrived, or a colleague may decide meanwhile.
    onceBack(() => say(REFUSED_THEN, { again: { form, button } }));
    throw new Error(REFUSED);
  }
  if (answer.redirected || answer.status === 401) throw new Error(_("Please sign in again."));
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const done = isJson ? await answer.json() : {};
  if (!answer.ok) throw new Error(done.detail ?? REFUSED);
  return done;
}

function leave(row, following) {
  // In this order: a row that is leaving is no longer found, and would stay marked beside the next.
  makeCurrent(following);
  row.classList.add("is-leaving");
}

function stayAfterAll(row) {
  row.classList.remove("is-leaving");
  makeCurrent(row);
}

function shownStatus() {
  return new URLSearchParams(location.search).get("status") === "snoozed" ? "snoozed" : "open";
}
