/**
 * The file that comes with the first selection: from there to a dialog to the desk.
 * selection → selector → dialog → client, and the store when the desk cannot be reached.
 */
// Not in the order of the alphabet, but in one that brotli likes: 23 B.
import { findOwn, told } from "./own-reports.js";
import { rarely } from "./rarely.js";
import { announce } from "./events.js";
import { keep } from "./store.js";
import { loadWords } from "./words.js";
import { readFacts } from "./page-facts.js";
import { isWhole, pointsOf } from "./selection.js";
import { need, script } from "./shared.js";
import { bodiesOf, makeReport, sourceOf } from "./report.js";
import { toJson } from "./json.js";
import { showDialog } from "./dialog.js";
import { takePassage } from "./passage.js";
import { send } from "./client.js";

// What the files that come after this one take from it.
export { sentenceAround } from "./boundaries.js";
export { send } from "./client.js";
export { announce } from "./events.js";
export { keepReceipt, told } from "./own-reports.js";
export { readText } from "./page-text.js";
export { passageOf } from "./passage.js";
export { sourceOf } from "./report.js";
export { change, find, forget, read } from "./store.js";
export { css } from "./style.js";

const drafts = {};
let shownDialog;

/** Open the dialog for `range`, selected in `view`, or for a paragraph to choose. */
export async function report(view, range) {
  const { max = 1000, within } = script.dataset;
  const points = pointsOf(isWhole(range) ? range : (await need("choose")).composedRange(view));
  let found = points && takePassage(points, within);
  const words = await loadWords(script);
  found ||= (await need("choose")).choosePassage(await rarely() && words, view.document, within, +max);
  const { passages, outside, chosen = 0 } = found;
  if (!passages[0]) return;
  const { start, end } = passages[0].selector;
  const n = end - start;
  const isAlone = !passages[1];
  const context = contextOf(view, points);
  const key = keyOf(passages[chosen]);
  const own = isAlone && findOwn(context.source, key);
  const isLong = isAlone && n > max;
  const later = (own || outside || isLong) && await rarely();
  if (shownDialog?.open) return;
  shownDialog = showDialog({
    words, ...found, own,
    answers: drafts[key] || own?.answers,
    refusal: outside ? words.outside : isLong && later.say(words.long, words.lang, { max: +max, n }),
    deed: deedFor(context, passages, words, own),
    onClose(answers, chosen) {
      drafts[keyOf(passages[chosen])] = answers;
      restore(view, range);
    },
  });
  announce("open", {});
}

/** What tells one passage of a page from the others. */
const keyOf = ({ selector }) => selector.exact + selector.start;

/** Site, address and facts of the page that holds the selection; a frame without an address belongs to its page. */
function contextOf(view, points) {
  const doc = view.location.host ? view.document : document;
  return {
    site: script.dataset.site,
    source: sourceOf(doc.location.href),
    page: readFacts(doc, points ? points[0].node : doc.body, script.dataset),
  };
}

/**
 * The deed behind Send, and without answers behind Withdraw. The same text sent again is the same report; changed text is
 * a new one; and once the desk has one that may be changed, sending changes that one.
 */
function deedFor(context, passages, words, own) {
  let last;
  let sent;
  return async (answers, chosen) => {
    const passage = passages[chosen];
    const { selector } = passage;
    if (own) {
      const told = await need("later").then((later) => later.amend(own, answers && bodiesOf(answers, selector), answers))
        .catch(() => ({ text: words.lost, bad: true, own }));
      own = told.own;
      return told;
    }
    const text = chosen + toJson(answers);
    if (text !== last) sent = makeReport(context, selector, answers);
    last = text;
    const leave = () => keep(sent); // the page goes before the answer comes
    addEventListener("pagehide", leave);
    const result = await send("POST", "reports", sent);
    removeEventListener("pagehide", leave);
    const { code, refused, retryAt, answer = {} } = result;
    const { outcome, reply, receipt } = answer;
    const kept = !outcome && !refused && keep(sent, retryAt);
    if (outcome) own = told(sent, answer, keyOf(passage), answers);
    else announce(kept ? "queued" : "refused", { id: sent.id, code });
    const isUsual = /rec|with/.test(outcome); // received or withheld: all else needs other words
    const special = !isUsual && await need("later").then((later) => later.explain(sent.id, result, kept)).catch(() => {});
    return {
      text: special || (outcome ? words.sent : kept ? words.kept : words.lost),
      note: reply,
      link: /^https?:/.test(receipt) && receipt,
      bad: !outcome && !kept,
      done: outcome || kept,
      own,
    };
  };
}

/** Give the reader's selection back, unless there is another one by now. */
function restore(view, range) {
  try {
    const selection = view.getSelection();
    if (selection.isCollapsed) {
      selection.removeAllRanges();
      selection.addRange(range);
    }
  } catch {}
}

/** After the first selection: the words, and the button where there are fingers. */
export async function attend() {
  const words = await loadWords(script);
  if (script.dataset.touch !== "off" && matchMedia("(any-pointer:coarse)").matches) {
    (await need("touch")).offerButton(words, (range) => report(window, range));
  }
}
