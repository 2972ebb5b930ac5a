/**
 * The passage where nobody edited it: marked without the whole search, and only where that would surely say the same.
 * `certain` is the part of the report's surroundings that decides alone, if it stands on the page exactly once.
 */

/** Elements whose children are never shown as text of the page; see page-text.js. */
const REPLACED = /^(noscript|textarea|select|iframe|object|audio|video|canvas|progress|meter|title|desc|defs|symbol|typo-reports(-hint)?)$/i;

/** The texts that an element shows, as page-text.js reads them but for their white space; `tell(node)` hears of each. */
function walk(element, tell) {
  const style = getComputedStyle(element);
  const { display } = style;
  if (display === "none" || REPLACED.test(element.localName) || (display !== "inline" && style.contentVisibility === "hidden")) return;
  if (element.shadowRoot || element.localName === "slot") throw 0; // another order than the one that is written
  let closed = element.localName === "details" && !element.open;
  for (const child of element.childNodes) {
    if (child.nodeType === 3 && !closed && style.visibility === "visible") tell(child);
    if (child.nodeType === 1 && (!closed || child.localName === "summary")) {
      walk(child, tell);
      if (closed) return;
    }
  }
}

/** Letters alone, whatever their case, accents and width: coarser than the fold that finds, so once here is once there. */
export const lettersOf = (text) => text.normalize("NFKD").replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/gu, "").toLowerCase().toUpperCase();

const flat = (text) => text.replace(/[^\S\ufeff]/g, " ");

const pattern = (text) => text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&").replace(/\s+/g, "\\s*");

/** [start, end] of the piece in `text`, when its surroundings stand there once, and it letter for letter; or undefined. */
export function onlyPlace([before, wrong, after], text) {
  const found = new RegExp(`(${pattern(before.trimStart())})${pattern(wrong + after)}`).exec(text);
  const letters = lettersOf(text);
  const part = lettersOf(before + wrong + after);
  if (!found || letters.indexOf(part, letters.indexOf(part) + 1) >= 0) return;
  const start = found.index + found[1].length;
  const end = start + wrong.length;
  if (flat(text.slice(start - 1, end + 1)) === flat(before.slice(-1) + wrong + after[0])) return [start, end];
}

/** The range of the piece in the page's own document; undefined, or an error, where only the search can tell. */
export function rangeHere({ certain }) {
  const nodes = [];
  let text = "";
  walk(document.documentElement, (node) => {
    nodes.push([node, text.length]);
    text += node.data;
  });
  const place = onlyPlace(certain, text);
  for (const [node, at] of place ? nodes : []) {
    if (at <= place[0] && place[1] <= at + node.length) {
      const range = document.createRange();
      range.setStart(node, place[0] - at);
      range.setEnd(node, place[1] - at);
      return range;
    }
  }
}
