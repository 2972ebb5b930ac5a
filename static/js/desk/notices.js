// The bar above the content: what was done, with Undo, or why it was not.

const place = () => document.getElementById("notices");

/** Say one sentence; with `undo` (an address) and `token`, offer to take the deed back. */
export function say(text, { danger = false, undo = null, token = "" } = {}) {
  const notice = element("div", { className: `notice${danger ? " danger" : " deed"}` });
  notice.append(element("p", { textContent: text, dir: "auto" }));
  if (undo) notice.append(undoForm(undo, token));
  place()?.replaceChildren(notice);
}

/** Take away what is said. */
export function fallSilent() {
  place()?.replaceChildren();
}

function undoForm(address, token) {
  const form = element("form", { method: "post", action: address });
  form.dataset.deed = "";
  form.dataset.stays = "";
  const field = element("input", { type: "hidden", name: "csrf_token", value: token });
  const here = location.pathname + location.search;
  const back = element("input", { type: "hidden", name: "back", value: here });
  const button = element("button", { className: "quiet", textContent: "Undo" });
  button.dataset.action = "undo";
  form.append(field, back, button);
  return form;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
