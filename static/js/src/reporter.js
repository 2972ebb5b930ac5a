/**
 * The file that comes with the first selection: from there to a dialog to the desk.
 * selection → selector → dialog → client, and the store when the desk cannot be reached.
 */
import { send } from "./client.js";
import { desk } from "./desk.js";
import { showDialog } from "./dialog.js";
import { announce } from "./events.js";
import { answerFor } from "./messages.js";
import { findOwn, told } from "./own-reports.js";
import { readFacts } from "./page-facts.js";
import { takePassage } from "./passage.js";
import { bodiesOf, makeReport, sourceOf } from "./report.js";
import { pointsOf, takeSelection } from "./selection.js";
import { need, script } from "./shared.js";
import { keep } from "./store.js";
import { loadWords, say } from "./words.js";

// What the files that come after this one take from it.
export { snapToGrapheme, sentenceAround } from "./boundaries.js";
export { POLITE, send } from "./client.js";
export { countCodePoints } from "./code-points.js";
export { desk } from "./desk.js";
export { keepReceipt, told } from "./own-reports.js";
export { langOf } from "./page-facts.js";
export { readText } from "./page-text.js";
export { passageOf } from "./passage.js";
export { sourceOf } from "./report.js";
export { tighten } from "./selector.js";
export { change, DAY_MS, find, read, sift } from "./store.js";
export { css } from "./style.js";

const drafts = {};
let shownDialog;

/** Open the dialog for the selection of `view`, or for `range` when it is gone by now, or for a paragraph to choose. */
export async function report(view, range) {
  if (shownDialog?.open) return;
  const { max = 1000, within } = script.dataset;
  const points = takeSelection(view) || pointsOf(range);
  let found = points && takePassage(points, within);
  const words = await loadWords(script);
  found ||= (await need("choose")).choosePassage(words, view.document, within, +max);
  const { passages, outside, chosen = 0 } = found;
  if (shownDialog?.open || !passages[0]) return;
  const { start, end } = passages[0].selector;
  const size = end - start;
  const context = contextOf(view, points);
  const key = keyOf(passages[chosen]);
  const own = !passages[1] && findOwn(context.source, key);
  shownDialog = showDialog({
    words, ...found, own,
    answers: drafts[key] || own?.answers,
    refusal: outside ? words.outside : size > max && !passages[1] ? say(words.long, words.lang, { max: +max, n: size }) : "",
    deed: deedFor(context, passages, words, own),
    onClose(answers, chosen) {
      drafts[keyOf(passages[chosen])] = answers;
      if (range) restore(view, range);
    },
  });
  announce("open");
}

/** What tells one passage of a page from the others. */
const keyOf = ({ selector }) => selector.exact + selector.start;

/** Site, address and facts of the page that holds the selection; a frame without an address belongs to its page. */
function contextOf(view, points) {
  const doc = /^http/.test(view.location.protocol) ? view.document : document;
  return {
    site: script.dataset.site,
    source: sourceOf(doc.location.href),
    page: readFacts(doc, points?.[0].node || doc.body, script.dataset),
  };
}

/**
 * The deed behind Send, and without answers behind Withdraw. The same text sent again is the same report; changed text is
 * a new one; and once the desk has one that may be changed, sending changes that one.
 */
function deedFor(context, passages, words, own) {
  let last;
  let current;
  return async (answers, chosen) => {
    const { selector } = passages[chosen];
    if (own) {
      const result = await need("later").then((later) => later.amend(own, answers && bodiesOf(answers, selector), answers), () => ({}));
      const told = answerFor(result, words, false, answers ? words.changed : words.withdrawn);
      if (told.done && (told.bad || !answers)) own = null;
      return { ...told, own };
    }
    const text = JSON.stringify([chosen, answers]);
    if (text !== last) current = makeReport(context, selector, answers);
    last = text;
    const sent = current;
    const leave = () => keep(sent); // the page goes before the answer comes
    addEventListener("pagehide", leave);
    const result = await send(desk, "POST", "reports", sent);
    removeEventListener("pagehide", leave);
    const { state, code, retryAt } = result;
    const kept = state === "later" && keep(sent, retryAt);
    if (state !== "later") own = told(sent, result, keyOf(passages[chosen]), answers);
    else announce(kept ? "queued" : "refused", { id: sent.id, code });
    if (kept) need("later").then(({ resume }) => resume(), () => {});
    return { ...answerFor(result, words, kept), own };
  };
}

/** Give the reader's selection back, unless there is another one by now. */
function restore(view, range) {
  try {
    const selection = view.getSelection();
    if (selection.isCollapsed) selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  } catch {}
}

/** After the first selection: the words, and the button where there are fingers. */
export async function attend() {
  const words = await loadWords(script);
  if (script.dataset.touch !== "off" && matchMedia("(any-pointer:coarse)").matches) {
    (await need("touch")).offerButton(words, (range) => report(window, range));
  }
}
