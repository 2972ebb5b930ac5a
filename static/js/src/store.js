/**
 * What the browser keeps for the reader, under one key of the publisher's own storage: reports that could not be
 * sent, and receipts whose end the reader may want to know. Absent storage (private mode, blocked, full) is normal.
 */
import { toJson } from "./json.js";

const KEY = "typo-reports";
export const DAY_MS = 86_400_000;
const BOUNDS = { outbox: [20, 30 * DAY_MS], receipts: [20, 60 * DAY_MS] };

export function makeStore(storage) {
  /** {outbox: [{report, keptAt, tries, dueAt, named}], receipts: [{url, page, keptAt, askedAt}]}, expired ones left out. */
  function read(now) {
    let kept = {};
    try {
      kept = JSON.parse(storage.getItem(KEY)) || {};
    } catch {}
    return { outbox: fresh(kept.outbox, "outbox", now), receipts: fresh(kept.receipts, "receipts", now) };
  }

  /** Change what is kept. True when it is really there afterwards. */
  function change(now, edit) {
    const kept = read(now);
    edit(kept);
    try {
      if (kept.outbox.length + kept.receipts.length) storage.setItem(KEY, toJson(kept));
      else storage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  return { read, change };
}

function fresh(entries, kind, now) {
  const [count, age] = BOUNDS[kind];
  const good = [];
  for (let i = 0; Array.isArray(entries) && i < entries.length; i++) {
    const kept = entries[i];
    if (kept?.keptAt > now - age) good.push(kept);
  }
  return good.slice(-count);
}
