/**
 * An editor in Chromium who clears 50 cases by keys: wall time to the visible effect of each, until the desk has answered
 * all, and requests. `node bench/desk_keys.mjs [cases]`; the desk holds four times as many made-up cases.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openDesk, signIn } from "../tests/browser/desk/desk_page.mjs";
import { startInstallation } from "../tests/browser/desk/installation.mjs";
import { launchChromium } from "../tests/browser/reporter/browser.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const EDITOR = { email: "ann@planet.example", password: "a long password for the bench" };
const LOOK_MILLISECONDS = 500;
const wanted = Number(process.argv[2] ?? 50);

async function seed(run) {
  await run(["migrate"]);
  const said = await run(["doctor"]).catch((error) => error.stdout);
  const folder = said.match(/(\/\S+) can be written/)[1];
  const code = `from bench.desk_seed import seed; from typo_reports.storage.engine import Database; seed(Database("sqlite:///${folder}/typo-reports.sqlite3"), ${wanted * 4})`;
  await promisify(execFile)(`${ROOT}.venv/bin/python`, ["-c", code], { cwd: ROOT });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await launchChromium();
const desk = await startInstallation("serve", seed);
try {
  const { page } = await openDesk(browser);
  await signIn(page, desk.url, EDITOR);
  // The script shows this button once it listens.
  await page.locator('.head-ways [data-action="help"]:not([hidden])').waitFor({ timeout: 60_000 });
  await page.keyboard.press("j");
  let requests = 0;
  let answers = 0;
  page.on("request", () => requests++);
  page.on("response", (response) => (answers += /\/resolve$/.test(response.url())));
  const seen = [];
  const started = performance.now();
  for (let number = 0; number < wanted; number++) {
    const current = await page.locator(".case.is-current").getAttribute("data-case", { timeout: 15_000 });
    const pressed = performance.now();
    await page.keyboard.press("e");
    await page.waitForFunction((id) => !document.querySelector(`.case[data-case="${id}"]:not(.is-leaving)`), current);
    seen.push(performance.now() - pressed);
    // A moment to look at the next one.
    await page.waitForTimeout(LOOK_MILLISECONDS);
  }
  while (answers < wanted) await page.waitForTimeout(20);
  const all = performance.now() - started - wanted * LOOK_MILLISECONDS;
  console.log(`${wanted} cases by keys: ${median(seen).toFixed(0)} ms (median) to the visible effect, ${(all / wanted).toFixed(0)} ms a case beside half a second of looking, ${(requests / wanted).toFixed(2)} requests a case`);
} finally {
  await desk.stop();
  await browser.close();
}
