/** Thousands of cases at once: resolved with progress, stopped, taken back with progress from the queue and the history; and what the tables say of it. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert, findingsOfAxe, openDesk, signIn } from "./desk_page.mjs";
import { startInstallation } from "./installation.mjs";

const PYTHON = fileURLToPath(new URL("../../../.venv/bin/python", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ANN = { email: "ann@planet.example", password: "a long password for the bench" };
const CASES = 3_200;
const OTHERS = 40;

async function tables(folder, ...words) {
  const { stdout } = await promisify(execFile)(PYTHON, ["-m", "tests.environment.many_cases", folder, ...words], { cwd: ROOT });
  return stdout ? JSON.parse(stdout) : null;
}

/** Keep in the page every state that the bar shows. */
function watchProgress(page) {
  return page.evaluate(() => {
    window.seen = [];
    const bar = document.getElementById("many-bar");
    const note = () => document.getElementById("many-progress").hidden || window.seen.push([bar.value, bar.max]);
    new MutationObserver(note).observe(document.getElementById("many-words"), { childList: true, characterData: true, subtree: true });
  });
}

/** Choose all that match and resolve them; once `stopAt` cases are done, stop. Gives what the bar has shown. */
async function resolveAll(page, url, stopAt = null) {
  await page.goto(new URL("queue?site=planet", url).href);
  await page.locator("#many > details > summary").click();
  await page.locator("#all").check();
  await page.waitForFunction((count) => document.getElementById("all-count").textContent === `(${count})`, CASES.toLocaleString("en"));
  await watchProgress(page);
  await page.getByRole("button", { name: "Won’t fix" }).last().click();
  if (stopAt) {
    await page.waitForFunction((least) => document.getElementById("many-bar").value >= least, stopAt);
    await page.locator("#many-stop").click();
  }
  await page.locator("#notices").getByText(/cases are done/).waitFor({ timeout: 90_000 });
  return page.evaluate(() => window.seen);
}

/** Keep what the bar of the page for taking back shows, over reloads and until it leads back. */
async function watchTakingBack(page) {
  const seen = [];
  await page.exposeFunction("seeTakingBack", (value, most) => seen.push([value, most]));
  await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => {
    const bar = document.getElementById("many-bar");
    if (!document.getElementById("taking-back")) return;
    const note = () => window.seeTakingBack(bar.value, bar.max);
    new MutationObserver(note).observe(document.getElementById("many-words"), { childList: true });
  }));
  return seen;
}

const isTakenBackTo = (page, least) => page.waitForFunction((least) => document.getElementById("many-bar")?.value >= least, least);

/** Undo by the bar above the queue; stopped, reloaded, gone on with, and reloaded while it goes on by itself. */
async function undoFromQueue(page, count) {
  const seen = page.seen;
  seen.length = 0;
  await page.locator("#notices").getByRole("button", { name: "Undo" }).click();
  await page.waitForURL(/\/batches\/.+\/undo/);
  assert.deepEqual(await findingsOfAxe(page), []);
  await isTakenBackTo(page, 400);
  await page.locator("#many-stop").click();
  await page.getByText("Stopped.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Go on", "the focus is where the work goes on");
  const stopped = await page.locator("#many-bar").evaluate((bar) => bar.value);
  assert.ok(stopped < count, `${stopped} of ${count} were taken back`);
  await page.reload();
  assert.ok(await page.getByText(`Cases taken back: ${stopped.toLocaleString("en")} of ${count.toLocaleString("en")}.`).isVisible());
  await page.getByRole("button", { name: "Go on" }).click();
  await isTakenBackTo(page, stopped + 1);
  await page.reload();
  await page.getByText(`${count.toLocaleString("en")} cases are as before.`).waitFor({ timeout: 90_000 });
  assert.equal(new URL(page.url()).pathname, "/queue", "it ends where it was begun");
  assertSteady(seen, count);
}

/** Undo from the history, in two browsers at once. */
async function undoFromHistoryTwice(browser, page, url) {
  page.seen.length = 0;
  const { page: other, close } = await openDesk(browser);
  await signIn(other, url, ANN);
  for (const one of [page, other]) await one.goto(new URL("history", url).href);
  for (const one of [page, other]) await one.getByRole("button", { name: "Undo all" }).first().click();
  for (const one of [page, other]) {
    await one.getByText(/cases are as before/).waitFor({ timeout: 90_000 });
    assert.equal(new URL(one.url()).pathname, "/history");
    assert.equal((await one.locator("#notices").textContent()).trim(), `${CASES.toLocaleString("en")} cases are as before.`);
  }
  await close();
  assertSteady(page.seen, CASES);
}

function assertSteady(seen, count = CASES) {
  const values = seen.map(([value]) => value);
  assert.deepEqual(values, [...values].sort((a, b) => a - b), "the bar only grows");
  assert.ok(values.length > 2 && seen.every(([, most]) => most === count), JSON.stringify(seen));
}

/** For the size of the desk's process, in MB. */
async function memoryOf(desk) {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(desk.processId)]);
  return Math.round(Number(stdout) / 1024);
}

export const isLong = true;

export default {
  async "3,200 cases are resolved together, stopped, taken back, and nothing is lost or doubled"({ browser }) {
    let desk;
    const { page, problems, close } = await openDesk(browser);
    try {
      desk = await startInstallation("serve", async (run, folder) => {
        await run(["migrate"]);
        await tables(folder, "seed", String(CASES));
      });
      const before = await tables(desk.folder, "state");
      assert.equal(before.standing["planet/open/"], CASES);
      assert.equal(before.standing["other/open/"], OTHERS);
      page.seen = await watchTakingBack(page);
      await signIn(page, desk.url, ANN);
      const memory = [await memoryOf(desk)];

      assertSteady(await resolveAll(page, desk.url, 1_400));
      await page.getByText("Stopped.").waitFor();
      const stopped = await tables(desk.folder, "state");
      const done = stopped.standing["planet/resolved/wont-fix"];
      assert.ok(done >= 1_400 && done < CASES, `${done} were done`);
      assert.ok((await page.locator("#notices").textContent()).includes(done.toLocaleString("en")), "the bar says what the tables say");
      await undoFromQueue(page, done);
      assert.deepEqual((await tables(desk.folder, "state")).standing, before.standing);

      let start = Date.now();
      assertSteady(await resolveAll(page, desk.url));
      const perCase = (Date.now() - start) / CASES;
      memory.push(await memoryOf(desk));
      const resolved = await tables(desk.folder, "state");
      assert.equal(resolved.standing["planet/resolved/wont-fix"], CASES);
      assert.equal(resolved.standing["planet/open/"], undefined);
      start = Date.now();
      await undoFromHistoryTwice(browser, page, desk.url);
      const perUndo = (Date.now() - start) / CASES;
      memory.push(await memoryOf(desk));

      const after = await tables(desk.folder, "state");
      console.log(`       ${perCase.toFixed(1)} ms per case, ${perUndo.toFixed(1)} ms to take it back; ${memory.join(", ")} MB`);
      assert.deepEqual(after.standing, before.standing);
      assert.deepEqual(after.kept, before.kept, "other sites and decided cases are as they were");
      assert.equal(after.reports, before.reports);
      assert.equal(after.twice, 0);
      assert.deepEqual(after.deeds.resolved, [CASES + done, CASES + done], "each deed once, each taken back");
      assert.deepEqual(after.deeds.undone[0], CASES + done);
      assert.deepEqual(problems, []);
    } finally {
      await close();
      await desk?.stop();
    }
  },
};
