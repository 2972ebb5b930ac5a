/** Whether a failing desk is away, or will not speak with this page. */
import { POLITE } from "./client.js";

/**
 * A desk that does not know this page's origin lets no answer through, which looks like a broken network. It is that
 * when the desk answers (opaquely) at all, but still tells this page nothing.
 */
export async function isStranger(desk) {
  try {
    await fetch(desk + "healthz", { mode: "no-cors", cache: "no-store", ...POLITE });
    return await fetch(desk + "api/v1/receipts/none", POLITE).then(() => false, () => true);
  } catch {
    return false;
  }
}
