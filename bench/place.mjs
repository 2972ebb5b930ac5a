/**
 * What the mark of a reported passage costs on the page: bytes of each part, and time on a page of a million characters,
 * ordinary and hostile, next to a bare TreeWalker pass over the same page in the same run. `node bench/place.mjs`.
 */
import { brotliCompressSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { launchChromium } from "../tests/browser/reporter/browser.mjs";
import { bundleFor } from "../tests/browser/reporter/bundle.mjs";

const SOURCE = fileURLToPath(new URL("../static/js/src/", import.meta.url));
const MILLION = 1e6;
const ROUNDS = 3;
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);

const FIRST = `export * from "./place-mark.js"; export { showPlace } from "./place.js";`;
const SEARCH = `export * from "./search.js";`;
const CSS = /\.css$/;

/** Brotli bytes of a file without the modules named; what is left out becomes empty functions. */
async function weigh(contents, without) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: SOURCE },
    bundle: true, write: false, minify: true, charset: "utf8", format: "esm", target: "es2020",
    define: { LANGUAGES: `"en"`, WORDS_VERSION: `""`, SEARCH: `["typo-reports-search-01234567.js","sha256-"]` },
    plugins: [{
      name: "leave-out",
      setup(build) {
        build.onLoad({ filter: CSS }, () => (without.test("x.css") ? { contents: "", loader: "text" } : undefined));
        build.onLoad({ filter: /\.js$/ }, async ({ path }) => {
          if (!without.test(path)) return undefined;
          const { metafile } = await esbuild.build({ entryPoints: [path], bundle: false, write: false, metafile: true, format: "esm" });
          const names = Object.values(metafile.outputs)[0].exports;
          return { contents: names.map((name) => `export const ${name} = 0;`).join("\n"), loader: "js" };
        });
      },
    }],
    loader: { ".css": "text" },
  });
  return brotliCompressSync(outputFiles[0].contents).length;
}

/** What the kit brings, and what the search takes from the first file. */
const KIT = "elements|words|shared";
const FIRST_FILE = "place|place-mark";
const PARTS = [
  ["the first file", FIRST, KIT],
  ["less without deciding alone", FIRST, KIT + "|place-here"],
  ["less without marking and scrolling", FIRST, KIT + "|place-mark"],
  ["less without style sheets", FIRST, KIT, CSS],
  ["the search", SEARCH, `${KIT}|${FIRST_FILE}`],
  ["less without the fold", SEARCH, `${KIT}|${FIRST_FILE}|refind-fold`],
  ["less without the old place", SEARCH, `${KIT}|${FIRST_FILE}|refind-drift`],
  ["less without where it may stand", SEARCH, `${KIT}|${FIRST_FILE}|refind-places`],
  ["less without laying the window over a place", SEARCH, `${KIT}|${FIRST_FILE}|refind-overlay`],
  ["less without what stands there", SEARCH, `${KIT}|${FIRST_FILE}|refind-standing`],
  ["less without its own block", SEARCH, `${KIT}|${FIRST_FILE}|refind-block`],
  ["less without all of re-finding", SEARCH, `${KIT}|${FIRST_FILE}|refind[a-z-]*`],
  ["less without the walker, which the dialog's file also has", SEARCH, `${KIT}|${FIRST_FILE}|page-text`],
];

async function weighParts() {
  let whole;
  for (const [name, contents, modules, more] of PARTS) {
    const without = new RegExp(`(^|[\\\\/])(${modules})\\.js$${more ? "|" + more.source : ""}`);
    const bytes = await weigh(contents, without);
    if (name.startsWith("less")) row(name, whole - bytes);
    else row(name, (whole = bytes));
  }
}

/** In the page: best milliseconds of the bare pass, of the walker, and of finding, with what was found. */
function measure([place, rounds]) {
  const { readText, refind } = window.under;
  const best = { floor: Infinity, read: Infinity, find: Infinity };
  const timed = (name, work) => {
    const start = performance.now();
    const result = work();
    best[name] = Math.min(best[name], performance.now() - start);
    return result;
  };
  for (let i = 0; i < rounds; i++) {
    document.body.style.paddingTop = i + "px";
    document.body.offsetHeight;
    timed("floor", () => {
      const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
      let text = "";
      while (walker.nextNode()) text += walker.currentNode.data;
      return text.length;
    });
    const { text } = timed("read", () => readText(document.documentElement));
    best.state = timed("find", () => refind(place, text, place.suggestion)).state;
  }
  return best;
}

/** Words put together by chance, always the same, in sentences and paragraphs. */
function ordinary() {
  const parts = "har bour mor ning the of traw lers a gulls cross quay and is to in was for ship late".split(" ");
  let seed = 7;
  const next = (most) => (seed = (seed * 48271) % 2147483647) % most;
  let text = "";
  for (let i = 1; text.length < MILLION; i++) {
    text += parts[next(20)] + (next(2) ? parts[next(20)] : "") + (i % 60 ? (i % 13 ? " " : ". ") : ".\n");
  }
  return text;
}

const around = (text, start, end) => placeOf({ exact: text.slice(start, end), prefix: text.slice(start - 64, start), suffix: text.slice(end, end + 64), start });

/** As the desk tells it, the whole passage being what is wrong. */
function placeOf({ exact, prefix, suffix, start }, right = null) {
  const size = [...prefix].length;
  return { exact, prefix, suffix, start, target: { start: size, end: size + [...exact].length, right, notes: false } };
}
const PLAIN = ordinary();
const PAGES = {
  "passage on it": [PLAIN, around(PLAIN, 500_000, 500_012)],
  "another page's passage": [PLAIN, placeOf({ exact: "anotation", prefix: "A reader selects a typo ('", suffix: "') in a web page", start: 400 })],
  "hostile: one letter": ["a".repeat(MILLION), { ...around("a".repeat(2000), 900, 910), start: 500_000 }],
  "hostile: one letter, and not there": ["a".repeat(MILLION), placeOf({ ...around("a".repeat(2000), 900, 910), exact: "b", start: 500_000 }, "c".repeat(900))],
  "hostile: one sign of Han": ["的".repeat(MILLION), { ...around("的".repeat(2000), 900, 903), start: 500_000 }],
  "hostile: nearly periodic": [("a".repeat(99) + "b").repeat(MILLION / 100), placeOf({ exact: "a".repeat(1000), prefix: "b", suffix: "c", start: 0 })],
  "hostile: emoji": ["😀".repeat(MILLION / 2), { ...around("😀".repeat(1000), 900, 902), start: 300_000 }],
};

row("part, with the names as they are written", "B brotli");
row("---", "---:");
await weighParts();

console.log();
row("page of 1 M characters", "state", "bare pass, ms", "reading, ms", "finding, ms", "both to bare pass");
row("---", "---", "---:", "---:", "---:", "---:");
const browser = await launchChromium();
const under = await bundleFor(`export { readText } from "./page-text.js"; export { refind } from "./refind.js";`);
for (const [name, [text, place]] of Object.entries(PAGES)) {
  const page = await browser.newPage();
  await page.setContent(`<article>${text.split("\n").map((line) => `<p>${line}</p>`).join("")}</article>`);
  await page.evaluate(under);
  const { state, floor, read, find } = await page.evaluate(measure, [place, ROUNDS]);
  row(name, state, ...[floor, read, find].map((ms) => ms.toFixed(1)), floor < 0.5 ? "–" : ((read + find) / floor).toFixed(0));
  await page.close();
}
await browser.close();
