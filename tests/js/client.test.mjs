import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { laterFile } from "./surroundings.mjs";

const NOW = Date.UTC(2026, 0, 1);

function answering(status, body, headers = {}) {
  const fetch = async (url, options) => {
    fetch.calls.push([url, options]);
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  };
  fetch.calls = [];
  return fetch;
}

mock.timers.enable({ apis: ["Date"], now: NOW });
const { send } = await import("../../static/js/src/client.js");

function sendTo(fetch, method = "POST", path = "reports") {
  globalThis.fetch = fetch;
  return send(method, path, { id: "1" });
}

test("a report is posted as JSON without cookies or referrer", async () => {
  const fetch = answering(201, { outcome: "received" });
  assert.deepEqual(await sendTo(fetch), { answer: { outcome: "received" } });
  const [url, options] = fetch.calls[0];
  assert.match(url.href, /\/api\/v1\/reports$/);
  assert.deepEqual([options.method, options.credentials, options.referrerPolicy, options.body], ["POST", "omit", "no-referrer", '{"id":"1"}']);
  assert.deepEqual(options.headers, { "Content-Type": "application/json" });
});

test("only the desk's own words are an answer", async () => {
  for (const [status, body] of [[200, "<html>Please sign in to the hotel's network</html>"], [200, {}], [204, null]]) {
    const fetch = status === 204 ? async () => new Response(null, { status }) : answering(status, body);
    assert.deepEqual(await sendTo(fetch), { code: "unreachable" });
  }
});

test("refusals carry their code and the most exact sentence", async () => {
  const problem = { code: "too-long", detail: "One field is wrong.", errors: [{ message: "The comment is too long." }] };
  assert.deepEqual(await sendTo(answering(422, problem)), { refused: true, code: "too-long", detail: "The comment is too long." });
  assert.deepEqual(await sendTo(answering(404, "not json")), { refused: true, code: "http-404", detail: undefined });
});

test("Retry-After is read as seconds and as a date", async () => {
  assert.equal((await sendTo(answering(429, {}, { "Retry-After": "90" }))).retryAt, NOW + 90_000);
  assert.equal((await sendTo(answering(503, {}, { "Retry-After": "Thu, 01 Jan 2026 00:10:00 GMT" }))).retryAt, NOW + 600_000);
  assert.equal((await sendTo(answering(503, {}, { "Retry-After": "soon" }))).retryAt, NaN);
});

test("a failing network is later, never an exception", async () => {
  const result = await sendTo(async () => { throw new TypeError("Failed to fetch"); });
  assert.deepEqual(result, { code: "unreachable" });
});

test("a desk that answers, but nothing to this page, does not know its origin", async () => {
  const blocked = async (url, { mode }) => {
    if (mode === "no-cors") return new Response();
    throw new TypeError("Failed to fetch");
  };
  assert.deepEqual(await sendTo(blocked), { refused: true, code: "origin-not-allowed" });
  const cutOff = async (url, { method }) => {
    if (method === "POST") throw new TypeError("Failed to fetch");
    return new Response();
  };
  assert.deepEqual(await sendTo(cutOff), { code: "unreachable" });
});

test("when the file that asks for the reason cannot be had, a failure is later", async () => {
  laterFile.failing = true;
  const result = await sendTo(async () => { throw new TypeError("Failed to fetch"); });
  laterFile.failing = false;
  assert.deepEqual(result, { code: "unreachable" });
});

test("a change and a withdrawal are answered by any success, and too late by its code", async () => {
  for (const method of ["PATCH", "DELETE"]) {
    const fetch = async (url) => new Response(null, { status: url.href.endsWith("/receipts/tok") ? 204 : 500 });
    assert.deepEqual(await sendTo(fetch, method, "receipts/tok"), { answer: {} });
  }
  const late = answering(409, { code: "too-late", detail: "Ten minutes are over." });
  assert.deepEqual(await sendTo(late, "DELETE", "receipts/tok"), { refused: true, code: "too-late", detail: "Ten minutes are over." });
});
