/** Asks the desk and says what became of it. Never throws: a failure is an answer too. */
import { toJson } from "./json.js";
import { need } from "./shared.js";

const PATIENCE_MS = 15e3;
export const POLITE = { credentials: "omit", referrerPolicy: "no-referrer" };

/**
 * Gives {state: "answered", answer} | {state: "refused", code, detail} | {state: "later", code, retryAt}; retryAt in
 * milliseconds since 1970, or NaN when the server named no time. Code is "offline", "unreachable" or the server's.
 */
export async function send(desk, method, path, body) {
  try {
    const response = await fetch(desk + "api/v1/" + path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: toJson(body),
      keepalive: true, // a reader who leaves at once has still reported
      signal: AbortSignal.timeout?.(PATIENCE_MS),
      ...POLITE,
    });
    return readAnswer(response, await response.json().catch(() => null), method);
  } catch {
    const isStranger = navigator.onLine !== false && (await need("later").then((later) => later.isStranger(desk), () => false));
    if (isStranger) return { state: "refused", code: "origin-not-allowed" };
    return { state: "later", code: navigator.onLine === false ? "offline" : "unreachable" };
  }
}

function readAnswer({ ok, status, headers }, answer, method) {
  // A hotel's sign-in page also answers 200: only the desk's own words count.
  if (ok) return answer?.outcome || method !== "POST" ? { state: "answered", answer } : { state: "later", code: "unreachable" };
  const code = answer?.code || "http-" + status;
  if (!/408|425|429|5../.test(status)) return { state: "refused", code, detail: answer?.errors?.[0]?.message || answer?.detail };
  // Retry-After holds seconds or a date (RFC 9110, 10.2.3).
  const after = headers.get("Retry-After");
  return { state: "later", code, retryAt: after > 0 ? Date.now() + after * 1000 : Date.parse(after) };
}
