/** The reader's words: one small file per language, fetched alone, once for all that speaks. */

/* global LANGUAGES, WORDS_VERSION */ // put in by build.mjs
let loading;

/** The file name of the best language we have for a BCP 47 tag, or "". */
export function pickLanguage(tag, languages = LANGUAGES) {
  try {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    for (const end of ["-" + region, "-" + script, ""]) {
      const name = ((language === "no" ? "nb" : language) + end).toLowerCase();
      if (` ${languages} `.includes(` ${name} `)) return name;
    }
  } catch {}
  return "";
}

/** The first of `tags` that we speak. */
export function chooseLanguage(tags, languages) {
  for (const tag of tags) {
    const name = tag && pickLanguage(tag, languages);
    if (name) return name;
  }
  return "en";
}

/** The words for the page of `script`: data-lang, the page's language, the reader's, English. */
export function loadWords(script) {
  const name = chooseLanguage([script.dataset.lang, document.documentElement.lang, navigator.language]);
  loading ??= fetchWords(script, name).catch(() => fetchWords(script, "en")).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** build.mjs makes each file a list, and each `words.title` in our code a place in it. */
async function fetchWords(script, lang) {
  const response = await fetch(new URL(`words/${lang}.json?${WORDS_VERSION}`, script.src), { credentials: "omit" });
  return Object.assign(await response.json(), { lang });
}

/** Put values into {places}; a plural entry is chosen by `n`. Numbers are written as the language writes them. */
export function say(entry, lang, values) {
  const form = entry.other ? entry[new Intl.PluralRules(lang).select(values.n)] ?? entry.other : entry;
  return form.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name] ?? place;
    return value.toLocaleString(lang);
  });
}
