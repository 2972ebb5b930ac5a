/** Two throwaway servers: a publisher's page and a stand-in for the desk that can fail in every way. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const STATIC = fileURLToPath(new URL("../../../static/", import.meta.url));
const TYPES = { ".js": "text/javascript; charset=utf-8", ".json": "application/json" };

function listen(handler, port = 0) {
  let isAway = false;
  const server = createServer((request, response) => (isAway ? request.socket.destroy() : handler(request, response)));
  return new Promise((ready) => server.listen(port, "127.0.0.1", () => ready({
    url: `http://127.0.0.1:${server.address().port}/`,
    /** Hang up on everybody, for engines whose driver can't take the network away. */
    setAway: (away) => {
      isAway = away;
      if (away) server.closeAllConnections();
    },
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    }),
  })));
}

/**
 * Serves pages set by `show(path, html, headers, scripts)`. `scripts` gives what a driver can't run before the page's own
 * scripts: it is put first into the page, and allowed by its hash.
 */
export async function startPublisher(port) {
  const pages = new Map();
  const server = await listen((request, response) => {
    const page = pages.get(new URL(request.url, "http://x").pathname);
    const first = page?.scripts?.() ?? [];
    const headers = { ...page?.headers };
    const policy = headers["Content-Security-Policy"];
    if (policy) headers["Content-Security-Policy"] = policy.replace("script-src", (name) => [name, ...first.map(hashOf)].join(" "));
    response.writeHead(page ? 200 : request.url === "/favicon.ico" ? 204 : 404, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end((page?.html ?? "").replace("<head>", (head) => head + first.map((source) => `<script>${source}</script>`).join("")));
  }, port);
  return { ...server, show: (path, html, headers = {}, scripts) => pages.set(path, { html, headers, scripts }) };
}

const hashOf = (source) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

const answered = (id, more) => ({ id, case: "c1", outcome: "received", readers: 1, message: "", receipt: "", ...more });

/**
 * A desk that answers the contract. `desk.reports` holds what came; `desk.next` is what the next answers are:
 * {status, body, headers, drop, delayMs} or a function of the report; `desk.words` may change the words of a language.
 */
export async function startDesk() {
  const desk = { reports: [], requests: [], amended: [], receipts: {}, places: {}, next: null, words: null, knowsPage: true, replaced: null };
  const server = await listen(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    desk.requests.push(request.method + " " + request.url);
    if (desk.knowsPage || path.startsWith("/static/")) response.setHeader("Access-Control-Allow-Origin", "*");
    if (desk.replaced?.pattern.test(path)) return sendInstead(desk.replaced.answer, response);
    if (path.startsWith("/static/")) return sendStatic(path, response, path.includes("/words/") && desk.words);
    if (request.method === "OPTIONS") {
      response.writeHead(204, { "Access-Control-Allow-Methods": "POST, PATCH, DELETE", "Access-Control-Allow-Headers": "content-type" });
      return response.end();
    }
    if (path === "/healthz") return sendJson(response, 200, { status: "ok" });
    if (/^(PATCH|DELETE)$/.test(request.method)) return amend(desk, request, response);
    if (path.startsWith("/api/v1/places/")) {
      const place = desk.places[path.split("/").pop()];
      return sendJson(response, place ? 200 : 404, place ?? {});
    }
    if (path.startsWith("/api/v1/receipts/")) return sendJson(response, 200, desk.receipts[path.split("/").pop()] ?? { status: "open" });
    let body = "";
    for await (const piece of request) body += piece;
    return answer(desk, JSON.parse(body), request, response);
  });
  return Object.assign(desk, server);
}

/** A reader changes or withdraws: kept in desk.amended as [method, token, body]; desk.next decides the answer. */
async function amend(desk, request, response) {
  let body = "";
  for await (const piece of request) body += piece;
  if (desk.next?.drop) return response.destroy();
  desk.amended.push([request.method, request.url.split("/").pop(), body && JSON.parse(body)]);
  return sendJson(response, desk.next?.status ?? 200, desk.next?.body ?? { status: "open" });
}

async function answer(desk, report, request, response) {
  const plan = (typeof desk.next === "function" ? desk.next(report) : desk.next) ?? {};
  if (plan.delayMs) await new Promise((wake) => setTimeout(wake, plan.delayMs));
  if (plan.drop) return response.destroy();
  desk.reports.push({ ...report, headers: request.headers });
  const status = plan.status ?? (desk.reports.filter(({ id }) => id === report.id).length > 1 ? 200 : 201);
  const more = plan.body ?? {};
  return sendJson(response, status, status < 300 ? answered(report.id, more) : more, {
    "Access-Control-Expose-Headers": "Retry-After", ...plan.headers,
  });
}

function sendJson(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": status < 300 ? "application/json" : "application/problem+json", ...headers });
  response.end(JSON.stringify(body));
}

/** An answer in the words of Playwright's route.fulfill(). */
function sendInstead({ body, contentType, headers }, response) {
  response.writeHead(200, { "Content-Type": contentType, ...headers });
  response.end(body);
}

async function sendStatic(path, response, change) {
  try {
    let bytes = await readFile(join(STATIC, normalize(path.slice("/static/".length))));
    if (change) bytes = JSON.stringify(change(JSON.parse(bytes)));
    const kept = /-[0-9a-f]{8}\.js$/.test(path) ? { "Cache-Control": "public, max-age=31536000, immutable" } : {}; // as the desk does
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", ...kept });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}
