/** Asks the desk and says what became of it. Never throws: a failure is an answer too. */
import { ask } from "./ask.js";
import { toJson } from "./json.js";
import { need } from "./shared.js";

const PATIENCE_MS = 15e3;

/**
 * Gives {answer}; or, when the desk did not take it, {code, detail, refused, retryAt}: refused says that it is not worth
 * trying again; retryAt is in milliseconds since 1970, or NaN when the desk named no time. Code is "offline",
 * "unreachable" or the desk's. What a failure means, the later file knows.
 */
export async function send(method, path, body) {
  let response;
  let answer;
  try {
    response = await ask("../../api/v1/" + path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: toJson(body),
      keepalive: true, // a reader who leaves at once has still reported
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    answer = await response.json();
  } catch {}
  // A hotel's sign-in page also answers 200: only the desk's own words count.
  if (response?.ok && answer?.outcome) return { answer };
  const judged = await need("later").then((later) => later.judge(response, answer, method)).catch(() => {});
  return judged || { code: navigator.onLine ? "unreachable" : "offline" };
}
