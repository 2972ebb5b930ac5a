/** A small bar at the bottom of the screen, with a cross that takes it away. */
import { make, shadowIn } from "./elements.js";
import { script } from "./shared.js";
import bar from "./bar.css";
import { css } from "./style.js";

/** Show `content` (an element). Gives {close, element}; `onClose` hears the cross. */
export function showBar(words, part, content, onClose) {
  const host = make("typo-reports");
  const cross = make("button", { class: "x", "aria-label": words.close }, "×");
  const element = make("div", { class: "bar", part, dir: words.dir, lang: words.lang }, content, cross);
  const close = () => host.remove();
  cross.onclick = () => {
    close();
    onClose?.();
  };
  shadowIn(host, css + bar, script.dataset.theme).append(element);
  document.body.append(host);
  return { close, element };
}
