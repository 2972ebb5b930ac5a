/** Reports that could not be sent wait in store.js and are tried again: none lost, none sent twice, none kept for ever. */
import { send } from "./client.js";
import { announce } from "./events.js";
import { told } from "./own-reports.js";
import { change, find, forget, read } from "./store.js";
import { takeTurn } from "./turn.js";

const FIRST_WAIT_MS = 3e4;
const LONGEST_WAIT_MS = 36e5;
let timer;

/** Send what is due; `hurried` (the network came back) sends what waits for no named time as well. */
export async function flush(hurried) {
  try {
    await takeTurn(async () => {
      for (const { report, dueAt, named } of read().outbox) {
        const { id } = report;
        if ((dueAt > Date.now() && !(hurried && !named)) || !find(read().outbox, id)) continue;
        const { answer, code, refused, retryAt } = await send("POST", "reports", report);
        if (answer) told(report, answer);
        else if (refused) {
          forget(id);
          announce("refused", { id, code });
        } else postpone(id, retryAt);
      }
    });
  } catch {}
  wakeUp();
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
function wakeUp() {
  clearTimeout(timer);
  let next = Infinity;
  for (const { dueAt } of read().outbox) next = Math.min(next, dueAt);
  if (next < Infinity) timer = setTimeout(flush, Math.min(LONGEST_WAIT_MS, Math.max(1000, next - Date.now())));
}
