/** The dialog: a native one, in our own shadow root, made of native elements. It shows and asks; it sends nothing. */
import { changeOf } from "./change.js";
import { countCodePoints } from "./code-points.js";
import { make, shadowIn } from "./elements.js";
import { isGesture } from "./gesture.js";
import { rarely } from "./rarely.js";
import { shown } from "./report.js";
import { script } from "./shared.js";
import { isTouchOnly, shortcutName } from "./shortcut.js";
import { css } from "./style.js";

/** Events that would otherwise run into the page's own shortcuts, focus traps and copy handlers. */
const PRIVATE = "keydown keyup keypress beforeinput input focusin focusout click mousedown mouseup pointerdown copy cut paste";

/**
 * Show the dialog. `passages` is a list of {selector, before, after, lang}: one for a selection, several to choose from
 * with the control in the label `choice`. `answers` prefills, `refusal` forbids sending with a reason, `own` means that there is a
 * report to change. `deed(answers, chosen)` sends, and withdraws without answers: a promise of {text, note, link, done,
 * bad, own}. `onClose(answers, chosen)` hears the end.
 */
export function showDialog({ words, passages, chosen = 0, choice = make("p"), answers, refusal, own, deed, onClose }) {
  const { lang } = words;
  const host = make("typo-reports");
  const root = shadowIn(host, css, script.dataset.theme);
  const title = make("h2", { part: "title", tabindex: -1 }, words.title);
  const intro = make("p", { part: "intro", id: "i" }, words.intro);
  const passage = make("blockquote", { part: "passage", dir: "auto" });
  const message = make("p", { part: "message", role: "status" });
  const mail = field("replyTo", words.mail, "input", 254, { type: "email", autocomplete: "email", placeholder: words.email });
  const fields = make("div", {},
    field("suggestion", words.correct, "textarea", 1000, { rows: 1 }),
    field("comment", words.comment, "textarea", 2000, { rows: 2 }), mail);
  const keys = make("kbd", {}, shortcutName(words));
  const withdraw = button("withdraw", words.withdraw, () => act());
  const change = button("change", words.change, changeOwn);
  const cancel = button("cancel", words.cancel, end);
  const send = make("button", { part: "button send" }, words.send);
  const form = make("form", { onsubmit }, title, choice, intro, passage, fields, message,
    make("footer", {}, keys, withdraw, change, cancel, send));
  const dialog = make("dialog", { part: "dialog", lang, dir: words.dir, "aria-label": words.title, "aria-describedby": "i", onkeydown, onclose }, form);
  const { suggestion } = form;
  let busy;
  let done;

  function button(part, text, onclick) {
    return make("button", { part: "button " + part, type: "button", onclick }, text);
  }

  /** A control with its label, and how many characters remain once that matters. */
  function field(name, text, tag, maxlength, properties) {
    const id = "n" + maxlength;
    const left = make("p", { id });
    async function oninput({ target }) {
      showPassage();
      const n = maxlength - countCodePoints(target.value);
      const isNear = n < maxlength / 5;
      const later = isNear && await rarely().catch(() => {});
      left.textContent = later ? later.say(words.left, lang, { n }) : "";
    }
    const control = make(tag, { part: "field", name, maxlength, dir: "auto", "aria-describedby": id, oninput, ...properties });
    return make("div", {}, make("label", { part: "label" }, text, control), left);
  }

  const collect = () => Object.fromEntries(new FormData(form));

  function showPassage() {
    const { selector, before, after, lang } = passages[chosen];
    const exact = shown(selector.exact);
    const [head, removed, added, tail] = changeOf(exact, suggestion.value.trim() || exact);
    const mark = make("mark", { part: "mark" }, head);
    if (removed) mark.append(make("del", {}, removed), " ");
    if (added) mark.append(make("ins", {}, added));
    mark.append(tail);
    passage.replaceChildren(shown(before), mark, shown(after));
    if (lang) passage.lang = suggestion.lang = lang;
  }

  function choose() {
    suggestion.value = shown(passages[chosen].selector.exact);
    showPassage();
  }

  /** Send `answers`, or withdraw without. */
  async function act(answers) {
    if (busy) return;
    send.setAttribute("aria-disabled", busy = true);
    tell({ text: words.sending });
    const result = await deed(answers, chosen);
    send.setAttribute("aria-disabled", busy = false);
    show({ done, ...result });
  }

  async function changeOwn() {
    await rarely().catch(() => {});
    show({ text: words.mine, own });
  }

  function tell({ text = "", note, link, bad }) {
    message.replaceChildren(bad ? "⚠ " + text : text);
    if (note) message.append(make("blockquote", { dir: "auto" }, note));
    if (link) message.append(make("a", { href: link, target: "_blank", rel: "noreferrer", part: "link" }, words.receipt));
  }

  /** What stands there now: the fields to fill, or what became of them. */
  function show(result) {
    tell(result);
    ({ done, own } = result);
    for (const part of [intro, fields, send, choice]) part.hidden = done;
    keys.hidden = done || isTouchOnly();
    mail.hidden = own;
    withdraw.hidden = !own;
    choice.hidden ||= own;
    change.hidden = !own || !done;
    cancel.textContent = done ? words.close : words.cancel;
    (done ? cancel : isTouchOnly() ? title : choice.control || suggestion).focus();
  }

  /** Close at once: until the next frame the browser would still send keys to the hidden button. */
  function end() {
    dialog.close();
    root.activeElement?.blur();
    onclose();
  }

  /** The browser says "close" only in its next task: the draft must be kept before another dialog can open. */
  function onclose() {
    if (!host.isConnected) return;
    host.remove();
    onClose(done ? null : collect(), chosen);
  }

  function onkeydown(event) {
    if (isGesture(event)) done ? end() : send.click();
  }

  function onsubmit(event) {
    event.preventDefault();
    act(collect());
  }

  for (const name of PRIVATE.split(" ")) host.addEventListener(name, (event) => event.stopPropagation());
  choice.onchange = () => {
    chosen = choice.control.selectedIndex;
    choose();
  };
  choose();
  for (const [name, text] of Object.entries(answers || {})) form[name].value = text;
  showPassage();
  root.append(dialog);
  document.body.append(host);
  dialog.showModal();
  show({ text: refusal || (own ? words.mine : ""), bad: refusal, done: refusal, own });
  // Only where the focus is: in Chromium selecting takes it, and a keyboard would come up on touch screens.
  root.activeElement.select?.();
  return dialog;
}
