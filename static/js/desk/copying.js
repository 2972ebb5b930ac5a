// Buttons that copy: data-copy="#id" copies that element's text, data-copy-text its own value.

import { say } from "./notices.js";
import { _ } from "./words.js";

/** Show the copy buttons within `root`; they are hidden where nothing could work them. */
export function offerCopying(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-copy-text]")) {
    button.hidden = false;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-text]");
  if (!button) return;
  const text = button.dataset.copyText ?? document.querySelector(button.dataset.copy)?.textContent;
  try {
    await navigator.clipboard.writeText((text ?? "").trim());
    confirmOn(button);
  } catch {
    say(_("Copying is not allowed here. Select the text and copy it by hand."), { danger: true });
  }
});

function confirmOn(button) {
  const before = button.textContent;
  button.textContent = _("Copied");
  setTimeout(() => {
    button.textContent = before;
  }, 1500);
}
