import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { listen, memory } from "./surroundings.mjs";
import { change, find, keep, read } from "../../static/js/src/store.js";

const { flush } = await import("../../static/js/src/outbox.js");
const { takeTurn } = await import("../../static/js/src/turn.js");
const DAY_MS = 864e5;
const heard = listen();
const report = (id) => ({ id, target: { source: "https://p.example/a" } });
const dueAt = (id) => find(read().outbox, id).dueAt;
const pass = (ms) => mock.timers.setTime(Date.now() + ms);
const send = (hurried) => flush(hurried);
let sent;
let answers;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: 1_000_000_000_000 });
  mock.method(Math, "random", () => 0.5);
  globalThis.localStorage = memory();
  [sent, answers, heard.length] = [[], [], 0];
  globalThis.fetch = async (url, { body }) => {
    sent.push(JSON.parse(body).id);
    const { status = 201, answer = { outcome: "received" }, headers } = answers.shift() ?? {};
    return new Response(JSON.stringify(answer), { status, headers });
  };
});

test("what is kept is sent when due, told, and forgotten", async () => {
  assert.equal(keep(report("a")), true);
  await send();
  assert.deepEqual(sent, []);
  pass(31_000);
  await send();
  assert.deepEqual([sent, heard, localStorage.size()], [["a"], [["sent", "a"]], 0]);
});

test("what is kept is sent by itself while the page stays open", async () => {
  keep(report("a"));
  await send();
  mock.timers.tick(31_000);
  for (let i = 0; i < 20; i++) await null;
  assert.deepEqual(sent, ["a"]);
});

test("each failure doubles the wait", async () => {
  answers = [{ status: 500 }, { status: 500 }, { status: 500 }];
  keep(report("a"));
  const waits = [];
  for (let i = 0; i < 3; i++) {
    mock.timers.setTime(dueAt("a"));
    await send();
    waits.push(dueAt("a") - Date.now());
  }
  assert.deepEqual(waits, [60_000, 120_000, 240_000]);
});

test("a time that the desk named is respected, even when the network comes back", async () => {
  keep(report("a"), Date.now() + 500_000);
  keep(report("b"));
  await send(true);
  assert.deepEqual(sent, ["b"]);
  pass(500_000);
  await send();
  assert.deepEqual(sent, ["b", "a"]);
});

test("a refused report is told and not tried again", async () => {
  answers = [{ status: 422, answer: { code: "x" } }];
  keep(report("a"));
  await send(true);
  assert.deepEqual([heard, localStorage.size()], [[["refused", "a"]], 0]);
});

test("after 30 days a report expires", async () => {
  keep(report("a"));
  pass(30 * DAY_MS);
  await send(true);
  assert.deepEqual(sent, []);
});

test("a full outbox says so instead of dropping an older report", () => {
  for (let i = 0; i < 20; i++) assert.equal(keep(report("r" + i)), true);
  assert.equal(keep(report("one more")), false);
  assert.equal(read().outbox[0].report.id, "r0");
});

test("the same report is kept once", () => {
  keep(report("a"));
  keep(report("a"));
  assert.equal(read().outbox.length, 1);
});

test("no storage, full storage and spoilt storage keep nothing and break nothing", async () => {
  const full = { ...memory(), setItem() { throw new Error("QuotaExceededError"); } };
  for (const storage of [null, full]) {
    globalThis.localStorage = storage;
    assert.equal(keep(report("a")), false);
    await send();
  }
  for (const spoilt of ["{", "null", "[]", '{"outbox":7}', '{"outbox":[null]}']) {
    globalThis.localStorage = memory();
    localStorage.setItem("typo-reports", spoilt);
    await send(true);
    assert.deepEqual(read(), { outbox: [], receipts: [] });
  }
});

test("a change that keeps nothing leaves nothing behind", () => {
  keep(report("a"));
  change((kept) => (kept.outbox = []));
  assert.equal(localStorage.size(), 0);
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
  const given = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  await Promise.all([takeTurn(work), takeTurn(work)]);
  assert.equal(turns, 1);
  await takeTurn(work);
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  await takeTurn(work);
  assert.equal(turns, 3);
  Object.defineProperty(globalThis, "navigator", given);
});
