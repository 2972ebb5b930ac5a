/** From places in the DOM to passages that can be shown and sent. */
import { langOf } from "./page-facts.js";
import { readText } from "./page-text.js";
import { describe, tighten } from "./selector.js";

/** Text wanted after the selection: a sentence and 200 code points of suffix. */
const BEYOND = 1000;

/** The passage between two boundary points: {passages: [one], outside}; undefined when only white space. */
export function takePassage(points, within) {
  const [{ node }, { node: last }] = points;
  const doc = node.ownerDocument || node;
  const { text, at } = readText(doc.documentElement, points, BEYOND);
  const place = at[0] < at[1] && tighten(text, at[0], at[1]);
  if (!place) return undefined;
  const area = within && doc.querySelector(within);
  return { passages: [passageOf(text, place, langOf(node))], outside: area && !area.contains(node) && !area.contains(last) };
}

/** {selector, before, after, lang}: `before` and `after` complete its sentence for the reader. */
export function passageOf(text, [start, end], lang) {
  return { ...describe(text, start, end, lang), lang };
}
