/**
 * Takes the pictures of README and docs from the demo, as a reader and an editor see it:
 * `node tests/browser/desk/pictures.mjs [FOLDER]`, docs/pictures unless told otherwise.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../reporter/browser.mjs";
import { openDialog, select } from "../reporter/stage.mjs";
import { openDesk, signIn } from "./desk_page.mjs";
import { startInstallation } from "./installation.mjs";

const FOLDER = process.argv[2] ?? fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));
const LIGHT = { viewport: { width: 1100, height: 760 }, colorScheme: "light" };
const DARK = { ...LIGHT, colorScheme: "dark" };
const PHONE = { viewport: { width: 320, height: 640 }, colorScheme: "light" };

const DIALOGS = [
  ["dialog", LIGHT, "a-winter-timetable-for-the-ferry", "wich", "which"],
  ["dialog-dark", DARK, "bread-before-dawn", "Febuary", "February"],
  ["dialog-phone", PHONE, "bread-before-dawn", "Febuary", "February"],
  ["dialog-rtl", LIGHT, "maktabat-al-mina", "لاكن", "لكن"],
];

async function takeDialog(browser, demo, [name, options, slug, word, correction]) {
  const { page, close } = await openDesk(browser, options);
  await page.goto(new URL("demo/" + slug, demo.url).href);
  await page.waitForFunction(() => document[Symbol.for("typo-reports")] && document.readyState === "complete");
  await page.getByText(word).first().scrollIntoViewIfNeeded();
  await select(page, "article", word, 0);
  const dialog = await openDialog(page);
  await dialog.getByRole("textbox").first().fill(correction);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(FOLDER, name + ".png") });
  await close();
}

async function takeDesk(browser, demo, suffix, options) {
  const words = demo.said.join("");
  const find = (pattern) => words.match(pattern)[1];
  const { page, close } = await openDesk(browser, options);
  await signIn(page, demo.url, { email: find(/Sign in with\s+(\S+)/), password: find(/the password\s+(\S+)/) });
  const take = (name) => page.screenshot({ path: join(FOLDER, name + suffix + ".png") });
  await take("queue");
  await page.locator("main a[href*='/cases/']").first().click();
  await page.waitForURL(/\/cases\//);
  await take("case");
  await page.goto(new URL("stats", demo.url).href);
  await take("stats");
  await close();
}

await mkdir(FOLDER, { recursive: true });
const demo = await startInstallation("demo");
const browser = await launchChromium();
try {
  for (const dialog of DIALOGS) await takeDialog(browser, demo, dialog);
  await takeDesk(browser, demo, "", LIGHT);
  await takeDesk(browser, demo, "-dark", DARK);
  await takeDesk(browser, demo, "-phone", PHONE);
} finally {
  await browser.close();
  await demo.stop();
}
