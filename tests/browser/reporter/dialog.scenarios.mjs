/** The main job: select, press, see, send. */
import { readFile } from "node:fs/promises";
import { assert, openDialog, reportOf, select, sendAndTake } from "./stage.mjs";

const PAGE = `<main><article><h1>Marginalia</h1>
<p id="a">A reader selects a typo ('anotation') in a web page. Nothing else is needed.</p>
<p id="b">Second paragraph.</p></article></main>`;

/** Light letters on a dark ground; dark ones on a light ground are false. */
async function isDark(dialog) {
  const [ground, text] = await dialog.evaluate((dialog) => {
    const { backgroundColor, color } = getComputedStyle(dialog);
    return [backgroundColor, color].map((colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0));
  });
  assert.ok(Math.abs(ground - text) > 500, `${ground}, ${text}`);
  return ground < text;
}

export default {
  async "a word is reported with its correction and comment"({ open, desk }) {
    const page = await open(PAGE);
    await select(page, "#a", "anotation");
    const dialog = await openDialog(page);
    assert.equal(await dialog.getByRole("heading").textContent(), "Spelling error report");
    await dialog.getByText("The following text will be sent to our editors:").waitFor();
    assert.equal(await dialog.locator("mark").textContent(), "anotation");
    assert.equal(await dialog.locator("blockquote").textContent(), "A reader selects a typo ('anotation') in a web page.");
    assert.equal(await dialog.getByLabel("Correct spelling").inputValue(), "anotation");
    await dialog.getByLabel("Correct spelling").fill("annotation");
    assert.equal(await dialog.locator("mark ins").textContent(), "annotation");
    await dialog.getByLabel("Comment").fill("two n");
    await dialog.getByLabel("Tell me when it is fixed").fill("reader@example.org");
    const report = await sendAndTake(page, desk);
    assert.match(report.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(report.site, "daily-planet");
    assert.equal(report.suggestion, "annotation");
    assert.equal(report.comment, "two n");
    assert.equal(report.reply_to, "reader@example.org");
    assert.deepEqual(report.target.selector, {
      exact: "anotation",
      prefix: "Marginalia\nA reader selects a typo ('",
      suffix: "') in a web page. Nothing else is needed.\nSecond paragraph.",
      start: 37, end: 46,
    });
    assert.equal(report.headers.cookie, undefined);
    assert.match(await dialog.getByRole("status").textContent(), /Thank you/);
    assert.deepEqual(await page.evaluate(() => heard.map(([name]) => name)), ["open", "sent"]);
  },

  async "an unchanged correction is no suggestion"({ open, desk }) {
    const page = await open(PAGE);
    assert.equal((await reportOf(page, desk, "#a", "anotation")).suggestion, null);
  },

  async "Command and Return work as well, and Ctrl+Enter sends"({ open, desk }) {
    const page = await open(PAGE);
    await select(page, "#a", "anotation");
    await openDialog(page, "Meta+Enter");
    await page.keyboard.type("annotation");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Close" }).waitFor();
    assert.equal(desk.reports[0].suggestion, "annotation");
  },

  async "Tab reaches Send, Esc closes, focus and selection return"({ open }) {
    const page = await open(`<button id="before">x</button>` + PAGE);
    await page.focus("#before");
    await select(page, "#a", "anotation");
    await openDialog(page);
    for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "Send");
    await page.keyboard.press("Escape");
    // The browser says in a task of its own that the dialog was closed: it is gone only then.
    await page.locator("typo-reports").waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "before");
    assert.equal(await page.evaluate(() => getSelection().toString()), "anotation");
  },

  async "a cancelled draft is remembered for the visit"({ open }) {
    const page = await open(PAGE);
    await select(page, "#a", "anotation");
    const dialog = await openDialog(page);
    await dialog.getByLabel("Comment").fill("half a thought");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await openDialog(page);
    assert.equal(await dialog.getByLabel("Comment").inputValue(), "half a thought");
  },

  async "axe finds nothing in the dialog"({ open }) {
    const page = await open(PAGE, { csp: false });
    await select(page, "#a", "anotation");
    await openDialog(page);
    await page.waitForTimeout(300);
    await page.evaluate(await readFile(new URL("../../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8"));
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => id + " " + nodes[0].html), []);
  },

  async "nothing violates a strict policy with Trusted Types"({ open, desk }) {
    const page = await open(PAGE);
    await reportOf(page, desk, "#a", "anotation");
    assert.deepEqual(await page.evaluate(() => heard.filter(([name]) => name === "violation")), []);
    const colour = await page.getByRole("dialog").evaluate((dialog) => getComputedStyle(dialog).borderRadius);
    assert.equal(colour, "12px");
  },

  async "nothing violates a nonce with strict-dynamic"({ open, desk }) {
    const csp = `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${desk.url}; require-trusted-types-for 'script'`;
    const page = await open(PAGE, { csp, attributes: `nonce="abc"` });
    await reportOf(page, desk, "#a", "anotation");
    assert.deepEqual(await page.evaluate(() => heard.filter(([name]) => name === "violation")), []);
  },

  async "nothing violates a nonce alone"({ open, desk }) {
    const csp = `default-src 'none'; script-src 'nonce-abc'; connect-src ${desk.url}; require-trusted-types-for 'script'`;
    const page = await open(PAGE, { csp, attributes: `nonce="abc"` });
    await reportOf(page, desk, "#a", "anotation");
    assert.deepEqual(await page.evaluate(() => heard.filter(([name]) => name === "violation")), []);
  },

  async "320 px, and 400 % zoom: nothing is cut off, Send can be reached"({ open }) {
    for (const viewport of [{ width: 320, height: 480 }, { width: 320, height: 256 }]) {
      const page = await open(PAGE, { settings: { viewport } });
      await select(page, "#a", "anotation");
      const dialog = await openDialog(page);
      const fits = await dialog.evaluate((dialog) => {
        const { left, right, top, bottom } = dialog.getBoundingClientRect();
        return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && dialog.scrollWidth <= dialog.clientWidth;
      });
      assert.ok(fits, JSON.stringify(viewport));
      await dialog.getByRole("button", { name: "Send" }).click();
      await dialog.getByText("Thank you").waitFor();
    }
  },

  async "forced colours: every button's text differs from its ground; nothing moves for anybody"({ open }) {
    const page = await open(PAGE, { settings: { forcedColors: "active", reducedMotion: "reduce" } });
    await select(page, "#a", "anotation");
    const dialog = await openDialog(page);
    const pairs = await dialog.getByRole("button").evaluateAll((buttons) => buttons.map((button) => {
      const { color, backgroundColor } = getComputedStyle(button);
      return [button.textContent, color, backgroundColor];
    }));
    for (const [text, color, ground] of pairs) assert.notEqual(color, ground, text);
    assert.equal(await page.evaluate(() => document.getAnimations({ subtree: true }).length), 0);
  },

  async "remaining characters are said when they matter"({ open }) {
    const page = await open(PAGE);
    await select(page, "#a", "anotation");
    const dialog = await openDialog(page);
    await dialog.getByLabel("Comment").fill("x".repeat(1500));
    assert.equal(await dialog.getByText("characters left").count(), 0);
    await dialog.getByLabel("Comment").fill("x".repeat(1999));
    await dialog.getByText("1 character left").waitFor();
  },

  async "a dark page setting and a page from the right"({ open }) {
    const page = await open("<article><p id=a>עם שחר יצאו הסירות מהנמל הרטובב.</p></article>", { lang: "he", settings: { colorScheme: "dark" } });
    await select(page, "#a", "הרטובב");
    const dialog = await openDialog(page);
    assert.deepEqual(await dialog.evaluate((dialog) => [getComputedStyle(dialog).direction, dialog.lang]), ["rtl", "he"]);
    assert.equal(await isDark(dialog), true);
    for (const [theme, dark] of [["light", false], ["dark", true], ["auto", true]]) {
      const themed = await open(PAGE, { attributes: `data-theme="${theme}"`, settings: { colorScheme: "dark" } });
      await select(themed, "#a", "anotation");
      assert.equal(await isDark(await openDialog(themed)), dark, theme);
    }
  },
};
