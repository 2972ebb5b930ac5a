/** What the page says of itself. Everything is a claim: the server decides what to believe. */

/** {canonical, title, lang, author, section, modified_at, edit_url} of a document; unknown ones are null or undefined. */
export function readFacts(doc, node, { author, section, editUrl }) {
  const article = readArticle(doc);
  const meta = (name) => doc.querySelector(`[name="${name}"],[property="${name}"]`)?.content;
  const canonical = doc.querySelector("[rel~=canonical]")?.href;
  const by = first(article.author);
  const modified = new Date(meta("article:modified_time") || article.dateModified || NaN);
  return {
    canonical: /^https?:.{0,2040}$/.test(canonical) ? canonical : null,
    title: short(doc.title),
    lang: short(langOf(node), 35),
    author: short(author || meta("author") || by?.name || by),
    section: short(section || meta("article:section") || article.articleSection),
    modified_at: isNaN(modified) ? null : modified.toISOString(),
    edit_url: editUrl,
  };
}

/** The language of the nearest element that names one, through shadow roots. */
export function langOf(node) {
  while (node && !node.lang) node = node.parentNode || node.host;
  return node?.lang;
}

/** The first JSON-LD object that is an article, or {}. */
function readArticle(doc) {
  for (const { textContent } of doc.querySelectorAll("[type='application/ld+json']")) {
    try {
      const data = JSON.parse(textContent);
      for (const thing of [].concat(data["@graph"] || data)) if (/Article|Posting|WebPage|Report/.test(thing["@type"])) return thing;
    } catch {}
  }
  return {};
}

const first = (value) => [].concat(value)[0];

/** A text on one line, at most `max` code points of it; null for all else. */
function short(value, max = 200) {
  value = first(value);
  return (typeof value === "string" && RegExp(`^.{1,${max}}`, "u").exec(value.trim().replace(/\s+/g, " "))?.[0]) || null;
}
