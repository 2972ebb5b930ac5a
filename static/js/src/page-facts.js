/** What the page says of itself. Everything is a claim: the server decides what to believe. */
import { cutCodePoints } from "./code-points.js";

const ARTICLE = /Article|Posting|WebPage|Report/;

/** {canonical, title, lang, author, section, modified_at, edit_url} of a document; unknown ones are null. */
export function readFacts(doc, node, { author, section, editUrl } = {}) {
  const article = readArticle(doc);
  const canonical = doc.querySelector("link[rel~=canonical]")?.href;
  return {
    canonical: /^https?:/.test(canonical) && canonical.length <= 2048 ? canonical : null,
    title: short(doc.title),
    lang: short(langOf(node) || doc.documentElement.lang, 35),
    author: short(author || meta(doc, "author") || nameOf(article.author)),
    section: short(section || meta(doc, "article:section") || article.articleSection),
    modified_at: date(meta(doc, "article:modified_time") || article.dateModified),
    edit_url: editUrl || null,
  };
}

/** The language of the nearest element that names one, through shadow roots. */
export function langOf(node) {
  for (let at = node; at; at = at.parentNode || at.host) {
    if (at.lang) return at.lang;
  }
  return "";
}

function meta(doc, name) {
  return doc.querySelector(`meta[name="${name}"],meta[property="${name}"]`)?.content;
}

/** The first JSON-LD object that is an article, or {}. */
function readArticle(doc) {
  const scripts = doc.querySelectorAll("script[type='application/ld+json']");
  for (let i = 0; i < scripts.length; i++) {
    try {
      const data = JSON.parse(scripts[i].textContent);
      const things = [].concat(data["@graph"] || data);
      for (let t = 0; t < things.length; t++) if (ARTICLE.test(things[t]["@type"])) return things[t];
    } catch {}
  }
  return {};
}

function nameOf(author) {
  const first = Array.isArray(author) ? author[0] : author;
  return first?.name || first;
}

function short(text, max = 200) {
  text = typeof text === "string" ? text : Array.isArray(text) ? text[0] : "";
  return cutCodePoints(String(text).replace(/\s+/g, " ").trim(), max) || null;
}

function date(text) {
  const time = new Date(text || NaN);
  return isNaN(time) ? null : time.toISOString();
}
