/** Sends one report and says what became of it. Never throws: a failure is an answer too. */
import { toJson } from "./json.js";

const PATIENCE_MS = 15_000;
const TRY_LATER = /^(408|425|429|5..)$/;

/**
 * Gives {state: "answered", answer} | {state: "refused", code, detail} | {state: "later", code, retryAt}; retryAt in
 * milliseconds since 1970, or undefined when the server named no time. Code is "offline", "unreachable" or the server's.
 */
export async function send(desk, report, { fetch = globalThis.fetch, now = Date.now } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(desk + "api/v1/reports", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: toJson(report),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: true, // a reader who leaves at once has still reported
      signal: patience.signal,
    });
    return await readAnswer(response, now());
  } catch {
    if (globalThis.navigator?.onLine === false) return { state: "later", code: "offline" };
    return (await isStranger(desk, fetch)) ? { state: "refused", code: "origin-not-allowed" } : { state: "later", code: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A desk that does not know this page's origin lets no answer through, which looks like a broken network. It is that
 * when the desk answers (opaquely) at all, but still tells this page nothing.
 */
async function isStranger(desk, fetch) {
  const ask = (path, mode) => fetch(desk + path, { mode, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" });
  try {
    await ask("healthz", "no-cors");
    return await ask("api/v1/receipts/none").then(() => false, () => true);
  } catch {
    return false;
  }
}

async function readAnswer(response, now) {
  const answer = await response.json().catch(() => null);
  // A hotel's sign-in page also answers 200: only the desk's own words count.
  if (response.ok) return answer?.outcome ? { state: "answered", answer } : { state: "later", code: "unreachable" };
  const code = answer?.code || "http-" + response.status;
  if (!TRY_LATER.test(response.status)) return { state: "refused", code, detail: detailOf(answer) };
  return { state: "later", code, retryAt: retryAt(response.headers.get("Retry-After"), now) };
}

function detailOf(problem) {
  return problem?.errors?.[0]?.message || problem?.detail || "";
}

/** Retry-After holds seconds or a date (RFC 9110, 10.2.3). */
function retryAt(value, now) {
  if (!value) return undefined;
  const at = /^\d+$/.test(value) ? now + value * 1000 : Date.parse(value);
  return isNaN(at) ? undefined : at;
}
