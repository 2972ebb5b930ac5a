/**
 * The file that comes with the first gesture: from a selection to a dialog to the desk.
 * selection → selector → dialog → client, and the outbox when the desk cannot be reached.
 */
import { send } from "./client.js";
import { showDialog } from "./dialog.js";
import { announce } from "./events.js";
import { answerFor } from "./messages.js";
import { makeOutbox } from "./outbox.js";
import { readFacts } from "./page-facts.js";
import { showNotice } from "./notice.js";
import { choosePassage, takePassage } from "./passage.js";
import { askReceipts, keepReceipt } from "./receipts.js";
import { makeReport, sourceOf } from "./report.js";
import { pointsOf, takeSelection } from "./selection.js";
import { makeStore } from "./store.js";
import { offerButton } from "./touch-button.js";
import { takeTurn } from "./turn.js";
import { loadWords, say } from "./words.js";
import english from "./words/en.json";

const drafts = {};
let parts; // what all reports of this page share
let shownDialog;

/** Put the parts together once per page. */
function partsFor(script) {
  if (parts) return parts;
  const desk = new URL("../../", script.src).href;
  const store = makeStore(ownStorage());
  const post = (report) => send(desk, report);
  const told = (report, result) => {
    if (result.state === "refused") return announce("refused", { id: report.id, code: result.code });
    keepReceipt(store, report, result.answer);
    announce("sent", { id: report.id, outcome: result.answer.outcome });
  };
  const outbox = makeOutbox({ store, send: post, told, takeTurn });
  parts = { desk, store, post, told, outbox, words: loadWords(script, english) };
  addEventListener("online", () => outbox.flush(true));
  addEventListener("pageshow", (event) => event.persisted && outbox.flush());
  return parts;
}

/** localStorage, or nothing where the browser forbids even to look at it. */
function ownStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Open the dialog for the selection of `view`, or for `range` when it is gone by now, or for a paragraph to choose. */
export async function report(script, view, range) {
  if (shownDialog?.open) return;
  const { words: loading } = partsFor(script);
  const points = takeSelection(view) || pointsOf(range);
  const { max = 1000, within, theme } = script.dataset;
  let found = points && takePassage(points, within);
  if (!found?.passages.length) found = choosePassage(view.document, within, +max);
  const words = await loading;
  if (shownDialog?.open || !found.passages.length) return;
  const context = contextOf(script, view, points);
  const key = found.passages[0].selector.exact + found.passages[0].selector.start;
  shownDialog = showDialog({
    words, theme, ...found,
    answers: drafts[key],
    refusal: refusalOf(found, words, +max),
    onSend: sender(context, found.passages, words),
    onClose(answers) {
      drafts[key] = answers;
      if (range) restore(view, range);
    },
  });
  announce("open");
}

/** Site, address and facts of the page that holds the selection; a frame without an address belongs to its page. */
function contextOf(script, view, points) {
  const ownAddress = /^http/.test(view.location.protocol);
  const doc = ownAddress ? view.document : document;
  const node = points?.[0].node || doc.body;
  return {
    site: script.dataset.site,
    source: sourceOf(doc.location.href),
    page: readFacts(doc, node, script.dataset),
  };
}

function refusalOf({ passages, outside, size }, words, max) {
  if (outside) return words.outside;
  return passages.length === 1 && size > max ? say(words.long, words.lang, { max, n: size }) : "";
}

/** The deed behind Send. The same text sent again is the same report; changed text is a new one. */
function sender(context, passages, words) {
  const { post, outbox, told } = parts;
  let last = "";
  let current;
  return async (answers, chosen) => {
    const text = chosen + "\n" + answers.suggestion + "\n" + answers.comment + "\n" + answers.replyTo;
    if (text !== last) current = makeReport({ ...context, selector: passages[chosen].selector }, answers);
    last = text;
    const sent = current;
    const leave = () => outbox.keep(sent); // the page goes before the answer comes
    addEventListener("pagehide", leave);
    const result = await post(sent);
    removeEventListener("pagehide", leave);
    const kept = result.state === "later" && outbox.keep(sent, result.retryAt);
    if (kept) announce("queued", { id: sent.id, code: result.code });
    else if (result.state === "later") announce("refused", { id: sent.id, code: result.code });
    else {
      outbox.forget(sent.id);
      told(sent, result);
    }
    return answerFor(result, kept, words);
  };
}

/** Give the reader's selection back, unless there is another one by now. */
function restore(view, range) {
  try {
    const selection = view.getSelection();
    if (!selection.isCollapsed) return;
    selection.removeAllRanges();
    selection.addRange(range);
  } catch {}
}

/** On touch screens: a button while something is selected. */
export async function attend(script) {
  const { words } = partsFor(script);
  offerButton(script, await words, (range) => report(script, window, range));
}

/** At the next page view: send what was kept, and ask once what became of the reader's reports of this page. */
export async function resume(script) {
  const { outbox, store, desk, words } = partsFor(script);
  if (document.prerendering) await new Promise((go) => document.addEventListener("prerenderingchange", go, { once: true }));
  outbox.flush();
  if (await askReceipts(store, desk, sourceOf(location.href))) {
    showNotice((await words).thanks, await words, script.dataset.theme);
  }
}
