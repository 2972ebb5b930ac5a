/**
 * Runs the reader's scenarios in a real Chromium: one line each, non-zero exit when one fails.
 * `npm run test:browser -- words` runs those whose name has "words"; `-- --document` also writes the table of
 * docs/browsers.md. Results go to tests/results/reporter-browsers.json.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { launchChromium } from "./browser.mjs";
import { startDesk, startPublisher } from "./servers.mjs";
import { makeStage } from "./stage.mjs";

const FOLDER = new URL("./", import.meta.url);
const RESULTS = new URL("../../results/", import.meta.url);
const PAGE = new URL("../../../docs/browsers.md", import.meta.url);
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
  Object.assign(parts.desk, { reports: [], requests: [], receipts: {}, next: null, knowsPage: true });
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

/** The table of docs/browsers.md, between its two marks. */
async function document(results) {
  const engine = results[0].engine.replace(/\..*/, "");
  const rows = results.map(({ scenario, topic, ok }) => `| ${topic} | ${scenario.replaceAll("|", "\\|").replaceAll("<", "`<").replaceAll(">", ">`")} | ${ok ? "ok" : "**fails**"} |`);
  const table = [`| topic | scenario | ${engine} |`, "| --- | --- | --- |", ...rows].join("\n");
  const page = await readFile(PAGE, "utf8");
  await writeFile(PAGE, page.replace(/(<!-- made by [^\n]*-->\n)[^]*(<!-- end -->)/, (_, start, end) => start + table + "\n" + end));
}

async function main() {
  const documenting = process.argv.includes("--document");
  const wanted = documenting ? "" : process.argv[2] ?? "";
  const [browser, publisher, desk] = await Promise.all([launchChromium(), startPublisher(), startDesk()]);
  const results = [];
  for (const scenario of await readScenarios(wanted)) {
    const start = Date.now();
    const error = await play(scenario, { browser, publisher, desk });
    const row = { topic: scenario.topic, scenario: scenario.name, engine: "Chromium " + browser.version(), ok: !error, ms: Date.now() - start };
    results.push(row);
    console.log(`${row.ok ? "ok    " : "FAILED"} ${row.scenario} (${row.ms} ms)${error ? "\n       " + String(error.stack).slice(0, 900) : ""}`);
  }
  await Promise.all([browser.close(), publisher.close(), desk.close()]);
  await mkdir(RESULTS, { recursive: true });
  await writeFile(new URL("reporter-browsers.json", RESULTS), JSON.stringify(results, null, 1) + "\n");
  if (documenting) await document(results);
  const failed = results.filter(({ ok }) => !ok).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed || !results.length ? 1 : 0;
}

await main();
