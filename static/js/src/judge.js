/** What it means when the desk did not take a report. */
import { ask } from "./ask.js";

/**
 * The result, as client.js gives it, of a request whose `response` is missing or not a taken report; `answer` is what it
 * says. False when nobody knows why. A change or a withdrawal is taken by any success.
 */
export async function judge(response, answer, method) {
  if (!response) return (await isStranger()) && { refused: true, code: "origin-not-allowed" };
  const { ok, status, headers } = response;
  if (ok) return method !== "POST" && { answer: answer || {} };
  const code = answer?.code || "http-" + status;
  if (!/408|425|429|5../.test(status)) return { refused: true, code, detail: answer?.errors?.[0]?.message || answer?.detail };
  // Retry-After holds seconds or a date (RFC 9110, 10.2.3).
  const after = headers.get("Retry-After");
  return { code, retryAt: after > 0 ? Date.now() + after * 1000 : Date.parse(after) };
}

/**
 * A desk that does not know this page's origin lets no answer through, which looks like a broken network. It is that
 * when the desk answers (opaquely) at all, but still tells this page nothing.
 */
async function isStranger() {
  try {
    await ask("../../healthz", { mode: "no-cors", cache: "no-store" });
    return await ask("../../api/v1/receipts/none").then(() => false, () => true);
  } catch {
    return false;
  }
}
