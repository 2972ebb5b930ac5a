/** What a scenario gets: a fresh page of the publisher with the snippet on it, and hands to act as a reader. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** SHA-256: what Firefox says of the integrity of a file whose download a reload has broken off. */
const HASH_OF_NOTHING = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

export const strict = (desk) => `default-src 'none'; script-src ${desk}; connect-src ${desk}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'`;

export function html(body, { desk, attributes = "", lang = "en", head = "", title = "A page", site = "daily-planet" }) {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>${head}
<script async src="${desk}static/js/typo-reports.js" data-site="${site}" ${attributes}></script></head><body>${body}</body></html>`;
}

export async function makeStage({ browser, publisher, desk, name, site }) {
  const isFirefox = browser.browserType().name() === "firefox";
  if (browser.servers) browser.servers = [desk, publisher];
  const ownIcon = isFirefox || browser.servers ? "; img-src 'self'" : ""; // Firefox and WebKit ask for the page's icon by themselves
  let count = 0;
  const contexts = [];
  const problems = [];

  /** Open a page with `body`; options as of html() and Playwright's context, plus `headers` and `csp` (false: none). */
  async function open(body, { context: given, path, headers = {}, csp = strict(desk.url), init, settings = {}, ...options } = {}) {
    const context = given ?? await browser.newContext({ viewport: isFirefox ? null : { width: 900, height: 700 }, ...settings });
    if (!given) contexts.push(context);
    const page = await context.newPage();
    page.on("console", (message) => problems.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => error.message.includes(HASH_OF_NOTHING) || problems.push("page error: " + error.message));
    page.on("dialog", (dialog) => {
      problems.push("alert: " + dialog.message());
      dialog.dismiss();
    });
    await page.addInitScript(() => {
      window.heard = [];
      for (const event of ["open", "sent", "queued", "refused"]) {
        document.addEventListener("typo-reports:" + event, ({ detail }) => heard.push([event, detail]));
      }
      document.addEventListener("securitypolicyviolation", (e) => heard.push(["violation", e.violatedDirective + " " + e.blockedURI]));
    });
    if (init) await page.addInitScript(init);
    const at = path ?? `/${name.replace(/\W+/g, "-")}-${++count}`;
    publisher.show(at.split("?")[0], html(body, { desk: desk.url, site, ...options }), { ...(csp ? { "Content-Security-Policy": csp + ownIcon } : {}), ...headers }, () => page.scripts);
    await page.goto(new URL(at, publisher.url).href);
    await page.waitForFunction(() => document[Symbol.for("typo-reports")] && document.readyState === "complete");
    return page;
  }

  /** Hear what the pages of a driver that tells nothing by itself have said. */
  async function listen() {
    for (const page of contexts.flatMap((context) => context.pages())) await page.tell?.();
  }

  /** Keep what the pages looked like when a scenario failed. */
  async function picture(folder) {
    for (const [index, page] of contexts.flatMap((context) => context.pages()).entries()) {
      const path = fileURLToPath(new URL(`${name.replace(/\W+/g, "-")}-${index}.png`, folder));
      await page.screenshot({ path, timeout: 3000 }).catch(() => {});
    }
  }

  async function close() {
    for (const context of contexts) await context.close();
  }

  return { open, close, listen, picture, desk, publisher, browser, problems };
}

/** Select by the text of one element: select(page, "p", "anotation") or with a nth occurrence; whole element without text. */
export function select(page, css, text, nth = 0, backward = false) {
  return page.evaluate(([css, text, nth, backward]) => {
    const element = document.querySelector(css);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let all = "";
    const nodes = [];
    while (walker.nextNode()) {
      nodes.push([walker.currentNode, all.length]);
      all += walker.currentNode.data;
    }
    let from = -1;
    for (let i = 0; i <= nth; i++) from = all.indexOf(text ?? all, from + 1);
    const place = (at, closing) => {
      const [node, start] = nodes.filter(([, start]) => (closing ? start < at : start <= at)).pop();
      return [node, at - start];
    };
    const start = place(from, false);
    const end = place(from + (text ?? all).length, true);
    if (backward) getSelection().setBaseAndExtent(...end, ...start);
    else getSelection().setBaseAndExtent(...start, ...end);
  }, [css, text, nth, backward]);
}

/** Press the gesture and wait for the dialog. */
export async function openDialog(page, keys = "Control+Enter") {
  await page.keyboard.press(keys);
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
}

/** The report that one Send makes. */
export async function sendAndTake(page, desk) {
  const before = desk.reports.length;
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Close" }).waitFor();
  assert.equal(desk.reports.length, before + 1, "one report reached the desk");
  return desk.reports.at(-1);
}

/** Select, report, send; gives the report. */
export async function reportOf(page, desk, ...selection) {
  await select(page, ...selection);
  await openDialog(page);
  return sendAndTake(page, desk);
}

export { assert };
