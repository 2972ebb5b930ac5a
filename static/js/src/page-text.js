/**
 * The text that a page shows, with the way back to its nodes.
 *
 * Neither Selection.toString() (follows text-transform) nor Range.toString() (takes hidden text, glues blocks) says
 * what stands on the page. The rules here: nodes in the order of the flat tree, letters raw, white space collapsed
 * where CSS collapses it, one line feed at the edges of blocks and cells and for <br>, none doubled, none at the ends.
 */

/** Elements whose children are never shown as text of the page. */
const REPLACED = /^(noscript|textarea|select|iframe|object|audio|video|canvas|progress|meter|title|desc|defs|symbol|typo-reports(-hint)?)$/i;
const IN_LINE = /^(inline|ruby|contents|math|none)/;
/** Nobody gives these a white-space of their own. */
const INHERITS = /^(a|b|em|i|strong|sub|sup)$/i;
/** A first letter or a note that floats is still a part of its sentence. */
const PHRASE = /^(a|abbr|b|em|font|i|mark|small|span|strong|sub|sup)$/i;
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

  function found(index, offset) {
    if (at[index] === undefined) {
      at[index] = offset;
      if (!--open) end = text.length + beyond;
    }
  }

  function add(node, offset, letters) {
    const last = runs[runs.length - 1];
    if (last && last[0] === node && last[1] + last[3] === offset && last[2] + last[3] === text.length) {
      last[3] += letters.length;
    } else runs.push([node, offset, text.length, letters.length]);
    text += letters;
    edge = letters.endsWith("\n");
  }

  function flush() {
    if (lineEnds) text += edge ? "" : "\n";
    else if (space) add(space[0], space[1], " ");
    lineEnds = false;
    space = null;
  }

  function addCollapsed(node, data) {
    let from = 0;
    COLLAPSING.lastIndex = 0;
    for (let match; (match = COLLAPSING.exec(data)); from = COLLAPSING.lastIndex) {
      if (match.index > from) {
        flush();
        add(node, from, data.slice(from, match.index));
      }
      if (!edge && !lineEnds && !space) space = [node, match.index];
    }
    if (from < data.length) {
      flush();
      add(node, from, data.slice(from));
    }
  }

  function readNode(node, spacing) {
    const data = node.data;
    const first = runs.length;
    const before = text.length;
    COLLAPSING.lastIndex = 0;
    if (COLLAPSING.test(data) && !keepsSpaces(spacing)) {
      addCollapsed(node, data);
    } else if (data) {
      flush();
      add(node, 0, data);
    }
    for (let i = 0; i < points.length; i++) {
      if (points[i].node === node) found(i, offsetInNode(runs, node, first, points[i].offset) ?? before);
    }
  }

  function skip(element) {
    for (let i = 0; i < points.length; i++) if (element.contains(points[i].node)) found(i, text.length);
  }

  /** Styles are asked for once and as seldom as possible: that is where the time goes. */
  function keepsSpaces(spacing) {
    return (spacing.kept ??= /^(pre|break)/.test(spacing.style.whiteSpaceCollapse ?? spacing.style.whiteSpace));
  }

  function readChildren(children, element, style, spacing) {
    const closed = element.localName === "details" && !element.open && !opened;
    let summary = false;
    let shown;
    for (let i = 0; i <= children.length && text.length < end; i++) {
      for (let p = 0; p < points.length; p++) {
        if (points[p].node === element && points[p].offset === i) found(p, text.length);
      }
      const child = children[i];
      if (!child) continue;
      if (child.nodeType === 3) {
        if (!closed && (shown ??= style.visibility === "visible")) readNode(child, spacing);
      } else if (child.nodeType === 1) {
        if (closed && (summary || child.localName !== "summary")) skip(child);
        else readElement(child, spacing);
        summary ||= child.localName === "summary";
      }
    }
  }

  function readElement(element, outer) {
    const style = view.getComputedStyle(element);
    const display = style.display;
    const isHidden = display !== "inline" && style.contentVisibility === "hidden" && !(opened && element.hidden === "until-found");
    if (display === "none" || REPLACED.test(element.localName) || isHidden) {
      return skip(element);
    }
    const breaks = element.localName === "br" || (!IN_LINE.test(display) &&
      !(PHRASE.test(element.localName) && (style.float !== "none" || style.position === "absolute")));
    lineEnds ||= breaks && text !== "";
    const shadow = element.shadowRoot;
    const slotted = element.localName === "slot" && element.assignedNodes({ flatten: true });
    if (shadow) {
      for (let i = 0; i < points.length; i++) if (points[i].node === element) found(i, text.length);
    }
    readChildren(shadow ? shadow.childNodes : slotted?.length ? slotted : element.childNodes, element, style,
      outer && INHERITS.test(element.localName) ? outer : { style });
    lineEnds ||= breaks && text !== "";
  }

  readElement(root);
  return { text, at, runs };
}

/** The offset in the text of a place in one text node, looking from run `first` on. */
function offsetInNode(runs, node, first, offset) {
  let last;
  for (let i = first; i < runs.length; i++) {
    const run = runs[i];
    if (run[0] !== node) continue;
    if (offset <= run[1] + run[3]) return run[2] + Math.max(0, offset - run[1]);
    last = run;
  }
  return last && last[2] + last[3];
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
