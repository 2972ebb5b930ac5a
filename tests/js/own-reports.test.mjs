import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { memory } from "./surroundings.mjs";
import { keep, read } from "../../static/js/src/store.js";

const { amend } = await import("../../static/js/src/amend.js");
const { findOwn, told } = await import("../../static/js/src/own-reports.js");
const { askReceipts } = await import("../../static/js/src/receipts.js");

const PAGE = "https://p.example/a";
const REPORT = { id: "1", target: { source: PAGE } };
const ANSWERS = { suggestion: "annotation", comment: "", replyTo: "" };
const MINUTES = 60_000;
const DAY_MS = 864e5;
let calls;
let wordsAreAway;

function answering(status, body) {
  globalThis.fetch = async (url, options) => {
    if (!url.href.includes("/words/")) calls.push([options.method ?? "GET", url.href.replace(/.*(?=\/api\/)/, ""), options.body]);
    else if (wordsAreAway) throw new TypeError("Failed to fetch");
    else return new Response("[]");
    return new Response(body && JSON.stringify(body), { status });
  };
}

/** What came of it, without the words. */
const silently = ({ text, ...result }) => result;

/** The desk took the report and lets it be changed for ten minutes. */
function sentReport(more = {}) {
  const answer = { outcome: "received", receipt: "https://desk.example/r/tok", changeable_until: new Date(Date.now() + 10 * MINUTES).toISOString(), ...more };
  return told(REPORT, answer, "key", ANSWERS);
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 0, 1) });
  globalThis.localStorage = memory();
  [calls, wordsAreAway] = [[], false];
});

test("one's own report is found by its passage and page, for ten minutes", () => {
  sentReport();
  assert.deepEqual(findOwn(PAGE, "key").answers, ANSWERS);
  assert.equal(findOwn(PAGE, "another"), undefined);
  assert.equal(findOwn("https://p.example/b", "key"), undefined);
  mock.timers.setTime(Date.now() + 10 * MINUTES);
  assert.equal(findOwn(PAGE, "key"), undefined);
});

test("what the desk does not let be changed is only remembered for its receipt", () => {
  assert.ok(!sentReport({ changeable_until: null }));
  assert.equal(read().receipts.length, 1);
  assert.equal(findOwn(PAGE, "key"), undefined);
  assert.ok(!sentReport({ receipt: "" }));
});

test("a report that went out of the outbox is forgotten there", () => {
  keep(REPORT);
  sentReport();
  assert.equal(read().outbox.length, 0);
});

test("a change goes to the receipt's address and is remembered", async () => {
  const own = sentReport();
  answering(200, { status: "open" });
  const changed = { ...ANSWERS, comment: "two n" };
  const bodies = { suggestion: "annotation", comment: "two n" };
  assert.equal((await amend(own, bodies, changed)).own, own);
  assert.deepEqual(calls, [["PATCH", "/api/v1/receipts/tok", JSON.stringify(bodies)]]);
  assert.deepEqual(findOwn(PAGE, "key").answers, changed);
});

test("a withdrawn report leaves nothing behind", async () => {
  const own = sentReport();
  answering(204);
  assert.ok(!(await amend(own)).own);
  assert.deepEqual(calls, [["DELETE", "/api/v1/receipts/tok", undefined]]);
  assert.equal(localStorage.size(), 0);
});

test("too late: the report is not offered again, its receipt stays", async () => {
  const own = sentReport();
  answering(409, { code: "too-late" });
  assert.deepEqual(silently(await amend(own)), { bad: true, done: true });
  assert.equal(findOwn(PAGE, "key"), undefined);
  assert.equal(read().receipts.length, 1);
});

test("nothing is changed as long as there are no words to say so", async () => {
  const own = sentReport();
  answering(204);
  wordsAreAway = true;
  await assert.rejects(amend(own));
  assert.deepEqual(calls, []);
  assert.deepEqual(findOwn(PAGE, "key").answers, ANSWERS);
});

test("a desk that fails leaves the report as it was sent", async () => {
  const own = sentReport();
  answering(503);
  assert.deepEqual(silently(await amend(own)), { bad: true, own });
  assert.deepEqual(findOwn(PAGE, "key").answers, ANSWERS);
});

test("a receipt is asked about once a day, for its page, until its case ends", async () => {
  sentReport({ changeable_until: null });
  const ask = (where = PAGE) => askReceipts(where);
  answering(200, { status: "open", resolution: null });
  assert.equal(await ask(), false);
  mock.timers.setTime(Date.now() + 2 * DAY_MS);
  assert.equal(await ask("https://p.example/other"), false);
  assert.equal(calls.length, 0);
  assert.equal(await ask(), false);
  assert.equal(calls[0][1], "/api/v1/receipts/tok");
  mock.timers.setTime(Date.now() + 2 * DAY_MS);
  answering(200, { status: "resolved", resolution: "fixed" });
  assert.equal(await ask(), true);
  assert.equal(localStorage.size(), 0);
});
