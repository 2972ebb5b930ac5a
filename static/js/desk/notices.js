// The bar above the content: what was done, with Undo, or why it was not.

import { _ } from "./words.js";

const place = () => document.getElementById("notices");

/**
 * Say one sentence; with `undo` (an address) and `token`, offer to take the deed back; with `again` (a form and its
 * button), to send it once more.
 */
export function say(text, { danger = false, undo = null, token = "", again = null } = {}) {
  const notice = element("div", { className: `notice${danger ? " danger" : " deed"}` });
  notice.append(element("p", { textContent: text, dir: "auto" }));
  if (undo) notice.append(undoForm(undo, token));
  if (again?.form.isConnected) notice.append(againButton(again));
  place()?.replaceChildren(notice);
}

/** Take away what is said. */
export function fallSilent() {
  place()?.replaceChildren();
}

function againButton({ form, button }) {
  const press = element("button", { type: "button", className: "quiet", textContent: _("Send it now") });
  press.addEventListener("click", () => form.requestSubmit(button?.isConnected ? button : null));
  return press;
}

function undoForm(address, token) {
  const form = element("form", { method: "post", action: address });
  form.dataset.deed = "";
  form.dataset.stays = "";
  const field = element("input", { type: "hidden", name: "csrf_token", value: token });
  const here = location.pathname + location.search;
  const back = element("input", { type: "hidden", name: "back", value: here });
  const button = element("button", { className: "quiet", textContent: _("Undo") });
  button.dataset.action = "undo";
  form.append(field, back, button);
  return form;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
