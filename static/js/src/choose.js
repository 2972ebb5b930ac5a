/**
 * The file that comes when the page is told of no plain selection: it looks into shadow roots, and offers the paragraphs of the
 * text to choose from.
 */
import { make } from "./elements.js";
import { readText } from "./page-text.js";
import { paragraphsOf } from "./paragraphs.js";
import { passageOf } from "./passage.js";

export { composedRange } from "./composed.js";

const MOST_CHOICES = 300;

/** The paragraphs of the article, the one that the reader is at chosen: {passages, chosen, choice}. */
export function choosePassage(words, doc, within, max) {
  const area = doc.querySelector(within || "article") || doc.body;
  const here = nodeInView(doc, area);
  const { text, at } = readText(doc.documentElement, [
    { node: area, offset: 0 }, { node: area, offset: area.childNodes.length }, { node: here, offset: 0 },
  ]);
  let chosen = 0;
  const passages = [];
  const select = make("select", { part: "field" });
  for (const [from, to] of paragraphsOf(text, at[0] ?? 0, at[1] ?? text.length, max)) {
    const passage = passages.length < MOST_CHOICES && passageOf(text, from, to, area);
    if (!passage) continue;
    if (from <= at[2]) chosen = passages.length;
    passages.push(passage);
    select.append(make("option", {}, passage.selector.exact.slice(0, 90)));
  }
  select.selectedIndex = chosen;
  return { passages, chosen, choice: passages[1] && make("label", { part: "label" }, words.where, select) };
}

/** Where the reader is: the caret or the focus within the text, else what stands in the middle of the screen. */
function nodeInView(doc, area) {
  const caret = doc.getSelection()?.anchorNode;
  if (caret && caret !== area && area.contains(caret)) return caret;
  const focus = doc.activeElement;
  if (area.contains(focus) && focus !== area && focus.localName !== "typo-reports-hint") return focus;
  const { innerWidth, innerHeight } = doc.defaultView;
  const middle = doc.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return area.contains(middle) ? middle : area;
}
