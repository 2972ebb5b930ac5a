/**
 * The reader's words: a list per language, once for all that speaks, in two files: one that every report needs, and one
 * that goes on with the rarer words. build.mjs makes each `words.title` in our code a place in that list.
 */
import { ask } from "./ask.js";

/* global LANGUAGES, WORDS_VERSION */ // put in by build.mjs
let loading;

/** The file name of the first of these BCP 47 tags that we speak; English for none. */
export function chooseLanguage(...tags) {
  for (const tag of tags) {
    try {
      const { language, script, region } = new Intl.Locale(tag).maximize();
      for (const end of ["-" + region, "-" + script, ""]) {
        const name = (language + end).toLowerCase();
        if (LANGUAGES.includes(` ${name} `)) return name;
      }
    } catch {} // no tag, or no good one
  }
  return "en";
}

/** The usual words for the page of `script`: data-lang, the page's language, the reader's, English. */
export function loadWords(script) {
  const name = chooseLanguage(script.dataset.lang, document.documentElement.lang, navigator.language);
  return (loading ??= fetchUsual(name).catch(() => fetchUsual("en")).catch((error) => {
    loading = null;
    throw error;
  }));
}

/** The same words, and the rarer ones after them. */
export async function loadAllWords(script) {
  const words = await loadWords(script);
  if (!words.left) words.push(...await fetchList(words.lang + "-more"));
  return words;
}

const fetchUsual = async (lang) => Object.assign(await fetchList(lang), { lang });

const fetchList = async (name) => (await ask(`words/${name}.json?${WORDS_VERSION}`)).json();

/** Put values into {places}; a plural entry is chosen by `n`. Numbers are written as the language writes them. */
export function say(entry, lang, values) {
  const form = entry.other ? entry[new Intl.PluralRules(lang).select(values.n)] ?? entry.other : entry;
  return form.replace(/\{(\w+)\}/g, (place, name) => (values[name] ?? place).toLocaleString(lang));
}
