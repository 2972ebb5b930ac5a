import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { isApple, shortcutName } from "../../static/js/src/shortcut.js";
import { say } from "../../static/js/src/rare-words.js";
import { chooseLanguage } from "../../static/js/src/words.js";

const FOLDER = new URL("../../static/js/src/words/", import.meta.url);
const languages = {};
for (const file of await readdir(FOLDER)) languages[file.slice(0, -5)] = JSON.parse(await readFile(new URL(file, FOLDER), "utf8"));
globalThis.LANGUAGES = ` ${[...Object.keys(languages), "no"].join(" ")} `; // as build.mjs writes them
const English = languages.en;
const forms = (entry) => (typeof entry === "string" ? { other: entry } : entry);
const places = (text) => [...new Set(text.match(/\{\w+\}/g))].sort().join();

test("there are at least thirty languages", () => assert.ok(Object.keys(languages).length >= 30));

for (const [lang, words] of Object.entries(languages)) {
  test(`${lang}: no word is missing, spare or empty`, () => {
    assert.deepEqual(Object.keys(words).filter((key) => key !== "dir").sort(), Object.keys(English).sort());
    for (const [key, entry] of Object.entries(words)) {
      for (const text of Object.values(forms(entry))) assert.ok(text.trim() && text === text.trim(), key);
    }
  });

  test(`${lang}: no markup, and the same places to fill as in English`, () => {
    for (const [key, entry] of Object.entries(words)) {
      assert.doesNotMatch(JSON.stringify(entry), /[<>&]/, key);
      if (key === "dir") continue;
      const wanted = places(forms(English[key]).other);
      assert.equal(places(forms(entry).other), wanted, key);
      // A form for exactly one or two may name the number in words.
      for (const text of Object.values(forms(entry))) if (places(text)) assert.equal(places(text), wanted, key);
    }
  });

  test(`${lang}: every plural form that the language has`, () => {
    const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
    for (const key of ["left", "known"]) {
      for (let n = key === "left" ? 0 : 1; n < 130; n++) {
        const form = new Intl.PluralRules(lang).select(n);
        assert.ok(words[key][form] ?? words[key].other, `${key} ${n}`);
        assert.doesNotMatch(say(words[key], lang, { n }), /[{}]|undefined/);
      }
      for (const form of Object.keys(words[key])) assert.ok(pluralCategories.includes(form), `${key} has ${form}`);
    }
  });

  test(`${lang}: written from the right exactly where the script is`, () => {
    const script = new Intl.Locale(lang).maximize().script;
    assert.equal(words.dir ?? "ltr", /Arab|Hebr/.test(script) ? "rtl" : "ltr");
    // Portuguese without a country is the larger one, Brazil's.
    assert.equal(chooseLanguage(lang === "pt" ? "pt-PT" : lang), lang);
  });
}

test("the contract's English words stand as they are", () => {
  assert.equal(English.title, "Spelling error report");
  assert.equal(English.intro, "The following text will be sent to our editors:");
  assert.deepEqual([English.correct, English.comment, English.send, English.cancel, English.button],
    ["Correct spelling", "Comment", "Send", "Cancel", "Report an error"]);
  assert.equal(English.hint, "If you have found a spelling error, please notify us by selecting that text and pressing {shortcut}.");
});

test("the best language for a tag", () => {
  for (const [tag, name] of [["de-AT", "de"], ["zh-TW", "zh-hant"], ["zh", "zh-hans"], ["zh-Hant-HK", "zh-hant"], ["pt-BR", "pt-br"],
    ["pt-PT", "pt"], ["no", "no"], ["nb-NO", "nb"], ["nn", "en"], ["iw", "he"], ["xx", "en"], ["not a tag!", "en"], ["EN-us", "en"]]) {
    assert.equal(chooseLanguage(tag), name, tag);
  }
  assert.equal(chooseLanguage("", "xx", "fr-CA", "de"), "fr");
  assert.equal(chooseLanguage(undefined, "xx"), "en");
});

test("the gesture has its name on each machine", () => {
  const on = (userAgent) => Object.defineProperty(globalThis, "navigator", { value: { userAgent }, configurable: true });
  globalThis.matchMedia = () => ({ matches: false });
  for (const system of ["Macintosh; Intel Mac OS X 10_15_7", "iPad; CPU OS 16_0 like Mac OS X", "iPhone; CPU iPhone OS 16_0 like Mac OS X"]) {
    on(`Mozilla/5.0 (${system})`);
    assert.equal(isApple(), true);
    assert.equal(shortcutName(English), "⌘ Return");
  }
  on("Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
  assert.equal(isApple(), false);
  assert.equal(shortcutName(languages.de), "Strg+Enter");
  globalThis.matchMedia = () => ({ matches: true });
  assert.equal(shortcutName(English), "Report an error");
});
