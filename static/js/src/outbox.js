/** Reports that could not be sent wait in store.js and are tried again: none lost, none sent twice, none kept for ever. */
import { send } from "./client.js";
import { told } from "./own-reports.js";
import { change, find, read } from "./store.js";
import { takeTurn } from "./turn.js";

const FIRST_WAIT_MS = 3e4;
const LONGEST_WAIT_MS = 36e5;
let timer;

/** Send what is due; `hurried` (the network came back) sends what waits for no named time as well. */
export async function flush(desk, hurried) {
  try {
    await takeTurn(async () => {
      for (const { report, dueAt, named } of read().outbox) {
        if ((dueAt > Date.now() && !(hurried && !named)) || !find(read().outbox, report.id)) continue;
        const result = await send(desk, "POST", "reports", report);
        if (result.state === "later") postpone(report.id, result.retryAt);
        else told(report, result);
      }
    });
  } catch {}
  wakeUp(desk);
}

/** Half to one and a half of a doubling wait, so that a desk that comes back is not stormed. */
function postpone(id, retryAt) {
  change(({ outbox }) => {
    const entry = find(outbox, id);
    if (!entry) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** entry.tries++) * (0.5 + Math.random());
    entry.named = !!retryAt;
    entry.dueAt = retryAt || Date.now() + wait;
  });
}

/** Wake up for the next report that is due. */
function wakeUp(desk) {
  clearTimeout(timer);
  let next = Infinity;
  for (const { dueAt } of read().outbox) next = Math.min(next, dueAt);
  if (next < Infinity) timer = setTimeout(flush, Math.min(LONGEST_WAIT_MS, Math.max(1000, next - Date.now())), desk);
}
