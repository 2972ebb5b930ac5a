/**
 * The text that a page shows, with the way back to its nodes.
 *
 * Neither Selection.toString() (follows text-transform) nor Range.toString() (takes hidden text, glues blocks) says
 * what stands on the page. The rules here: nodes in the order of the flat tree, letters raw, white space collapsed
 * where CSS collapses it, one line feed at the edges of blocks and cells and for <br>, none doubled, none at the ends.
 */

/** Elements whose children are never shown as text of the page (noscript has no display where scripts run). */
const REPLACED = /^(textarea|select|iframe|object|audio|video|canvas|progress|meter|title|desc|defs|symbol|typo-reports(-hint)?)$/;
const IN_LINE = /^(inline|ruby|contents|math|none)/;
/** A first letter or a note that floats is still a part of its sentence. */
const PHRASE = /^(a|abbr|b|em|font|i|mark|small|span|strong|sub|sup)$/;
/** White space that is shown otherwise than it is written; a single space between letters is not. */
const COLLAPSING = /[ \t\n\r\f]{2,}|[\t\n\r\f]|^ | $/g;

/**
 * Read `root`. `points` are DOM boundary points [{node, offset}]; `beyond` is how much text after the last of them
 * is wanted; `opened` also reads closed details and what is hidden until found. Gives {text, at, runs}: `at[i]` is the
 * offset of points[i] in `text` (UTF-16 units; undefined when the point lies nowhere in the shown tree), `runs` the map
 * back: [node, offset in node, offset in text, length].
 */
export function readText(root, points = [], beyond = Infinity, opened = false) {
  const view = root.ownerDocument.defaultView;
  const runs = [];
  const at = [];
  let text = "";
  let lineEnds = false; // a line ends before the next letter
  let space = null; // a space is due before the next letter: [node, offset]
  let edge = true; // nothing stands before on this line: a space would not be shown
  let open = points.length;
  let end = Infinity;

  /**
   * Here are the points of `node` up to the offset `last`, or without `last` all within it; those after the offset `from`
   * so far on.
   */
  function reach(node, last, from) {
    for (let i = 0; i < points.length; i++) {
      const { node: own, offset } = points[i];
      if (!(i in at) && (last === undefined ? node.contains(own) : node === own && offset <= last)) {
        at[i] = text.length + (offset > from ? offset - from : 0);
        if (!--open) end = text.length + beyond;
      }
    }
  }

  function add(node, offset, letters) {
    if (!letters) return;
    const due = space;
    space = null;
    if (lineEnds) text += edge ? "" : "\n";
    else if (due) add(...due, " ");
    lineEnds = false;
    reach(node, offset + letters.length, offset);
    runs.push([node, offset, text.length, letters.length]);
    text += letters;
    edge = letters.endsWith("\n");
  }

  function readNode(node, style) {
    const { data } = node;
    let from = 0;
    let keepsSpaces; // asked for as seldom as possible: styles are where the time goes
    COLLAPSING.lastIndex = 0;
    for (let match; (match = COLLAPSING.exec(data)) && !(keepsSpaces ??= /^(pre|break)/.test(style.whiteSpace)); from = COLLAPSING.lastIndex) {
      add(node, from, data.slice(from, match.index));
      if (!edge && !lineEnds) space ||= [node, match.index];
    }
    add(node, from, data.slice(from));
    reach(node);
  }

  function readElement(element) {
    const { localName, shadowRoot } = element;
    const style = view.getComputedStyle(element);
    const { display } = style;
    const isHidden = display === "none" || REPLACED.test(localName) ||
      (display !== "inline" && style.contentVisibility === "hidden" && !(opened && element.hidden === "until-found"));
    if (isHidden) return reach(element);
    const breaks = localName === "br" || (!IN_LINE.test(display) &&
      !(PHRASE.test(localName) && (style.float !== "none" || style.position === "absolute")));
    const isClosed = localName === "details" && !element.open && !opened;
    const slotted = localName === "slot" && element.assignedNodes({ flatten: true });
    const children = slotted?.length ? slotted : (shadowRoot || element).childNodes;
    lineEnds ||= breaks;
    if (shadowRoot) reach(element, Infinity);
    for (let i = 0; text.length < end; i++) {
      const child = children[i];
      reach(element, i);
      if (!child) break;
      if (isClosed && child !== element.querySelector(":scope>summary")) reach(child);
      else if (child.nodeType === 1) readElement(child);
      else if (child.nodeType === 3) style.visibility === "visible" ? readNode(child, style) : reach(child);
    }
    lineEnds ||= breaks;
  }

  readElement(root);
  return { text, at, runs };
}

/** The DOM range that shows text[start, end); null when there is none (its ends in different trees). */
export function rangeOf(page, start, end) {
  const first = pointAt(page.runs, start, 0);
  const last = pointAt(page.runs, end, 1);
  if (!first || !last) return null;
  const range = first[0].ownerDocument.createRange();
  range.setStart(first[0], first[1]);
  range.setEnd(last[0], last[1]);
  return range.collapsed ? null : range;
}

/** The node and offset of one place; at a seam of two runs the later one starts a range, the earlier one ends it. */
function pointAt(runs, offset, closing) {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle][2] < offset + 1 - closing) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  if (!run) return null;
  return [run[0], run[1] + Math.min(offset - run[2], run[3])];
}
