/** The file that comes when this browser keeps something of the reader's: at the next page view, or after a failure. */
import { desk } from "./desk.js";
import { flush } from "./outbox.js";
import { askReceipts } from "./receipts.js";
import { sourceOf } from "./report.js";
import { need, script } from "./shared.js";
import { loadWords } from "./words.js";

export { amend } from "./amend.js";
export { isStranger } from "./stranger.js";

let asked;

/** Send what was kept (`type` of the event that brought us here), and ask once what became of this page's reports. */
export async function resume(type) {
  if (document.prerendering) await new Promise((go) => document.addEventListener("prerenderingchange", go, { once: true }));
  flush(desk, type === "online");
  if (asked) return;
  asked = true;
  if (await askReceipts(desk, sourceOf(location.href))) {
    const words = await loadWords(script);
    (await need("touch")).showNotice(words);
  }
}
