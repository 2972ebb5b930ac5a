// All that match the list, however many: done in steps, with how far it is, a way to stop, and one Undo for all.

import { reach } from "./connection.js";
import { say } from "./notices.js";
import { hideProgress, showProgress, stepByStep } from "./progress.js";
import { refresh } from "./rows.js";
import { _, ngettext, shownNumber } from "./words.js";

const element = (id) => document.getElementById(id);
let isUnderWay = false;

/** Take over "all that match" of the form for many; what is selected by hand is left to the browser. */
export function listenToMany() {
  document.addEventListener("change", (event) => {
    if (event.target.id === "all" && event.target.checked) countAll();
  });
  document.addEventListener("keydown", (event) => {
    // The browser would send the form: Enter in a box is no decision.
    if (event.key === "Enter" && event.target.type === "checkbox" && event.target.form?.id === "many") event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const isAll = event.target.id === "many" && element("all").checked && event.submitter?.value !== "merge";
    if (!isAll || event.defaultPrevented) return;
    event.preventDefault();
    if (!isUnderWay) work(event.target, event.submitter);
  });
}

async function countAll() {
  const answer = await reach(element("many").dataset.count, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return null;
  const { count, words } = await answer.json();
  element("all-count").textContent = `(${words})`;
  return { count, words };
}

async function work(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  let [done, refused, undo] = [0, 0, null];
  isUnderWay = true;
  const total = await countAll();
  const { isStopped, problem } = await stepByStep(form.action, body, {
    show: () => show(done + refused, total),
    next: (step) => {
      [done, refused, undo] = [done + step.done, refused + step.refused, step.undo];
      body.set("batch", step.batch);
      body.set("cursor", step.cursor ?? "");
      return step.cursor;
    },
  });
  isUnderWay = false;
  hideProgress();
  const said = [
    problem,
    isStopped && _("Stopped."),
    ngettext("{count} case is done.", "{count} cases are done.", done),
    refused && ngettext("{count} case was left: it had been changed meanwhile.", "{count} cases were left: they had been changed meanwhile.", refused),
  ];
  say(said.filter(Boolean).join(" "), { danger: Boolean(problem), undo: done ? undo : null, token: body.get("csrf_token") });
  element("all").checked = false;
  await refresh();
}

function show(done, total) {
  const words = _("Cases done: {done} of {total}.", { done: shownNumber(done), total: total?.words ?? "?" });
  showProgress({ value: done, max: total?.count ?? 0, words });
}
