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

/** Brotli bytes of the file without the modules named; what is left out becomes empty functions. */
async function weigh(without) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `export * from "./place-find.js"; export * from "./place-mark.js"; export { showPlace } from "./place.js";`, resolveDir: SOURCE },
    bundle: true, write: false, minify: true, charset: "utf8", format: "esm", target: "es2020",
    define: { LANGUAGES: `"en"`, WORDS_VERSION: `""` },
    plugins: [{
      name: "leave-out",
      setup(build) {
        build.onLoad({ filter: /\.css$/ }, () => (without.test("x.css") ? { contents: "", loader: "text" } : undefined));
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

const PARTS = {
  "the two folds": /refind-fold/,
  "what is looked for (the correction's words)": /refind-target/,
  "where it may stand": /refind-places/,
  "laying the window over a place": /refind-overlay/,
  "what stands there": /refind-standing/,
  "all of re-finding": /refind/,
  "the walker, which the dialog's file also has": /page-text/,
  "style sheets": /\.css$/,
};

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

const around = (text, start, end) => ({ exact: text.slice(start, end), prefix: text.slice(start - 64, start), suffix: text.slice(end, end + 64), start, end });
const PLAIN = ordinary();
const PAGES = {
  "passage on it": [PLAIN, around(PLAIN, 500_000, 500_012)],
  "another page's passage": [PLAIN, { exact: "anotation", prefix: "A reader selects a typo ('", suffix: "') in a web page", start: 400, end: 409 }],
  "hostile: one letter": ["a".repeat(MILLION), { ...around("a".repeat(2000), 900, 910), start: 500_000 }],
  "hostile: one letter, and not there": ["a".repeat(MILLION), { ...around("a".repeat(2000), 900, 910), exact: "b", start: 500_000, suggestion: "c".repeat(900) }],
  "hostile: one sign of Han": ["的".repeat(MILLION), { ...around("的".repeat(2000), 900, 903), start: 500_000 }],
  "hostile: nearly periodic": [("a".repeat(99) + "b").repeat(MILLION / 100), { exact: "a".repeat(1000), prefix: "b", suffix: "c", start: 0 }],
  "hostile: emoji": ["😀".repeat(MILLION / 2), { ...around("😀".repeat(1000), 900, 902), start: 300_000 }],
};

row("part of the place's file", "B brotli");
row("---", "---:");
const whole = await weigh(/^never$/);
row("whole, with what the kit brings", whole);
for (const [name, module] of Object.entries(PARTS)) row("less without " + name, whole - (await weigh(module)));

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
