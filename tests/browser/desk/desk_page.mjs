/** A page of the desk as an editor has it, that remembers everything that went wrong on it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const AXE = await readFile(new URL("../../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Open a page in a context of its own. `problems` fills with errors, CSP violations and alerts. */
export async function openDesk(browser, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...settings });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    // The browser reports the pages that we ask for although they do not exist.
    if (message.type() === "error" && !/status of 404/.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => {
    problems.push("alert: " + dialog.message());
    dialog.dismiss();
  });
  await page.exposeFunction("rememberViolation", (words) => problems.push("CSP: " + words));
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) =>
    window.rememberViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`)));
  return { page, problems, close: () => context.close() };
}

export async function signIn(page, url, { email, password }) {
  await page.goto(new URL("sign-in", url).href);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/queue/);
}

/** What axe finds on the page as it stands: one line for each element. */
export async function findingsOfAxe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), WCAG);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`));
}

/** How many CSS pixels of the page stick out to the right: none, or people scroll in two directions. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

export { assert };
