/** Reports that could not be sent wait here and are tried again: none lost, none sent twice, none kept for ever. */

const FIRST_WAIT_MS = 30_000;
const MOST = 20;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * `store` as of store.js; `send(report)` as of client.js; `takeTurn(work)` as of turn.js; `told(report, result)` hears
 * of each final answer. Clock, chance and timer come in for the tests.
 */
export function makeOutbox({ store, send, takeTurn, told, now = Date.now, random = Math.random, wait = setTimeout }) {
  let timer;

  /** Keep a report until `dueAt`; false when this browser keeps nothing. */
  function keep(report, dueAt) {
    const time = now();
    const kept = store.change(time, ({ outbox }) => {
      // A full outbox takes nothing more: an older report is worth as much as this one.
      if (find(outbox, report.id) < 0 && outbox.length < MOST) {
        outbox.push({ report, keptAt: time, tries: 1, dueAt: dueAt || time + pause(1), named: !!dueAt });
      }
    });
    const there = kept && find(store.read(now()).outbox, report.id) >= 0;
    if (there) plan();
    return there;
  }

  function forget(id) {
    store.change(now(), ({ outbox }) => {
      const at = find(outbox, id);
      if (at >= 0) outbox.splice(at, 1);
    });
  }

  /** Half to one and a half of a doubling wait, so that a desk that comes back is not stormed. */
  function pause(tries) {
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + random());
  }

  /** Send what is due; `hurried` (the network came back) sends what waits for no named time as well. */
  async function flush(hurried) {
    try {
      await takeTurn(async () => {
        const { outbox } = store.read(now());
        for (let i = 0; i < outbox.length; i++) {
          const { report, dueAt, named } = outbox[i];
          if (dueAt > now() && !(hurried && !named)) continue;
          if (find(store.read(now()).outbox, report.id) < 0) continue;
          const result = await send(report);
          if (result.state === "later") postpone(report.id, result.retryAt);
          else {
            forget(report.id);
            told(report, result);
          }
        }
      });
    } catch {}
    plan();
  }

  function postpone(id, retryAt) {
    store.change(now(), ({ outbox }) => {
      const entry = outbox[find(outbox, id)];
      if (!entry) return;
      entry.tries++;
      entry.named = !!retryAt;
      entry.dueAt = retryAt || now() + pause(entry.tries);
    });
  }

  /** Wake up for the next report that is due. */
  function plan() {
    const { outbox } = store.read(now());
    clearTimeout(timer);
    let next = Infinity;
    for (let i = 0; i < outbox.length; i++) next = Math.min(next, outbox[i].dueAt);
    if (next < Infinity) timer = wait(flush, Math.min(LONGEST_WAIT_MS, Math.max(1000, next - now())));
  }

  return { keep, forget, flush };
}

function find(outbox, id) {
  for (let i = 0; i < outbox.length; i++) if (outbox[i].report.id === id) return i;
  return -1;
}
