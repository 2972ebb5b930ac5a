/** The dialog: a native one, in our own shadow root, made of native elements. It shows and asks; it sends nothing. */
import { changeOf } from "./change.js";
import { countCodePoints } from "./code-points.js";
import css from "./dialog.css";
import { make, shadowIn } from "./elements.js";
import { isGesture } from "./gesture.js";
import { shown } from "./report.js";
import { isTouchOnly, shortcutName } from "./shortcut.js";
import { say } from "./words.js";

const MOST = { suggestion: 1000, comment: 2000 };
/** Events that would otherwise run into the page's own shortcuts, focus traps and copy handlers. */
const PRIVATE = "keydown keyup keypress beforeinput input focusin focusout click mousedown mouseup pointerdown copy cut paste";

/**
 * Show the dialog. `passages` is a list of {before, exact, after, lang}: one for a selection, several to choose from.
 * `answers` prefills, `refusal` forbids sending with a reason. `onSend(answers, chosen)` gives a promise of
 * {text, note, link, done}; `onClose(answers)` hears the end.
 */
export function showDialog({ words, theme, passages, chosen = 0, answers, refusal, onSend, onClose }) {
  const speak = (entry, values) => say(entry, words.lang, values);
  const host = make("typo-reports");
  const root = shadowIn(host, css, theme);
  const passage = make("blockquote", { class: "passage", part: "passage", dir: "auto" });
  const message = make("p", { class: "message", part: "message", role: "status" });
  const title = make("h2", { id: "title", part: "title", tabindex: -1 }, words.title);
  const send = make("button", { class: "main", part: "button send" }, words.send);
  const cancel = make("button", { part: "button cancel", type: "button" }, words.cancel);
  const suggestion = make("textarea", { ...field("suggestion"), rows: 1, spellcheck: "true", dir: "auto" });
  const comment = make("textarea", { ...field("comment"), rows: 2, dir: "auto" });
  const replyTo = make("input", { ...field("replyTo"), type: "email", autocomplete: "email", maxlength: 254, placeholder: words.email });
  const fields = make("div", { class: "fields" },
    labelled(words.correct, suggestion), left(suggestion),
    labelled(words.comment, comment), left(comment),
    labelled(words.mail, replyTo));
  const choice = passages.length > 1 && make("select", { part: "field" });
  const form = make("form", { method: "dialog" }, title,
    ...(choice ? [labelled(words.where, choice)] : []),
    make("p", { class: "intro small", part: "intro", id: "intro" }, words.intro),
    passage, ...(refusal ? [] : [fields]), message,
    make("div", { class: "actions" }, ...(refusal ? [] : [make("kbd", {}, shortcutName(words))]), cancel, ...(refusal ? [] : [send])));
  const dialog = make("dialog", {
    part: "dialog", role: "dialog", lang: words.lang, dir: words.dir || "ltr",
    "aria-labelledby": "title", "aria-describedby": "intro",
  }, form);
  let busy = false;
  let done = false;
  let isOver = false;

  function field(name) {
    return { name, part: "field", maxlength: MOST[name] };
  }

  function labelled(name, control) {
    return make("label", { part: "label" }, name, control);
  }

  /** How many characters remain, said once it matters. */
  function left(control) {
    const most = MOST[control.name];
    const note = make("p", { class: "left small", id: "left-" + control.name });
    control.setAttribute("aria-describedby", note.id);
    control.addEventListener("input", () => {
      const n = most - countCodePoints(control.value);
      note.textContent = n < most / 5 ? speak(words.left, { n }) : "";
    });
    return note;
  }

  const collect = () => ({ suggestion: suggestion.value, comment: comment.value, replyTo: replyTo.value });

  function showPassage() {
    const { before, exact, after, lang } = passages[chosen];
    const { head, removed, added, tail } = changeOf(shown(exact), suggestion.value.trim() || shown(exact));
    const marked = make("mark", { part: "mark" }, head);
    if (removed) marked.append(make("del", {}, removed), " ");
    if (added) marked.append(make("ins", {}, added));
    marked.append(tail);
    passage.replaceChildren(shown(before), marked, shown(after));
    if (lang) passage.lang = suggestion.lang = lang;
  }

  function choose(index) {
    chosen = index;
    suggestion.value = shown(passages[chosen].exact);
    showPassage();
  }

  async function submit(event) {
    event.preventDefault();
    if (busy || done || refusal) return;
    busy = true;
    send.setAttribute("aria-disabled", true);
    tell({ text: words.sending });
    const result = await onSend(collect(), chosen);
    busy = false;
    send.removeAttribute("aria-disabled");
    done = !!result.done;
    tell(result);
    if (done) finish();
  }

  function tell({ text, note, link, bad }) {
    message.classList.toggle("bad", !!bad);
    message.replaceChildren(text, ...(note ? [make("blockquote", { dir: "auto" }, note)] : []));
    if (link) {
      message.append(make("br"), make("a", { href: link, target: "_blank", rel: "noopener noreferrer", part: "link" }, words.receipt));
    }
  }

  function finish() {
    fields.remove();
    send.remove();
    root.querySelectorAll("kbd,label,.intro").forEach((element) => element.remove());
    dialog.removeAttribute("aria-describedby");
    cancel.textContent = words.close;
    cancel.focus();
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
    onClose(done ? null : collect());
  }

  for (const name of PRIVATE.split(" ")) host.addEventListener(name, (event) => event.stopPropagation());
  dialog.addEventListener("keydown", (event) => isGesture(event) && (done ? end() : form.requestSubmit(send)));
  form.addEventListener("submit", submit);
  suggestion.addEventListener("input", showPassage);
  cancel.addEventListener("click", end);
  dialog.addEventListener("close", leave);
  if (choice) {
    for (let i = 0; i < passages.length; i++) {
      choice.append(make("option", { value: i, selected: i === chosen }, passages[i].exact.slice(0, 90)));
    }
    choice.addEventListener("change", () => choose(choice.selectedIndex));
  }

  choose(chosen);
  if (answers) {
    [suggestion.value, comment.value, replyTo.value] = [answers.suggestion, answers.comment, answers.replyTo];
    showPassage();
  }
  root.append(dialog);
  document.body.append(host);
  dialog.showModal();
  if (refusal) tell({ text: refusal, bad: true });
  if (refusal || isTouchOnly()) title.focus();
  else if (choice) choice.focus();
  else {
    suggestion.focus();
    suggestion.select();
  }
  return dialog;
}
