// The list of cases: which one is current, which are selected, and fresh rows from the server.

import { reach } from "./connection.js";
import { offerCopying } from "./copying.js";
import { morph, touch } from "./morphing.js";
import { _, ngettext } from "./words.js";

const list = () => document.getElementById("cases");
const rows = () => [...(list()?.querySelectorAll(".case:not(.is-leaving)") ?? [])];
/** For `refresh`: make the first row current. */
export const FIRST = Symbol("first");
const PHONE = "(max-width: 44rem)";
let currentId = null;
let anchorId = null;

/** The row that keys act upon, if the page has a list. */
export function currentRow() {
  return rows().find((row) => row.dataset.case === currentId) ?? null;
}

/** Make the row current and bring it into sight; focus goes to its link. */
export function makeCurrent(row, { focus = true } = {}) {
  currentRow()?.classList.remove("is-current");
  currentId = row?.dataset.case ?? null;
  row?.classList.add("is-current");
  if (!focus || !row) return;
  row.querySelector(".case-link")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** The first row, if there is one. */
export function firstRow() {
  return rows()[0] ?? null;
}

/** Make the first row current. */
export function beginAtFirst() {
  makeCurrent(firstRow());
}

/** Go `step` rows down (or up); with `select`, the rows on the way are selected. */
export function move(step, { select = false } = {}) {
  const all = rows();
  if (!all.length) return;
  const from = all.indexOf(currentRow());
  const to = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + step));
  if (select) {
    if (from >= 0) check(all[from], true);
    check(all[to], true);
  }
  makeCurrent(all[to]);
}

/** The row that becomes current when this one goes. */
export function neighbourOf(row) {
  const all = rows();
  const at = all.indexOf(row);
  return all[at + 1] ?? all[at - 1] ?? null;
}

/** How many rows are left to see. */
export function rowsLeft() {
  return rows().length;
}

/** Fetch this page again and put its list, counts and pager in place of those shown. */
export async function refresh({ current = currentId } = {}) {
  const answer = await reach(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const here = document.getElementById("content");
  const there = fresh.getElementById("content");
  if (!here || !there) {
    location.reload();
    return;
  }
  // A row that has left is gone for good; were it to come back, it would come as a new one.
  for (const row of here.querySelectorAll(".case.is-leaving")) row.remove();
  morph(here, there);
  offerCopying(here);
  showRows();
  const wanted = current === FIRST ? rows()[0] : rows().find((row) => row.dataset.case === current);
  // Who is typing elsewhere goes on typing.
  const isElsewhere = document.activeElement?.matches("input, select, textarea") && !document.activeElement.closest("#cases");
  makeCurrent(wanted ?? null, { focus: Boolean(current) && !isElsewhere });
}

/** Take one case off a count that stands on the page, as far as it is a plain number. */
export function countDown(name) {
  for (const count of document.querySelectorAll(`[data-count="${name}"]`)) {
    if (/^\d+$/.test(count.textContent)) count.textContent = String(count.textContent - 1);
  }
}

/** Wire what the list needs, once: the list itself comes and goes. */
export function prepareRows() {
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("#cases .case");
    if (row && row !== currentRow()) makeCurrent(row, { focus: false });
  });
  document.addEventListener("click", (event) => {
    if (event.target.matches?.(".case-select")) selectTo(event.target, event.shiftKey);
    if (event.target.matches?.("[data-skip]")) return move(1);
    const row = event.target.closest?.("#cases .case");
    if (row && row !== currentRow() && rows().includes(row)) makeCurrent(row, { focus: false });
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "all") showSelection();
  });
  showRows();
}

function showRows() {
  for (const button of document.querySelectorAll('[data-action="help"]')) button.hidden = false;
  for (const button of document.querySelectorAll("[data-skip]")) button.hidden = false;
  showSelection();
  // On a phone the bar at the foot belongs to the current case: there always is one.
  if (!currentRow() && matchMedia(PHONE).matches) makeCurrent(rows()[0] ?? null, { focus: false });
}

/** Select or unselect a row. */
export function check(row, isChecked) {
  const box = row?.querySelector(".case-select");
  if (!box) return;
  box.checked = isChecked ?? !box.checked;
  touch(box);
  showSelection();
}

function selectTo(box, isRange) {
  const all = rows();
  const row = box.closest(".case");
  const from = all.findIndex((other) => other.dataset.case === anchorId);
  const to = all.indexOf(row);
  if (isRange && from >= 0) {
    for (const other of all.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      check(other, box.checked);
    }
  }
  anchorId = row.dataset.case;
  showSelection();
}

function showSelection() {
  const many = document.getElementById("many");
  if (!many) return;
  const count = document.querySelectorAll(".case-select:checked").length;
  const isAll = document.getElementById("all").checked;
  const words = ngettext("{count} case is selected.", "{count} cases are selected.", count);
  document.getElementById("many-selected").textContent = isAll
    ? _("Everything that matches this list is meant.")
    : words;
  if (count || isAll) many.querySelector("details").open = true;
  many.classList.toggle("is-floating", Boolean(count || isAll));
}
