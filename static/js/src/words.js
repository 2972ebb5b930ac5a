/** The reader's words: one small file per language, fetched alone; English stands in for what is missing. */

/* global LANGUAGES, WORDS_VERSION */ // put in by build.mjs
const PATIENCE_MS = 2000;

/** The file name of the best language we have for a BCP 47 tag, or "". */
export function pickLanguage(tag, languages = LANGUAGES) {
  let full;
  try {
    full = new Intl.Locale(tag).maximize();
  } catch {
    return "";
  }
  const { language, script, region } = full;
  const wanted = [`${language}-${region}`, `${language}-${script}`, language === "no" ? "nb" : language];
  for (let i = 0; i < wanted.length; i++) {
    const name = wanted[i].toLowerCase();
    if (` ${languages} `.includes(` ${name} `)) return name;
  }
  return "";
}

/** The first of `tags` that we speak. */
export function chooseLanguage(tags, languages) {
  for (let i = 0; i < tags.length; i++) {
    const name = tags[i] && pickLanguage(tags[i], languages);
    if (name) return name;
  }
  return "en";
}

/** The words for the page of `script`: data-lang, the page's language, the reader's, English. Never fails. */
export async function loadWords(script, english) {
  const doc = script.ownerDocument;
  const name = chooseLanguage([script.dataset.lang, doc.documentElement.lang, navigator.language]);
  let words = {};
  if (name !== "en") {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const address = new URL(`words/${name}.json?${WORDS_VERSION}`, script.src);
      words = await (await fetch(address, { credentials: "omit", signal: patience.signal })).json();
    } catch {}
    clearTimeout(timer);
  }
  return { ...english, ...words, lang: words.title || words.hint ? name : "en" };
}

/** Put values into {places}; a plural entry is chosen by `n`. Numbers are written as the language writes them. */
export function say(entry, lang, values = {}) {
  const form = typeof entry === "string" ? entry : entry[new Intl.PluralRules(lang).select(values.n)] ?? entry.other;
  return form.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name] ?? place;
    return typeof value === "number" ? value.toLocaleString(lang) : value;
  });
}
