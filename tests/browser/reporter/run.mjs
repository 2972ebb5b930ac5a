/**
 * Runs the reader's scenarios in a real Chromium: one line each, non-zero exit when one fails.
 * `npm run test:browser -- words` runs those whose name has "words"; `-- --document` also writes the table of
 * docs/browsers.md; `-- --firefox` runs them in a stock Firefox. Results go to tests/results/reporter-browsers.json.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { launchChromium, launchFirefox } from "./browser.mjs";
import { startDesk, startPublisher } from "./servers.mjs";
import { makeStage } from "./stage.mjs";

const FOLDER = new URL("./", import.meta.url);
const RESULTS = new URL("../../results/", import.meta.url);
const PAGE = new URL("../../../docs/browsers.md", import.meta.url);
// Over WebDriver BiDi there is no touch emulation, and Playwright loses a page that comes back from the cache.
const NOT_IN_FIREFOX = /^touch:|restored by back/;
const PATIENCE_MS = 30_000;

async function readScenarios(wanted) {
  const scenarios = [];
  for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith(".scenarios.mjs")).sort()) {
    const { default: found } = await import(new URL(file, FOLDER));
    for (const [name, play] of Object.entries(found)) {
      if (name.includes(wanted)) scenarios.push({ name, play, topic: file.split(".")[0] });
    }
  }
  return scenarios;
}

/** Play one scenario on a stage of its own. Gives null or the error. */
async function play({ name, play }, parts) {
  const stage = await makeStage({ ...parts, name });
  Object.assign(parts.desk, { reports: [], requests: [], amended: [], receipts: {}, next: null, knowsPage: true });
  let timer;
  try {
    await Promise.race([
      play(stage),
      new Promise((_, fail) => (timer = setTimeout(() => fail(new Error("took too long")), PATIENCE_MS))),
    ]);
    if (stage.problems.length) throw new Error("The page was disturbed: " + stage.problems.join("; "));
    return null;
  } catch (error) {
    await stage.picture(RESULTS);
    return error;
  } finally {
    clearTimeout(timer);
    await stage.close();
  }
}

/** A browser on a busy machine may lose a click; waiting in vain is tried once more and said. A wrong result is not. */
function isStall(error) {
  return /took too long|Timeout \d+ms exceeded/.test(error?.message ?? "");
}

/** The table of docs/browsers.md, between its two marks, from the results of the last runs of both engines. */
async function writeTable() {
  const engines = [];
  for (const file of ["reporter-browsers.json", "reporter-firefox.json"]) {
    const results = await readFile(new URL(file, RESULTS), "utf8").then(JSON.parse, () => []);
    if (results.length) engines.push({ name: results[0].engine.replace(/\..*/, ""), results });
  }
  const rows = engines[0].results.map(({ scenario, topic }) => {
    const outcomes = engines.map(({ results }) => {
      const found = results.find((result) => result.scenario === scenario);
      return found ? (found.ok ? "ok" : "**fails**") : "not run";
    });
    const text = scenario.replaceAll("|", "\\|").replaceAll("<", "`<").replaceAll(">", ">`");
    return `| ${[topic, text, ...outcomes].join(" | ")} |`;
  });
  const head = ["topic", "scenario", ...engines.map(({ name }) => name)];
  const table = [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...rows].join("\n");
  const page = await readFile(PAGE, "utf8");
  await writeFile(PAGE, page.replace(/(<!-- made by [^\n]*-->\n)[^]*(<!-- end -->)/, (_, start, end) => start + table + "\n" + end));
}

async function main() {
  const documenting = process.argv.includes("--document");
  const isFirefox = process.argv.includes("--firefox");
  const wanted = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "";
  const [browser, publisher, desk] = await Promise.all([isFirefox ? launchFirefox() : launchChromium(), startPublisher(), startDesk()]);
  const results = [];
  for (const scenario of await readScenarios(wanted)) {
    if (isFirefox && NOT_IN_FIREFOX.test(scenario.name)) continue;
    const start = Date.now();
    const parts = { browser, publisher, desk };
    let error = await play(scenario, parts);
    if (isStall(error)) {
      console.log(`again  ${scenario.name}: ${error.message.split("\n")[0]}`);
      error = await play(scenario, parts);
    }
    const row = { topic: scenario.topic, scenario: scenario.name, engine: (isFirefox ? "Firefox " : "Chromium ") + browser.version(), ok: !error, ms: Date.now() - start };
    results.push(row);
    console.log(`${row.ok ? "ok    " : "FAILED"} ${row.scenario} (${row.ms} ms)${error ? "\n       " + String(error.stack).slice(0, 900) : ""}`);
  }
  await Promise.all([browser.close(), publisher.close(), desk.close()]);
  await mkdir(RESULTS, { recursive: true });
  await writeFile(new URL(isFirefox ? "reporter-firefox.json" : "reporter-browsers.json", RESULTS), JSON.stringify(results, null, 1) + "\n");
  if (documenting) await writeTable();
  const failed = results.filter(({ ok }) => !ok).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed || !results.length ? 1 : 0;
}

await main();
