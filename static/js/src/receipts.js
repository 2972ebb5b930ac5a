/** Receipts that this browser remembers, so that a reader learns once that the error is gone. */
import { DAY_MS } from "./store.js";

/** Remember a report that waits for the editors. */
export function keepReceipt(store, report, { receipt, outcome }, now = Date.now()) {
  if (!receipt || /^(fixed|declined)$/.test(outcome)) return;
  store.change(now, ({ receipts }) => receipts.push({ url: receipt, page: report.target.source, keptAt: now, askedAt: now }));
}

/** Ask the desk, at most once a day, about this page's reports. True when one has been fixed since. */
export async function askReceipts(store, desk, page, { fetch = globalThis.fetch, now = Date.now() } = {}) {
  const { receipts } = store.read(now);
  let fixed = false;
  for (let i = 0; i < receipts.length; i++) {
    const { url, page: where, askedAt } = receipts[i];
    if (where !== page || askedAt > now - DAY_MS) continue;
    const end = await outcomeOf(desk + "api/v1/receipts/" + url.replace(/^.*\//, ""), fetch);
    fixed ||= end === "fixed";
    store.change(now, (kept) => {
      for (let k = kept.receipts.length - 1; k >= 0; k--) {
        if (kept.receipts[k].url !== url) continue;
        if (end) kept.receipts.splice(k, 1);
        else kept.receipts[k].askedAt = now;
      }
    });
  }
  return fixed;
}

/** How the case ended: its resolution, "unknown" when the desk has forgotten it, "" while it is open. */
async function outcomeOf(address, fetch) {
  try {
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (/^(404|410)$/.test(response.status)) return "unknown";
    const { status, resolution } = await response.json();
    return status === "resolved" ? resolution : "";
  } catch {
    return "";
  }
}
