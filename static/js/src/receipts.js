/** What became of the reader's reports, asked of the desk. */
import { ask } from "./ask.js";
import { keepReceipt } from "./own-reports.js";
import { read } from "./store.js";

const DAY_MS = 864e5;

/** Ask, at most once a day, about the reports of `page`. True when one has been fixed since. */
export async function askReceipts(page) {
  let fixed = false;
  for (const entry of read().receipts) {
    if (entry.page !== page || entry.askedAt > Date.now() - DAY_MS) continue;
    const end = await resolutionOf("../../api/v1/receipts/" + entry.url.replace(/.*\//, ""));
    fixed ||= end === "fixed";
    keepReceipt(entry.url, !end && { ...entry, askedAt: Date.now() });
  }
  return fixed;
}

/** How the case ended: its resolution, "unknown" when the desk has forgotten it or it was withdrawn, "" while it is open. */
async function resolutionOf(path) {
  try {
    const response = await ask(path);
    if (/^(404|410)$/.test(response.status)) return "unknown";
    const { status, resolution } = await response.json();
    return status === "withdrawn" ? "unknown" : status === "resolved" ? resolution : "";
  } catch {
    return "";
  }
}
