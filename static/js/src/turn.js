/** One tab at a time: Web Locks, or a lease in the storage where pages have no secure context. */

const LEASE = "typo-reports-lease";
const LEASE_MS = 30_000;

/** Run `work` unless another tab is at it; resolves when done or given up. */
export async function takeTurn(work, { locks = globalThis.navigator?.locks, storage, now = Date.now } = {}) {
  if (locks) {
    return locks.request("typo-reports", { ifAvailable: true }, (lock) => lock && work());
  }
  const mine = now() + LEASE_MS + ":" + Math.random();
  if (parseInt(storage.getItem(LEASE), 10) > now()) return undefined;
  storage.setItem(LEASE, mine);
  await new Promise((wake) => setTimeout(wake, 50)); // the last of those who wrote at once has it
  if (storage.getItem(LEASE) !== mine) return undefined;
  try {
    return await work();
  } finally {
    storage.removeItem(LEASE);
  }
}
