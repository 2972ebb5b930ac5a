/** Elements made by hand: text goes in as text only, so no page's Trusted Types policy has anything to say. */

/** An element of `tag` with properties (attributes, where it has no such property) and children (elements or text). */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(properties)) {
    if (name in element) element[name] = properties[name];
    else element.setAttribute(name, properties[name]);
  }
  element.append(...children);
  return element;
}

/**
 * An open shadow root in `host` with our style, in the light or the dark: as `theme` says, else as the reader's system is.
 * Open, so that accessibility checkers, password managers and reader's own tools see into it; nothing in it is secret
 * from the page. A constructed sheet needs no style-src.
 */
export function shadowIn(host, css, theme) {
  const root = host.attachShadow({ mode: "open" });
  host.style.colorScheme = /light|dark/.exec(theme) || "light dark";
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", {}, css)); // browsers before 2023
  }
  return root;
}
