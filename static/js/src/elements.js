/** Elements made by hand: text goes in as text only, so no page's Trusted Types policy has anything to say. */

/** An element of `tag` with attributes and children (elements or text). */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes || {})) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

/**
 * An open shadow root in `host` with our style. Open, so that accessibility checkers, password managers and reader's
 * own tools see into it; nothing in it is secret from the page. A constructed sheet needs no style-src.
 */
export function shadowIn(host, css, theme) {
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  host.toggleAttribute("dark", theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme:dark)").matches));
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", {}, css)); // browsers before 2023
  }
  return root;
}
