/**
 * What the reporter costs a reader: weights, main-thread time at load, from key to dialog, and building a selector on a
 * page of 50,000 words next to a bare TreeWalker pass over the same page in the same run. `npm run bench`.
 */
import { readdir, readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { launchChromium } from "../tests/browser/reporter/browser.mjs";
import { bundleFor } from "../tests/browser/reporter/bundle.mjs";
import { startDesk, startPublisher } from "../tests/browser/reporter/servers.mjs";
import { makeStage, select } from "../tests/browser/reporter/stage.mjs";

const BUILT = new URL("../static/js/", import.meta.url);
// Measured in November 2026 from their published files.
const PEERS = { "Orphus 6": 2100, "Hexlet Correction": 2000, "Mistape 1.4 with its jQuery": 40800 };
const ROUNDS = 15;

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const row = (name, value) => console.log(`| ${name.padEnd(58)} | ${String(value).padStart(12)} |`);

async function weigh() {
  const size = async (name) => brotliCompressSync(await readFile(new URL(name, BUILT))).length;
  const names = await readdir(BUILT);
  const find = (part) => size(names.find((name) => name.startsWith(`typo-reports-${part}-`)));
  const languages = [];
  for (const name of await readdir(new URL("words/", BUILT))) if (!name.endsWith("-more.json")) languages.push(await size("words/" + name));
  const sizes = { loader: await size("typo-reports.js"), English: await size("words/en.json"), more: await size("words/en-more.json") };
  for (const name of ["kit", "files", "dialog", "touch", "choose", "later", "place", "search"]) sizes[name] = await find(name);
  const sum = (list) => list.split(" ").reduce((all, name) => all + sizes[name], 0);
  const report = "loader kit dialog English";
  row("loader: on every page", sizes.loader + " B");
  row("kit: the hint, the first selection, all else", sizes.kit + " B");
  row("one language: English, median, largest", `${sizes.English}, ${median(languages)}, ${Math.max(...languages)} B`);
  row("its rarer words: refusals, the way without a selection …; English", sizes.more + " B");
  row("dialog: the first selection", sizes.dialog + " B");
  row("files: where the files below are", sizes.files + " B");
  row("touch: a selection on a touch screen", sizes.touch + " B");
  row("choose: the way without a selection, or one in a shadow root", sizes.choose + " B");
  row("later: unusual answers, failures, kept reports, receipts, change and withdraw", sizes.later + " B");
  row("place: only editors who follow the desk's link", sizes.place + " B");
  row("search: only where the passage does not stand as it did", sizes.search + " B");
  row("in all: a reader who only reads to the end", sum("loader kit English") + " B");
  row("in all: one report by key, in English", sum(report) + " B");
  row("in all: the same in the heaviest language", sum("loader kit dialog") + Math.max(...languages) + " B");
  row("in all: one report on a phone, in English", sum(report + " files touch") + " B");
  row("in all: every file for readers, in English", sum(report + " files touch choose later more") + " B");
  row("in all: every file, in English", sum(report + " files touch choose later more place search") + " B");
  for (const [name, bytes] of Object.entries(PEERS)) row(name, bytes + " B");
}

/** A page as news sites build them: paragraphs of about 60 words, some markup, lists, asides. */
function longPage(words) {
  const word = (i) => ["harbour", "morning", "the", "of", "trawlers", "a", "gulls", "across", "quay", "and"][(i * 7919) % 10];
  let html = "";
  for (let i = 0; i < words;) {
    let text = "";
    for (let k = 0; k < 60; k++, i++) text += k % 20 === 7 ? `<a href="#">${word(i)}</a> ` : k % 30 === 11 ? `<em>${word(i)}</em>\n    ` : word(i) + " ";
    html += i % 600 === 0 ? `<h2>${word(i)}</h2>\n<ul><li>${text}</li></ul>\n` : `<p>${text}</p>\n  `;
  }
  return `<article>${html}<p id="a">The last paragraph holds a mistaik.</p></article>`;
}

/** In the page: medians in milliseconds of the bare pass and of the selector, after a style change as pages have them. */
function measureSelector(rounds) {
  const { readText, tighten, describe } = window.under;
  const node = document.querySelector("#a").firstChild;
  const points = [{ node, offset: 27 }, { node, offset: 34 }];
  const times = { floor: [], selector: [] };
  for (let i = 0; i < rounds; i++) {
    document.body.style.paddingTop = i + "px";
    document.body.offsetHeight;
    let start = performance.now();
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) text += walker.currentNode.data;
    times.floor.push(performance.now() - start + text.length * 0);
    start = performance.now();
    const page = readText(document.documentElement, points, 1000);
    const { selector } = describe(page.text, ...tighten(page.text, ...page.at));
    times.selector.push(performance.now() - start);
    if (selector.exact !== "mistaik") throw new Error(selector.exact);
  }
  return times;
}

async function measureTimes({ browser, publisher, desk }) {
  const stage = await makeStage({ browser, publisher, desk, name: "bench" });
  const page = await stage.open(longPage(50_000), { csp: false, attributes: `data-hint="off"` });
  await page.evaluate(await bundleFor(`export { readText } from "./page-text.js"; export { describe, tighten } from "./selector.js";`));
  const { floor, selector } = await page.evaluate(measureSelector, ROUNDS);
  row("selector at the end of a 50,000-word page, median", median(selector).toFixed(1) + " ms");
  row("bare TreeWalker pass over the same page, median", median(floor).toFixed(1) + " ms");
  row("ratio of the medians", (median(selector) / median(floor)).toFixed(1));
  row("fastest of each (a busy machine spoils medians)", `${Math.min(...selector).toFixed(1)}, ${Math.min(...floor).toFixed(1)} ms`);
  const opening = [];
  for (let i = 0; i < 5; i++) {
    const fresh = await stage.open(longPage(1000), { csp: false, attributes: `data-hint="off"` });
    await select(fresh, "#a", "mistaik");
    await fresh.waitForTimeout(300);
    opening.push(await fresh.evaluate(() => new Promise((done) => {
      const start = performance.now();
      document.addEventListener("typo-reports:open", () => done(performance.now() - start));
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, composed: true, view: window }));
    })));
  }
  row("from key to dialog, once something was selected, median", median(opening).toFixed(1) + " ms");
  await stage.close();
}

/** Main-thread time of the loader: evaluating the same script text again and again in a page that has it not. */
async function measureLoad({ browser, publisher, desk }) {
  const stage = await makeStage({ browser, publisher, desk, name: "load" });
  const page = await stage.open("<article><p>One.</p></article>", { csp: false });
  const loader = await readFile(new URL("typo-reports.js", BUILT), "utf8");
  const times = await page.evaluate(([code, url]) => {
    const times = [];
    for (let i = 0; i < 30; i++) {
      delete document[Symbol.for("typo-reports")];
      const start = performance.now();
      const script = document.createElement("script");
      script.textContent = code + "//" + i;
      script.dataset.site = "s";
      script.dataset.hint = "off";
      document.head.append(script);
      times.push(performance.now() - start);
    }
    return times;
  }, [loader, desk.url]);
  row("main thread: compiling and running the loader, median", median(times).toFixed(2) + " ms");
  await stage.close();
}

console.log(`| ${"what".padEnd(58)} | ${"".padStart(12)} |\n| --- | ---: |`);
await weigh();
const [browser, publisher, desk] = await Promise.all([launchChromium(), startPublisher(), startDesk()]);
await measureLoad({ browser, publisher, desk });
await measureTimes({ browser, publisher, desk });
await Promise.all([browser.close(), publisher.close(), desk.close()]);
