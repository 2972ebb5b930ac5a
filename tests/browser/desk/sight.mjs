/** What a person would see at once on a page: words that nobody marked for translation, words cut off, controls on top of each other. */

// What readers, publishers and editors wrote, names and addresses: theirs, in their language.
const OTHERS = "bdi, [lang]:not(html), .passage, .diff, .paper, .url, .comments p, .note, .reply p, .page-title, h1[dir=auto], td[dir=auto], .languages, code, pre, kbd, textarea, datalist";

/** Texts outside of every bracket of a pseudo-locale: what is not marked for translation. One line for each. */
export function unmarkedTexts(page) {
  return page.evaluate((others) => {
    const found = [];
    const isWords = (text) => /\p{L}/u.test(text.replaceAll("Typo Reports", ""));
    // Babel writes these by the locale, and the pseudo-locales have English ones.
    const isDate = (text) => /^\s*(\d{1,2} )?\w{3}( \d{4})?(, \d\d:\d\d \S+)?\s*$|^\w+day$/.test(text);
    const outside = (text, depth = 0) => {
      let plain = "";
      for (const letter of text) {
        if (letter === "[") depth++;
        if (!depth) plain += letter;
        if (letter === "]") depth = Math.max(0, depth - 1);
      }
      return [plain, depth];
    };
    const tell = (place, text) => found.push(`${place}: ${text.trim().slice(0, 80)}`);
    const nameOf = (element) => `<${element.localName}${element.id ? "#" + element.id : ""}${element.className && typeof element.className === "string" ? "." + element.className.trim().replace(/\s+/g, ".") : ""}>`;

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let depth = 0;
    while (texts.nextNode()) {
      const { parentElement, textContent } = texts.currentNode;
      if (parentElement.closest(`script, style, ${others}`) && !parentElement.closest(".more")) continue;
      // Names in lists to choose from; the words beside them are marked.
      if (parentElement.matches("option:not([data-words])") && isOwn(parentElement)) continue;
      const [plain, deep] = outside(textContent, depth);
      depth = deep;
      if (isWords(plain) && !(isDate(plain) && parentElement.closest("time, th, .chart-ends"))) tell(nameOf(parentElement), plain);
    }
    if (depth) tell("the page", "a bracket is never closed, so a text is cut");

    for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [alt], [data-away]")) {
      for (const name of ["title", "aria-label", "placeholder", "alt", "data-away", "data-back", "data-slow", "data-unsent", "data-again"]) {
        const text = element.getAttribute(name);
        // Exact times, an address, whole replies, and Unicode's own names of letters.
        if (!text || element.matches("time, .self-name, option, .lookalike, .unseen")) continue;
        const [plain] = outside(text);
        if (isWords(plain)) tell(`${nameOf(element)} ${name}`, plain);
      }
    }
    // A page's title may name what the page names as somebody's.
    let [title] = outside(document.title.replace("· Typo Reports", ""));
    for (const element of document.querySelectorAll(others + ", mark")) title = title.replaceAll(element.textContent.trim() || "\n", "");
    if (isWords(title)) tell("<title>", title);
    return found;

    function isOwn(option) {
      const { name } = option.parentElement;
      return (["site", "language", "default_lang", "teach_lang", "into", "reply_choice"].includes(name) || (/^(editor|assignee)$/.test(name))) && Boolean(option.value);
    }
  }, OTHERS);
}

/** Words that are cut off or stick out of their button, and controls that lie on each other. One line for each. */
export function brokenLayout(page) {
  return page.evaluate(() => {
    const found = [];
    const nameOf = (element) => `<${element.localName}${element.id ? "#" + element.id : ""}> “${(element.textContent || element.getAttribute("aria-label") || element.name || "").trim().replace(/\s+/g, " ").slice(0, 50)}”`;
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".sr-only, .skip");
    const styleOf = (element) => getComputedStyle(element);

    // Words: within their button or tag, and within everything around them that cuts.
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) => (node.textContent.trim() && isShown(node.parentElement) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
    while (words.nextNode()) {
      const holder = words.currentNode.parentElement;
      // Long passages and titles of pages end in dots, on purpose.
      if (holder.closest("option, script, svg, .passage, .diff, .self-name, .page-title, title")) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      const boxes = [...range.getClientRects()].filter(({ width }) => width);
      for (let around = holder, scrolls = false; around && !scrolls && around !== document.documentElement; around = around.parentElement) {
        const { overflowX, display } = styleOf(around);
        scrolls = /auto|scroll/.test(overflowX);
        const holds = around.matches("button, .button, .tag, summary, .card, dialog, th, td") || /hidden|clip/.test(overflowX);
        if (scrolls || !holds || display === "inline") continue;
        const edge = around.getBoundingClientRect();
        if (boxes.some(({ left, right }) => left < edge.left - 1 || right > edge.right + 1)) {
          found.push(`${nameOf(holder)} sticks out of ${nameOf(around)}`);
          break;
        }
      }
      const isScrolled = holder.closest(".table-frame, pre, .places ul, .keys-list, dialog");
      if (!isScrolled && boxes.some(({ left, right }) => left < -1 || right > innerWidth + 1)) found.push(`${nameOf(holder)} is beyond the edge of the window`);
    }

    // Controls: side by side, not on each other. What floats above the page lies on it on purpose.
    const floats = (element) => {
      for (let around = element; around; around = around.parentElement) if (/fixed|sticky/.test(styleOf(around).position)) return true;
      return Boolean(element.closest(".more-panel, dialog"));
    };
    const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, label")].filter((element) => isShown(element) && !floats(element));
    const boxesOf = new Map(controls.map((element) => [element, [...element.getClientRects()].filter(({ width, height }) => width > 2 && height > 2)]));
    controls.forEach((one, at) => {
      for (const other of controls.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const isOn = boxesOf.get(one).some((a) => boxesOf.get(other).some((b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2));
        if (isOn) found.push(`${nameOf(one)} lies on ${nameOf(other)}`);
      }
    });
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`the page is ${wide} pixels too wide`);
    return found;
  });
}
