/** From places in the DOM to passages that can be shown and sent. */
import { langOf } from "./page-facts.js";
import { readText } from "./page-text.js";
import { describe, tighten } from "./selector.js";

/** Text wanted after the selection: a sentence and 200 code points of suffix. */
const BEYOND = 1000;

/** The passage between two boundary points: {passages: [one], outside}; nothing when only white space. */
export function takePassage(points, within) {
  const [{ node }, { node: last }] = points;
  const doc = node.ownerDocument || node;
  const { text, at } = readText(doc.documentElement, points, BEYOND);
  const passage = passageOf(text, at[0], at[1], node);
  const area = within && doc.querySelector(within);
  return passage && { passages: [passage], outside: area && !area.contains(node) && !area.contains(last) };
}

/**
 * The passage text[start, end), in the language of `node`: {selector, before, after, lang}; `before` and `after` complete its
 * sentence for the reader. Nothing when there is only white space.
 */
export function passageOf(text, start, end, node) {
  const place = start < end && tighten(text, start, end);
  return place && { ...describe(text, ...place), lang: langOf(node) };
}
