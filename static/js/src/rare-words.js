/** The reader's rarer words, in a second file per language: they go on the list of the usual ones. */
import { fetchList, loadWords } from "./words.js";

/** The usual words for the page of `script`, and the rarer ones after them. */
export async function loadAllWords(script) {
  const words = await loadWords(script);
  if (!words.left) words.push(...await fetchList(words.lang + "-more"));
  return words;
}

/** Put values into {places}; a plural entry is chosen by `n`. Numbers are written as the language writes them. */
export function say(entry, lang, values) {
  const form = entry.other ? entry[new Intl.PluralRules(lang).select(values.n)] ?? entry.other : entry;
  return form.replace(/\{(\w+)\}/g, (place, name) => (values[name] ?? place).toLocaleString(lang));
}
