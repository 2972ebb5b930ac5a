/**
 * What the browser keeps for the reader, under one key of the publisher's own storage: reports that could not be
 * sent, and receipts whose end the reader may want to know. Absent storage (private mode, blocked, full) is normal.
 */
import { toJson } from "./json.js";

const KEY = "typo-reports";
const MOST = 20;
const DAY_MS = 864e5;

/** The entries of `list` that pass `test`. Pages break Array.prototype, and others may have written here. */
export function sift(list, test) {
  const good = [];
  if (Array.isArray(list)) for (const entry of list) if (entry && test(entry)) good.push(entry);
  return good;
}

/**
 * {outbox: [{report, keptAt, tries, dueAt, named}], receipts: [{url, page, keptAt, askedAt, until, key, answers}]},
 * expired ones left out.
 */
export function read() {
  const fresh = (list, days) => sift(list, ({ keptAt }) => keptAt > Date.now() - days * DAY_MS).slice(-MOST);
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {}
  return { outbox: fresh(kept?.outbox, 30), receipts: fresh(kept?.receipts, 60) };
}

/** Change what is kept. Whether it really is there afterwards, only read() tells. */
export function change(edit) {
  const kept = read();
  edit(kept);
  kept.outbox.toJSON = kept.receipts.toJSON = null; // Prototype 1.6 gives all lists one that writes them as texts
  try {
    if (kept.outbox[0] || kept.receipts[0]) localStorage.setItem(KEY, toJson(kept));
    else localStorage.removeItem(KEY);
  } catch {}
}

/** Keep a report until `dueAt`; false when this browser keeps nothing more: an older report is worth as much. */
export function keep(report, dueAt) {
  const now = Date.now();
  change(({ outbox }) => {
    if (!find(outbox, report.id) && outbox.length < MOST) {
      outbox.push({ report, keptAt: now, tries: 1, dueAt: dueAt || now + 15e3 + 3e4 * Math.random(), named: !!dueAt });
    }
  });
  return !!find(read().outbox, report.id);
}

/** The entry of the report `id`. */
export function find(outbox, id) {
  return sift(outbox, ({ report }) => report.id === id)[0];
}

export function forget(id) {
  change((kept) => (kept.outbox = sift(kept.outbox, ({ report }) => report.id !== id)));
}
