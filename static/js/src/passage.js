/** From places in the DOM to passages that can be shown and sent. */
import { countCodePoints } from "./code-points.js";
import { langOf } from "./page-facts.js";
import { readText } from "./page-text.js";
import { paragraphsOf } from "./paragraphs.js";
import { describe, tighten } from "./selector.js";

/** Text wanted after the selection: a sentence and 200 code points of suffix. */
const BEYOND = 1000;
const MOST_CHOICES = 300;

/** The passage between two boundary points: {passages: [one], size, outside}; no passage when only white space. */
export function takePassage(points, within) {
  const doc = points[0].node.ownerDocument || points[0].node;
  const { text, at } = readText(doc.documentElement, points, BEYOND);
  const place = at[0] < at[1] && tighten(text, at[0], at[1]);
  if (!place) return { passages: [] };
  const passage = passageOf(text, place, langOf(points[0].node) || doc.documentElement.lang);
  const area = within && doc.querySelector(within);
  return {
    passages: [passage],
    size: countCodePoints(passage.exact),
    outside: !!area && !(area.contains(points[0].node) || area.contains(points[1].node)),
  };
}

/** The paragraphs of the article, the one that the reader is at chosen: {passages, chosen}. */
export function choosePassage(doc, within, max) {
  const area = doc.querySelector(within || "article") || doc.body;
  const here = nodeInView(doc, area);
  const { text, at } = readText(doc.documentElement, [
    { node: area, offset: 0 }, { node: area, offset: area.childNodes.length }, { node: here, offset: 0 },
  ]);
  const places = paragraphsOf(text, at[0] ?? 0, at[1] ?? text.length, max);
  let chosen = 0;
  const passages = [];
  for (let i = 0; i < places.length && passages.length < MOST_CHOICES; i++) {
    const place = tighten(text, places[i][0], places[i][1]);
    if (!place) continue;
    if (place[0] <= at[2]) chosen = passages.length;
    passages.push(passageOf(text, place, langOf(area) || doc.documentElement.lang));
  }
  return { passages, chosen };
}

function passageOf(text, [start, end], lang) {
  const { selector, before, after } = describe(text, start, end, lang);
  return { selector, before, after, exact: selector.exact, lang };
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
