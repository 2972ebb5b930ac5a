/** The dialog: a native one, in our own shadow root, made of native elements. It shows and asks; it sends nothing. */
import { changeOf } from "./change.js";
import { countCodePoints } from "./code-points.js";
import { make, shadowIn } from "./elements.js";
import { isGesture } from "./gesture.js";
import { shown } from "./report.js";
import { script } from "./shared.js";
import { isTouchOnly, shortcutName } from "./shortcut.js";
import { css } from "./style.js";
import { say } from "./words.js";

/** Events that would otherwise run into the page's own shortcuts, focus traps and copy handlers. */
const PRIVATE = "keydown keyup keypress beforeinput input focusin focusout click mousedown mouseup pointerdown copy cut paste";

/**
 * Show the dialog. `passages` is a list of {selector, before, after, lang}: one for a selection, several to choose from
 * with the control in the label `choice`. `answers` prefills, `refusal` forbids sending with a reason, `own` means that there is a
 * report to change. `deed(answers, chosen)` sends, and withdraws without answers: a promise of {text, note, link, done,
 * bad, own}. `onClose(answers, chosen)` hears the end.
 */
export function showDialog({ words, passages, chosen = 0, choice = make("label"), answers, refusal, own, deed, onClose }) {
  const { lang } = words;
  const host = make("typo-reports");
  const root = shadowIn(host, css, script.dataset.theme);
  const title = make("h2", { part: "title", id: "t", tabindex: -1 }, words.title);
  const intro = make("p", { part: "intro", id: "i" }, words.intro);
  const passage = make("blockquote", { part: "passage", dir: "auto" });
  const message = make("p", { part: "message", role: "status" });
  const suggestion = make("textarea", { part: "field", maxlength: 1000, rows: 1, dir: "auto", spellcheck: true });
  const comment = make("textarea", { part: "field", maxlength: 2000, rows: 2, dir: "auto" });
  const replyTo = make("input", { part: "field", maxlength: 254, type: "email", autocomplete: "email", placeholder: words.email });
  const mail = labelled(words.mail, replyTo);
  const fields = make("div", {}, ...labelled(words.correct, suggestion), ...labelled(words.comment, comment), ...mail);
  const keys = make("kbd", {}, shortcutName(words));
  const withdraw = button("withdraw", words.withdraw, () => act());
  const change = button("change", words.change, () => show({ text: words.mine, own }));
  const cancel = button("cancel", words.cancel, end);
  const send = make("button", { part: "button send" }, words.send);
  const form = make("form", { method: "dialog" }, title, choice, intro, passage, fields, message,
    make("div", { class: "actions" }, keys, withdraw, change, cancel, send));
  const dialog = make("dialog", { part: "dialog", lang, dir: words.dir, "aria-labelledby": "t", "aria-describedby": "i" }, form);
  let busy;
  let done;
  let isOver;

  function button(part, text, deed) {
    const element = make("button", { part: "button " + part, type: "button" }, text);
    element.onclick = deed;
    return element;
  }

  /** A control with its name, and how many characters remain once that matters. */
  function labelled(name, control) {
    const id = "n" + control.maxLength;
    const left = make("p", { class: "left", id });
    control.setAttribute("aria-describedby", id);
    control.oninput = () => {
      const n = control.maxLength - countCodePoints(control.value);
      left.textContent = n < control.maxLength / 5 ? say(words.left, lang, { n }) : "";
      showPassage();
    };
    return [make("label", { part: "label" }, name, control), left];
  }

  const collect = () => ({ suggestion: suggestion.value, comment: comment.value, replyTo: replyTo.value });

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
    busy = true;
    send.setAttribute("aria-disabled", true);
    tell({ text: words.sending });
    const result = await deed(answers, chosen);
    busy = false;
    send.removeAttribute("aria-disabled");
    show({ done, own, ...result });
  }

  function tell({ text, note, link, bad }) {
    message.className = bad ? "bad" : "";
    message.replaceChildren(text);
    if (note) message.append(make("blockquote", { dir: "auto" }, note));
    if (link) message.append(make("a", { href: link, target: "_blank", rel: "noopener noreferrer", part: "link" }, words.receipt));
  }

  /** What stands there now: the fields to fill, or what became of them. */
  function show(result) {
    tell(result);
    ({ done, own } = result);
    for (const part of [intro, fields, keys, send, choice]) part.hidden = done;
    for (const part of mail) part.hidden = !!own;
    withdraw.hidden = !own;
    choice.hidden ||= !!own;
    change.hidden = !own || !done;
    cancel.textContent = done ? words.close : words.cancel;
    if (done) cancel.focus();
    else if (isTouchOnly()) title.focus();
    else (choice.control || suggestion).focus();
  }

  /** Close at once: until the next frame the browser would still send keys to the hidden button. */
  function end() {
    dialog.close();
    root.activeElement?.blur();
    leave();
  }

  /** The browser says "close" only in its next task: the draft must be kept before another dialog can open. */
  function leave() {
    if (isOver) return;
    isOver = true;
    host.remove();
    onClose(done ? null : collect(), chosen);
  }

  for (const name of PRIVATE.split(" ")) host.addEventListener(name, (event) => event.stopPropagation());
  dialog.onkeydown = (event) => {
    if (isGesture(event)) done ? end() : form.requestSubmit(send);
  };
  dialog.onclose = leave;
  form.onsubmit = (event) => {
    event.preventDefault();
    act(collect());
  };
  choice.onchange = () => {
    chosen = choice.control.selectedIndex;
    choose();
  };
  choose();
  if (answers) {
    [suggestion.value, comment.value, replyTo.value] = [answers.suggestion, answers.comment, answers.replyTo];
    showPassage();
  }
  root.append(dialog);
  document.body.append(host);
  dialog.showModal();
  show({ text: refusal || (own ? words.mine : ""), bad: refusal, done: !!refusal, own });
  if (!choice.control) suggestion.select();
  return dialog;
}
