/**
 * Runs in the page: what Playwright's locators find there. A step is {css}, {role, name, exact}, {text} or {label};
 * each looks in what the step before found, through open shadow roots. Self-contained: only its source is sent.
 */
export function find(steps) {
  // Pages break what everybody uses; nothing here calls a method of an array that they might have taken.
  const roles = { dialog: "dialog[open],[role=dialog]", button: "button,[role=button],input[type=submit]", heading: "h1,h2,h3,h4,[role=heading]", status: "[role=status],output", link: "a[href],[role=link]" };
  const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

  function inside(root, found) {
    const tree = [root.shadowRoot ?? null, root];
    for (let t = 0; t < 2; t++) {
      const start = tree[t];
      if (!start) continue;
      const all = start.querySelectorAll("*");
      for (let i = 0; i < all.length; i++) {
        found[found.length] = all[i];
        if (all[i].shadowRoot) inside(all[i].shadowRoot, found);
      }
    }
    return found;
  }

  function textOf(node) {
    let text = "";
    const parts = (node.shadowRoot ?? node).childNodes;
    for (let i = 0; i < parts.length; i++) {
      if (parts[i].nodeType === 3) text += parts[i].data;
      else if (parts[i].nodeType === 1 && !/^(script|style)$/i.test(parts[i].localName)) text += textOf(parts[i]);
    }
    return text;
  }

  function holds(text, wanted, exact) {
    const said = tidy(text);
    if (wanted.pattern) return new RegExp(wanted.pattern, wanted.flags).test(said);
    return exact ? said === tidy(wanted) : said.toLowerCase().includes(tidy(wanted).toLowerCase());
  }

  function isShown(element) {
    if (!element.getClientRects().length) return false;
    return getComputedStyle(element).visibility === "visible";
  }

  const nameOf = (element) => element.getAttribute("aria-label") || textOf(element) || element.title;

  function fits(element, step) {
    if (step.css) return element.matches(step.css);
    if (step.role) return element.matches(roles[step.role]) && isShown(element) && (step.name === undefined || holds(nameOf(element), step.name, step.exact));
    if (step.label) {
      const root = element.getRootNode();
      const label = element.closest("label") ?? (element.id && root.querySelector(`label[for="${element.id}"]`));
      return element.matches("input,textarea,select") && !!label && holds(textOf(label), step.label);
    }
    if (!holds(textOf(element), step.text) || /^(script|style|head|title)$/i.test(element.localName)) return false;
    const inner = (element.shadowRoot ?? element).children; // the innermost one that says it
    for (let i = 0; i < inner.length; i++) if (holds(textOf(inner[i]), step.text)) return false;
    return true;
  }

  let found = [document];
  for (let s = 0; s < steps.length; s++) {
    const next = [];
    for (let f = 0; f < found.length; f++) {
      // Words may stand in the very element that is looked in.
      const all = inside(found[f], steps[s].text && found[f] !== document ? [found[f]] : []);
      for (let i = 0; i < all.length; i++) if (fits(all[i], steps[s]) && !next.includes(all[i])) next[next.length] = all[i];
    }
    found = steps[s].last ? next.slice(-1) : next;
  }
  return found;
}

/** Runs before the page's own scripts: what it says in the console and what goes wrong is kept for the driver. */
export function collect() {
  const problems = (window.__pw_problems = []);
  for (const kind of ["log", "info", "warn", "error", "debug"]) console[kind] = (...words) => { problems[problems.length] = `console ${kind}: ${words.join(" ")}`; };
  addEventListener("error", ({ message }) => { problems[problems.length] = "page error: " + message; });
  addEventListener("unhandledrejection", ({ reason }) => { problems[problems.length] = "page error: " + reason; });
  window.alert = (words) => { problems[problems.length] = "alert: " + words; };
}
