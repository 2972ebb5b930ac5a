import assert from "node:assert/strict";
import { test } from "node:test";
import { send } from "../../static/js/src/client.js";
import { askReceipts, keepReceipt } from "../../static/js/src/receipts.js";
import { DAY_MS, makeStore } from "../../static/js/src/store.js";

const NOW = Date.UTC(2026, 0, 1);

function answering(status, body, headers = {}) {
  const fetch = async (url, options) => {
    fetch.calls.push([url, options]);
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  };
  fetch.calls = [];
  return fetch;
}

const sendTo = (fetch) => send("https://desk.example/", { id: "1" }, { fetch, now: () => NOW });

test("a report is posted as JSON without cookies or referrer", async () => {
  const fetch = answering(201, { outcome: "received" });
  assert.equal((await sendTo(fetch)).state, "answered");
  const [url, options] = fetch.calls[0];
  assert.equal(url, "https://desk.example/api/v1/reports");
  assert.deepEqual([options.method, options.credentials, options.referrerPolicy, options.body], ["POST", "omit", "no-referrer", '{"id":"1"}']);
  assert.deepEqual(options.headers, { "Content-Type": "application/json" });
});

test("only the desk's own words are an answer", async () => {
  for (const [status, body] of [[200, "<html>Please sign in to the hotel's network</html>"], [200, {}], [204, null]]) {
    const fetch = status === 204 ? async () => new Response(null, { status }) : answering(status, body);
    assert.deepEqual(await sendTo(fetch), { state: "later", code: "unreachable" });
  }
});

test("refusals carry their code and the most exact sentence", async () => {
  const problem = { code: "too-long", detail: "One field is wrong.", errors: [{ message: "The comment is too long." }] };
  assert.deepEqual(await sendTo(answering(422, problem)), { state: "refused", code: "too-long", detail: "The comment is too long." });
  assert.deepEqual(await sendTo(answering(404, "not json")), { state: "refused", code: "http-404", detail: "" });
});

test("Retry-After is read as seconds and as a date", async () => {
  assert.equal((await sendTo(answering(429, {}, { "Retry-After": "90" }))).retryAt, NOW + 90_000);
  assert.equal((await sendTo(answering(503, {}, { "Retry-After": "Thu, 01 Jan 2026 00:10:00 GMT" }))).retryAt, NOW + 600_000);
  assert.equal((await sendTo(answering(503, {}, { "Retry-After": "soon" }))).retryAt, undefined);
});

test("a failing network is later, never an exception", async () => {
  const result = await sendTo(async () => { throw new TypeError("Failed to fetch"); });
  assert.deepEqual(result, { state: "later", code: "unreachable" });
});

test("a desk that answers, but nothing to this page, does not know its origin", async () => {
  const blocked = async (url, { mode }) => {
    if (mode === "no-cors") return new Response();
    throw new TypeError("Failed to fetch");
  };
  assert.deepEqual(await sendTo(blocked), { state: "refused", code: "origin-not-allowed" });
  const cutOff = async (url, { method }) => {
    if (method === "POST") throw new TypeError("Failed to fetch");
    return new Response();
  };
  assert.deepEqual(await sendTo(cutOff), { state: "later", code: "unreachable" });
});

test("a receipt is asked about once a day, for its page, until its case ends", async () => {
  const kept = new Map();
  const store = makeStore({ getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) });
  const page = "https://p.example/a";
  keepReceipt(store, { target: { source: page } }, { receipt: "https://desk.example/r/tok", outcome: "received" }, NOW);
  const ask = (fetch, now, where = page) => askReceipts(store, "https://desk.example/", where, { fetch, now });
  const open = answering(200, { status: "open", resolution: null });
  assert.equal(await ask(open, NOW + 1000), false);
  assert.equal(await ask(open, NOW + 2 * DAY_MS, "https://p.example/other"), false);
  assert.equal(open.calls.length, 0);
  assert.equal(await ask(open, NOW + 2 * DAY_MS), false);
  assert.equal(open.calls[0][0], "https://desk.example/api/v1/receipts/tok");
  assert.equal(await ask(answering(200, { status: "resolved", resolution: "fixed" }), NOW + 4 * DAY_MS), true);
  assert.equal(kept.size, 0);
});
