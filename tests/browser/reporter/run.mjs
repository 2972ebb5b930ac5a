/**
 * Runs the reader's scenarios in real browsers: one line each, non-zero exit when one fails.
 * `npm run test:browser` runs them in Chromium, `-- --firefox` in a stock Firefox, `-- --webkit` in WebKitGTK; `-- "words" "others"` only those whose name
 * has one of them. The last result of each scenario stays in tests/results/reporter-ENGINE.json. `-- --document` then writes the
 * table of docs/browsers.md from the results of all engines; `-- --check-document` runs nothing and says whether the
 * table names exactly the scenarios that exist.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { DARK, FORCED_COLOURS, launchChromium, launchFirefox } from "./browser.mjs";
import { PROTOTYPE_PATH } from "./libraries.scenarios.mjs";
import { readScenarios } from "./scenarios.mjs";
import { startDesk, startPublisher } from "./servers.mjs";
import { makeStage } from "./stage.mjs";
import { missingFrom, resultsOf, writeTable } from "./table.mjs";
import { launchWebKit } from "./webkit/browser.mjs";

const RESULTS = new URL("../../results/", import.meta.url);
/** Without the library its scenario is not run; where CI is set that is a failure of the scenario itself. */
const lacks = (name) => /^a page with Prototype itself/.test(name) && !process.env.CI && !existsSync(PROTOTYPE_PATH) && "Prototype is missing";
const PATIENCE_MS = 60_000; // WebKit starts anew for each context, which takes seconds on a busy machine
const ENGINES = {
  chromium: { title: "Chromium", launch: launchChromium, cannot: [] },
  firefox: {
    title: "Firefox", launch: launchFirefox,
    launchOthers: [
      [/^touch:/, () => launchFirefox({ touch: true })],
      [/^forced colours/, () => launchFirefox({ preferences: FORCED_COLOURS })],
      [/^a dark page setting/, () => launchFirefox({ preferences: DARK })],
    ],
    cannot: [
      [/restored by back/, "the driver loses a page that comes back from the cache"],
      [/^does not move/, "it counts no layout shifts"],
      [/^a triple click/, "the driver's clicks all count as single ones"],
    ],
  },
  webkit: {
    title: "WebKitGTK", launch: launchWebKit, launchOthers: [[/^a dark page setting/, () => launchWebKit({ dark: true })]],
    cannot: [
      [/^touch:/, "the driver has no touch screen"],
      [/^forced colours/, "it knows no forced colours"],
      [/^does not move/, "it counts no layout shifts"],
      [/^script blocked or off/, "the driver can't switch scripts off"],
      [/^a browser without modulepreload/, "there a fetch takes the place of the tag"],
      [/breaks Array\.prototype|Prototype's habits/, "the driver's own scripts run into what the page has changed"],
    ],
  },
};

/** The browsers of one engine, started when first needed, and again when one was lost. */
function browsersOf({ launch, launchOthers = [] }) {
  const running = new Map();
  return {
    async for({ name }) {
      const [, start] = launchOthers.find(([pattern]) => pattern.test(name)) ?? [null, launch];
      if (!running.get(start)?.isConnected()) running.set(start, await start());
      return running.get(start);
    },
    close: () => Promise.all([...running.values()].map((browser) => browser.close())),
  };
}

/** Play one scenario on a stage of its own. Gives null or the error. */
async function play({ name, play }, parts) {
  const stage = await makeStage({ ...parts, name });
  Object.assign(parts.desk, { reports: [], requests: [], amended: [], receipts: {}, next: null, words: null, knowsPage: true });
  let timer;
  try {
    await Promise.race([
      play(stage).then(stage.listen),
      new Promise((_, fail) => (timer = setTimeout(() => fail(new Error("took too long")), PATIENCE_MS))),
    ]);
    if (stage.problems.length) throw new Error("The page was disturbed: " + stage.problems.join("; "));
    return null;
  } catch (error) {
    await stage.picture(RESULTS);
    return error;
  } finally {
    clearTimeout(timer);
    await stage.close().catch((error) => parts.browser.isConnected() && Promise.reject(error));
  }
}

/**
 * A browser on a busy machine may lose a click, or be lost itself: waiting in vain and a browser that is gone are
 * tried once more and said. A wrong result is not.
 */
function isStall(error, browser) {
  return error && (!browser.isConnected() || /took too long|Timeout \d+ms exceeded/.test(error.message));
}

async function playTwiceIfStalled(scenario, browsers, parts) {
  const browser = await browsers.for(scenario);
  const error = await play(scenario, { ...parts, browser });
  if (!isStall(error, browser)) return error;
  console.log(`again  ${scenario.name}: ${browser.isConnected() ? error.message.split("\n")[0] : "the browser is gone"}`);
  return play(scenario, { ...parts, browser: await browsers.for(scenario) });
}

/** Run `scenarios` in one engine; gives a row for each. */
async function runIn(engine, scenarios) {
  const browsers = browsersOf(engine);
  const [publisher, desk] = await Promise.all([startPublisher(), startDesk()]);
  const results = [];
  const version = scenarios.length ? (await browsers.for(scenarios[0])).version() : "";
  for (const scenario of scenarios) {
    const row = { topic: scenario.topic, scenario: scenario.name, engine: `${engine.title} ${version}` };
    results.push(row);
    row.skipped = engine.cannot.find(([pattern]) => pattern.test(scenario.name))?.[1] || lacks(scenario.name);
    if (row.skipped) {
      console.log(`not run ${row.scenario}: ${row.skipped}`);
      continue;
    }
    const start = Date.now();
    const error = await playTwiceIfStalled(scenario, browsers, { publisher, desk });
    Object.assign(row, { ok: !error, ms: Date.now() - start });
    console.log(`${row.ok ? "ok    " : "FAILED"} ${row.scenario} (${row.ms} ms)${error ? "\n       " + String(error.stack).slice(0, 900) : ""}`);
  }
  await Promise.all([browsers.close(), publisher.close(), desk.close()]);
  return results;
}

/** Print what is out of step; gives whether nothing is. */
async function checkDocument() {
  const lines = await missingFrom(await readScenarios());
  for (const line of lines) console.log(line);
  if (lines.length) console.log("Run `npm run test:browser -- --document`, and the same with --firefox.");
  return !lines.length;
}

/** Keep the last result of each scenario: a run of some leaves those of the others, if the engine is the same. */
async function keepResults(engine, results) {
  const before = await readFile(resultsOf(engine), "utf8").then(JSON.parse, () => []);
  const again = new Set(results.map(({ scenario }) => scenario));
  const kept = before.filter((row) => row.engine === results[0]?.engine && !again.has(row.scenario));
  await writeFile(resultsOf(engine), JSON.stringify([...kept, ...results], null, 1) + "\n");
}

async function main() {
  const options = new Set(process.argv.slice(2).filter((word) => word.startsWith("--")));
  if (options.has("--check-document")) return checkDocument();
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const engine = Object.keys(ENGINES).find((name) => options.has("--" + name)) ?? "chromium";
  const scenarios = await readScenarios(wanted);
  const results = await runIn(ENGINES[engine], scenarios);
  await mkdir(RESULTS, { recursive: true });
  if (results.length) await keepResults(engine, results);
  if (options.has("--document")) await writeTable(await readScenarios(), Object.keys(ENGINES));
  const count = { failed: results.filter(({ ok }) => ok === false).length, passed: results.filter(({ ok }) => ok).length };
  console.log(`${results[0]?.engine ?? "Nothing"}: ${count.passed} passed, ${count.failed} failed, ${results.length - count.passed - count.failed} not run`);
  return !count.failed && count.passed > 0;
}

// Playwright would close the browsers and stay; the runner would start them again.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
process.exitCode = (await main()) ? 0 : 1;
