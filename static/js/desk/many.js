// All that match the list, however many: done in steps, with how far it is, a way to stop, and one Undo for all.

import { reach } from "./connection.js";
import { say } from "./notices.js";
import { refresh } from "./rows.js";
import { _, ngettext, shownNumber } from "./words.js";

const element = (id) => document.getElementById(id);
let isStopped = false;
let isUnderWay = false;

/** Take over "all that match" of the form for many; what is selected by hand is left to the browser. */
export function listenToMany() {
  document.addEventListener("change", (event) => {
    if (event.target.id === "all" && event.target.checked) countAll();
  });
  document.addEventListener("click", (event) => {
    if (event.target.id === "many-stop") isStopped = true;
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
  let [done, refused, undo, problem] = [0, 0, null, null];
  isUnderWay = true;
  isStopped = false;
  const total = await countAll();
  do {
    show(done + refused, total);
    const step = await post(form.action, body).catch((error) => ({ problem: error.message }));
    if (step.problem) {
      problem = step.problem;
      break;
    }
    [done, refused, undo] = [done + step.done, refused + step.refused, step.undo];
    body.set("batch", step.batch);
    body.set("cursor", step.cursor ?? "");
  } while (body.get("cursor") && !isStopped);
  isUnderWay = false;
  element("many-progress").hidden = true;
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

async function post(address, body) {
  const answer = await reach(address, { method: "POST", body, headers: { Accept: "application/json" } });
  const found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (!answer.ok || answer.redirected) throw new Error(found.detail ?? answer.statusText);
  return found;
}

function show(done, total) {
  element("many-progress").hidden = false;
  element("many-bar").max = Math.max(total?.count ?? 0, done, 1);
  element("many-bar").value = done;
  element("many-words").textContent = _("Cases done: {done} of {total}.", { done: shownNumber(done), total: total?.words ?? "?" });
}
