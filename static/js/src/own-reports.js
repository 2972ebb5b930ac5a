/** Reports that this browser has sent: receipts, so that a reader learns once that the error is gone, or changes their mind. */
import { announce } from "./events.js";
import { change, forget, read, sift } from "./store.js";

/** True when the desk has dealt with the passage before. */
export const isClosed = (outcome) => /fixed|declined/.test(outcome);

/** Keep the receipt of a report that waits for the editors. Gives the entry when the report may still be changed. */
export function told({ id, target }, { outcome, receipt, changeable_until }, key, answers) {
  const now = Date.now();
  const until = Date.parse(changeable_until);
  const mine = until > now && key && { until, key, answers };
  const entry = { url: receipt, page: target.source, keptAt: now, askedAt: now, ...mine };
  forget(id);
  announce("sent", { id, outcome });
  if (receipt && !isClosed(outcome)) keepReceipt(receipt, entry);
  return receipt && mine && entry;
}

/** Put `entry` in the place of what is kept under the receipt `url`; null takes it away. */
export function keepReceipt(url, entry) {
  change((kept) => {
    kept.receipts = sift(kept.receipts, (kept) => kept.url !== url);
    if (entry) kept.receipts.push(entry);
  });
}

/** The reader's own report of the passage `key` of this page, while it may be changed. */
export function findOwn(page, key) {
  return sift(read().receipts, (entry) => entry.page === page && entry.key === key && entry.until > Date.now())[0];
}
