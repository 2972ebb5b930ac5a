/** A short sentence at the bottom of the screen that goes away by itself or by a tap. */
import css from "./dialog.css";
import { make, shadowIn } from "./elements.js";

const SHOWN_MS = 12_000;

export function showNotice(text, words, theme) {
  const host = make("typo-reports");
  const said = make("p", { role: "status" });
  const close = make("button", { class: "x", "aria-label": words.close }, "×");
  close.addEventListener("click", () => host.remove());
  shadowIn(host, css, theme).append(make("div", { class: "bar", part: "notice", dir: words.dir || "ltr", lang: words.lang }, said, close));
  document.body.append(host);
  said.textContent = text; // after it stands in the page, so that it is read aloud
  setTimeout(() => host.remove(), SHOWN_MS);
}
