/** A language that nobody speaks, to see what is not translated and what has no room: ⟦Śéńď~~⟧. Its words are long ones. */

const LETTERS = new Map([..."AaBcCdDEeghIiJjkKLlNnOorRSsTtUuWwYyZz"].map((letter, i) => [letter, [..."ÅáßćČďĐÉéğĥÍíĴĵķĶĹĺŃńÓóŕŘŚśŢţÚúŴŵÝýŹž"][i]]));

/** Two fifths longer than English, as long as the longest of our languages, and every letter changed that can be. */
function strange(text) {
  const words = text.split(" ").map((word) => {
    const parts = word.split(/(\{\w+\})/).map((part) => (part.startsWith("{") ? part : part.replace(/./g, (letter) => LETTERS.get(letter) ?? letter)));
    return parts.join("") + "~".repeat(Math.ceil(word.length * 0.4));
  });
  return `⟦${words.join(" ")}⟧`;
}

/** What makes such a language, written in the direction `dir`, of the words of another one. */
export function pseudo(dir) {
  const change = (entry) => {
    if (typeof entry === "string") return /^(ltr|rtl)$/.test(entry) ? dir : strange(entry);
    if (Array.isArray(entry)) return entry.map(change);
    return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, change(value)]));
  };
  return change;
}

/** In the page: what `root` and the shadow trees within it say in words, and which of its elements are cut off. */
export function readWordsShown(selector) {
  const said = [];
  const cut = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (element.closest("blockquote") || !element.getClientRects().length) continue;
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join("").trim();
      for (const text of [own, element.placeholder, element.getAttribute("aria-label"), element.title]) if (text) said.push(text);
      const { left, right } = element.getBoundingClientRect();
      if (left < -0.5 || right > innerWidth + 0.5 || (element.matches("button,label,p,h2") && element.scrollWidth > element.clientWidth + 1)) {
        cut.push(element.localName + ": " + element.textContent);
      }
    }
  };
  for (const host of document.querySelectorAll(selector)) look(host.shadowRoot);
  return { said, cut };
}
