/**
 * Reads pages in a real Chromium as the reporter reads them. Standard input holds {pages: [{url, spans}], seed, count}:
 * `spans` are [start, end] in the text of the page's own letters, or null for `count` runs of words by chance. Gives
 * one JSON line for each page: {url, text, selections: [{selector, truth}]}; each is selected in the window, taken by the
 * reporter's own way, and `truth` is where it stands in `text`, in code points.
 */
import { text as readAll } from "node:stream/consumers";
import { launchChromium } from "../tests/browser/reporter/browser.mjs";
import { bundleFor } from "../tests/browser/reporter/bundle.mjs";

const CODE = `
  export { readText, rangeOf } from "./page-text.js";
  export { takeSelection } from "./selection.js";
  export { describe, tighten } from "./selector.js";
  export { countCodePoints } from "./code-points.js";
`;

/** Runs in the page. */
function read({ spans, seed, count }) {
  const { readText, rangeOf, takeSelection, describe, tighten, countCodePoints } = window.under;
  const root = document.documentElement;
  const whole = readText(root);
  let state = seed;
  const below = (n) => ((state = (Math.imul(state, 48271) >>> 0) % 2147483647) % n);
  /** One to eight words, where there are words. */
  function byChance() {
    const words = [...whole.text.matchAll(/\S+/g)];
    return Array.from({ length: words.length ? count : 0 }, () => {
      const first = below(words.length);
      const last = words[Math.min(words.length - 1, first + below(8))];
      return [words[first].index, last.index + last[0].length];
    });
  }
  /** What a test page holds once in each of its text nodes is counted without our walker. */
  function inLetters([start, end]) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let before = 0; walker.nextNode();) {
      const signs = [...walker.currentNode.data];
      const units = (at) => signs.slice(0, at - before).join("").length;
      if (start >= before && start < before + signs.length) range.setStart(walker.currentNode, units(start));
      if (end > before && end <= before + signs.length) range.setEnd(walker.currentNode, units(end));
      before += signs.length;
    }
    return range;
  }
  const selections = [];
  for (const range of spans ? spans.map(inLetters) : byChance().map((span) => rangeOf(whole, ...span))) {
    if (!range || range.collapsed) {
      selections.push(null);
      continue;
    }
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const points = takeSelection(window);
    const page = points && readText(root, points);
    const place = page && tighten(page.text, ...page.at);
    if (!place) selections.push(null);
    else {
      const { selector } = describe(page.text, ...place, root.lang || "en");
      // Where the range begins, told without the selector.
      const at = readText(root, [{ node: range.startContainer, offset: range.startOffset }]).at[0];
      const start = countCodePoints(whole.text.slice(0, at));
      selections.push({ selector, truth: [start, start + countCodePoints(selector.exact)] });
    }
  }
  return { text: whole.text, selections };
}

const { pages, seed, count } = JSON.parse(await readAll(process.stdin));
const browser = await launchChromium();
const context = await browser.newContext({ offline: true });
const under = await bundleFor(CODE);
let page = await context.newPage();
for (const { url, spans } of pages) {
  try {
    await page.goto(url, { waitUntil: "load", timeout: 20_000 });
    await page.evaluate(under);
    const found = await page.evaluate(read, { spans, seed, count });
    process.stdout.write(JSON.stringify({ url, ...found }) + "\n");
  } catch (error) {
    process.stdout.write(JSON.stringify({ url, error: String(error).split("\n", 1)[0] }) + "\n");
    await page.close();
    page = await context.newPage();
  }
}
await browser.close();
