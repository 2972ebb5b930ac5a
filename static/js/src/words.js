/**
 * The reader's usual words: a list per language, once for all that speaks. The list goes on with the rarer words, see
 * rare-words.js. build.mjs makes each `words.title` in our code a place in that list.
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

const fetchUsual = async (lang) => Object.assign(await fetchList(lang), { lang });

/** One file of words. */
export const fetchList = async (name) => (await ask(`words/${name}.json?${WORDS_VERSION}`)).json();
