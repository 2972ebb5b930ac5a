/** For random pages and random ranges: the selector, found again in the same page, gives the same range. */
import { bundleFor } from "./bundle.mjs";
import { assert } from "./stage.mjs";

const PAGES = 510;
const RANGES = 20;

const CODE = `
  export { readText, rangeOf } from "./page-text.js";
  export { describe, tighten } from "./selector.js";
  export { rangeHere } from "./place-here.js";
  export { findPlace } from "./place-find.js";
`;

/** Runs in the page: gives the counter-examples found. */
function check([seed, pages, ranges]) {
  const { readText, rangeOf, describe, tighten, rangeHere, findPlace } = window.under;
  let state = seed;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(chance() * n);
  const pick = (list) => list[below(list.length)];
  const WORDS = ["the", "sea", " ", "  ", "\n  ", " gull.", "Über", "не", "海は青い。", "שלום", "😀", "e\u0301", "👨‍👩‍👧", "a\u00adb", "\u00a0", "12", "?!", "नि"];
  const TAGS = ["p", "div", "b", "i", "span", "a", "sup", "ul", "li", "pre", "table", "details", "section", "br", "u", "textarea", "script", "h2", "button"];
  const STYLES = ["", "", "", "", "", "display:none", "visibility:hidden", "visibility:visible", "white-space:pre-wrap", "display:inline-block", "display:block", "float:left", "display:flex", "display:contents", "text-transform:uppercase", "position:absolute", "user-select:none"];

  function grow(parent, depth) {
    for (let n = below(5) + 1; n--;) {
      if (!depth || chance() < 0.45) {
        let text = "";
        for (let k = below(6); k--;) text += pick(WORDS);
        parent.append(document.createTextNode(text));
      } else if (chance() < 0.03) parent.append(document.createComment("note"));
      else {
        const element = document.createElement(pick(TAGS));
        element.style.cssText = pick(STYLES);
        if (element.localName === "script") element.type = "text/plain";
        if (element.localName === "details") element.open = chance() < 0.5;
        if (chance() < 0.06 && /^(div|span|p|section)$/.test(element.localName)) {
          const root = element.attachShadow({ mode: "open" });
          grow(root, depth - 1);
          if (chance() < 0.6) root.insertBefore(document.createElement("slot"), root.childNodes[below(root.childNodes.length)] ?? null);
        }
        if (element.localName !== "br") grow(element, depth - 1);
        parent.append(element);
      }
    }
  }

  /** Letters seen between two points of the light tree, found without our walker. */
  function seenLetters(range) {
    let letters = "";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!range.intersectsNode(node) || !isShown(parent)) continue;
      if (parent.closest("textarea") || hiddenByDetails(parent) || inUnslotted(parent)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      letters += node.data.slice(from, to);
    }
    return letters.replace(/\s+/g, "");
  }

  /** An element without a box of its own (display: contents) is shown where its parent is. */
  function isShown(element) {
    let box = element;
    while (getComputedStyle(box).display === "contents") box = box.parentElement;
    return box.checkVisibility() && getComputedStyle(element).visibility === "visible";
  }

  function hiddenByDetails(element) {
    for (let at = element; at; at = at.parentElement) {
      const details = at.parentElement;
      if (details?.localName === "details" && !details.open && at !== details.querySelector(":scope > summary")) return true;
    }
    return element.localName === "details" && !element.open;
  }

  function inUnslotted(element) {
    for (let at = element; at; at = at.parentElement) if (at.shadowRoot) return true;
    return false;
  }

  function allNodes(root, list = []) {
    for (const node of root.childNodes) {
      list.push(node);
      if (node.shadowRoot) allNodes(node.shadowRoot, list);
      allNodes(node, list);
    }
    return list;
  }

  /** The range that is marked without the search, or undefined. */
  function certainRange(place) {
    try {
      return rangeHere(place);
    } catch {
      return undefined;
    }
  }

  const startsWord = (text, at) => /[\p{L}\p{N}\p{M}]{2}/u.test(text.slice(Math.max(0, at - 2), at + 2));

  /** A piece of one text node, marked by the first file alone or not at all: the search must find the same. */
  function compareCertain({ text, runs }, p) {
    const [, , at, length] = pick(runs);
    const place = tighten(text, at + below(length), at + length);
    if (!place || startsWord(text, place[0]) || startsWord(text, place[1])) return;
    const { selector } = describe(text, place[0], place[1], "en");
    const { prefix, exact, suffix } = selector;
    if (prefix.length < 24 || suffix.length < 24 || /^[\p{M}\p{Cf}]|[\p{M}\p{Cf}]$/u.test(exact)) return; // the desk would not call it certain
    counts.tried++;
    const alone = certainRange({ certain: [prefix.slice(-64), exact, suffix.slice(0, 64)] });
    if (!alone) return;
    counts.certain++;
    const start = [...prefix].length;
    const target = { start, end: start + [...exact].length, right: null };
    const { state, ranges: [first, second] } = findPlace({ ...selector, target }, window);
    const isSame = state === "present" && !second && ["startContainer", "startOffset", "endContainer", "endOffset"].every((end) => first[end] === alone[end]);
    if (!isSame) bad.push(["marked elsewhere than the search finds", p, selector, state, String(first), String(alone)]);
  }

  const bad = [];
  const counts = { ranges: 0, found: 0, compared: 0, split: 0, tried: 0, certain: 0 };
  for (let p = 0; p < pages; p++) {
    document.body.replaceChildren();
    grow(document.body, 4);
    const hasShadow = allNodes(document.body).some((node) => node.shadowRoot);
    const whole = readText(document.documentElement);
    const nodes = allNodes(document.body).filter((node) => node.nodeType === 3 || node.nodeType === 1);
    for (let r = 0; r < ranges && whole.runs.length; r++) compareCertain(whole, p);
    for (let r = 0; r < ranges && nodes.length; r++) {
      const points = [0, 1].map(() => {
        const node = pick(nodes);
        return { node, offset: below((node.nodeType === 3 ? node.length : node.childNodes.length) + 1) };
      });
      counts.ranges++;
      let { text, at } = readText(document.documentElement, points);
      if (text !== whole.text) bad.push(["text differs with points", p]);
      if (at[0] > at[1]) {
        points.reverse();
        at = [at[1], at[0]];
      }
      const short = readText(document.documentElement, points, 400);
      if (!whole.text.startsWith(short.text.trimEnd()) || String(short.at) !== String(at)) bad.push(["a short walk differs", p, r]);
      const place = at[0] < at[1] && tighten(text, at[0], at[1]);
      if (!place) continue;
      counts.found++;
      const { selector } = describe(text, place[0], place[1]);
      const letters = [...text];
      if (letters.slice(selector.start, selector.end).join("") !== selector.exact) bad.push(["positions", p, r, selector]);
      if (!text.slice(0, place[0]).endsWith(selector.prefix) || !text.slice(place[1]).startsWith(selector.suffix)) bad.push(["context", p, r, selector]);
      if ([...selector.prefix].length > 200 || [...selector.suffix].length > 200) bad.push(["context too long", p, r]);
      const again = rangeOf(whole, place[0], place[1]);
      if (!again) { // one end in a shadow, one outside: no DOM range can say so
        counts.split++;
        if (!hasShadow) bad.push(["no range", p, r, selector]);
        continue;
      }
      const back = readText(document.documentElement, [
        { node: again.startContainer, offset: again.startOffset }, { node: again.endContainer, offset: again.endOffset },
      ]);
      if (back.at[0] !== place[0] || back.at[1] !== place[1]) bad.push(["range", p, r, selector.exact, place, back.at]);
      if (!hasShadow) {
        const range = document.createRange();
        range.setStart(points[0].node, points[0].offset);
        range.setEnd(points[1].node, points[1].offset);
        const seen = seenLetters(range);
        const exact = selector.exact.replace(/\s+/g, "");
        counts.compared++;
        // A range that cuts a letter is widened to the whole letter, so it may hold a little more.
        if (exact !== seen && !(exact.includes(seen) && exact.length - seen.length < 20)) bad.push(["letters", p, r, exact, seen, document.body.innerHTML.slice(0, 600)]);
      }
    }
  }
  return { bad: bad.slice(0, 3), badCount: bad.length, counts };
}

export default {
  async "10,000 random ranges in random pages are found again"({ open }) {
    const page = await open("", { csp: false, attributes: `data-hint="off"` });
    await page.evaluate(await bundleFor(CODE));
    const { bad, badCount, counts } = await page.evaluate(check, [20261123, PAGES, RANGES]);
    assert.equal(badCount, 0, JSON.stringify(bad));
    assert.ok(counts.ranges >= 10_000, JSON.stringify(counts));
    assert.ok(counts.found > 3000 && counts.compared > 1500 && counts.certain > 100, JSON.stringify(counts));
  },
};
