import assert from "node:assert/strict";
import { test } from "node:test";
import { makeOutbox } from "../../static/js/src/outbox.js";
import { DAY_MS, makeStore } from "../../static/js/src/store.js";
import { takeTurn } from "../../static/js/src/turn.js";

function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
    size: () => kept.size,
  };
}

/** An outbox with a clock of its own and a desk that answers `answers` in turn. */
function setUp(answers = [], storage = memory()) {
  const clock = { now: 1_000_000_000_000 };
  const sent = [];
  const told = [];
  const store = makeStore(storage);
  const outbox = makeOutbox({
    store, now: () => clock.now, random: () => 0.5, wait: () => 0,
    takeTurn: (work) => work(),
    told: (report, result) => told.push([report.id, result.state]),
    send: async (report) => {
      sent.push(report.id);
      return answers.shift() ?? { state: "answered", answer: {} };
    },
  });
  return { clock, sent, told, outbox, store, storage };
}

test("what is kept is sent when due, told, and forgotten", async () => {
  const { clock, sent, told, outbox, storage } = setUp();
  assert.equal(outbox.keep({ id: "a" }), true);
  await outbox.flush();
  assert.deepEqual(sent, []);
  clock.now += 31_000;
  await outbox.flush();
  assert.deepEqual([sent, told, storage.size()], [["a"], [["a", "answered"]], 0]);
});

test("each failure doubles the wait", async () => {
  const later = { state: "later" };
  const { clock, outbox, store } = setUp([later, later, later]);
  outbox.keep({ id: "a" });
  const waits = [];
  for (let i = 0; i < 3; i++) {
    clock.now = store.read(clock.now).outbox[0].dueAt;
    await outbox.flush();
    waits.push(store.read(clock.now).outbox[0].dueAt - clock.now);
  }
  assert.deepEqual(waits, [60_000, 120_000, 240_000]);
});

test("a time that the desk named is respected, even when the network comes back", async () => {
  const { clock, sent, outbox } = setUp();
  outbox.keep({ id: "a" }, clock.now + 500_000);
  outbox.keep({ id: "b" });
  await outbox.flush(true);
  assert.deepEqual(sent, ["b"]);
  clock.now += 500_000;
  await outbox.flush();
  assert.deepEqual(sent, ["b", "a"]);
});

test("a refused report is told and not tried again", async () => {
  const { told, outbox, storage } = setUp([{ state: "refused", code: "x" }]);
  outbox.keep({ id: "a" });
  await outbox.flush(true);
  assert.deepEqual([told, storage.size()], [[["a", "refused"]], 0]);
});

test("after 30 days a report expires", async () => {
  const { clock, sent, outbox } = setUp();
  outbox.keep({ id: "a" });
  clock.now += 30 * DAY_MS;
  await outbox.flush(true);
  assert.deepEqual(sent, []);
});

test("a full outbox says so instead of dropping an older report", () => {
  const { clock, outbox, store } = setUp();
  for (let i = 0; i < 20; i++) assert.equal(outbox.keep({ id: "r" + i }), true);
  assert.equal(outbox.keep({ id: "one more" }), false);
  assert.equal(store.read(clock.now).outbox[0].report.id, "r0");
});

test("the same report is kept once", () => {
  const { clock, outbox, store } = setUp();
  outbox.keep({ id: "a" });
  outbox.keep({ id: "a" });
  assert.equal(store.read(clock.now).outbox.length, 1);
});

test("no storage, full storage and spoilt storage keep nothing and break nothing", async () => {
  const full = { ...memory(), setItem() { throw new Error("QuotaExceededError"); } };
  for (const storage of [null, full]) {
    const { outbox } = setUp([], storage);
    assert.equal(outbox.keep({ id: "a" }), false);
    await outbox.flush();
  }
  for (const spoilt of ["{", "null", "[]", '{"outbox":7}', '{"outbox":[null]}']) {
    const storage = memory();
    storage.setItem("typo-reports", spoilt);
    const { outbox, clock, store } = setUp([], storage);
    await outbox.flush(true);
    assert.deepEqual(store.read(clock.now), { outbox: [], receipts: [] });
  }
});

test("while one tab has its turn, another gives up; without Web Locks each works", async () => {
  let held = false;
  const locks = {
    async request(name, { ifAvailable }, work) {
      assert.ok(name && ifAvailable);
      if (held) return work(null);
      held = true;
      await work({});
      held = false;
    },
  };
  let turns = 0;
  const work = async () => { turns++; };
  await Promise.all([takeTurn(work, locks), takeTurn(work, locks)]);
  assert.equal(turns, 1);
  await takeTurn(work, locks);
  await takeTurn(work, null);
  assert.equal(turns, 3);
});
