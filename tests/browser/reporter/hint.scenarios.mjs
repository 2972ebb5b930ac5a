/** The sentence that tells readers how, the way without a selection, and the button on touch screens. */
import { assert, openDialog, select, sendAndTake } from "./stage.mjs";

const PAGE = `<article><p id="a">A reader selects a typo ('anotation') in a web page.</p></article><footer>End</footer>`;
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

export default {
  async "stands at the end of the article"({ open }) {
    const page = await open(PAGE);
    await page.getByText("If you have found a spelling error, please notify us by selecting that text and pressing Ctrl+Enter.").waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("article").lastElementChild.localName), "typo-reports-hint");
  },

  async "fills the publisher's own element, and says Command Return on a Mac"({ open }) {
    const mac = { userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36" };
    const page = await open(PAGE + `<p id=tip>Write to <a href="mailto:desk@example.org">us</a>.</p>`, { attributes: `data-hint="#tip"`, settings: mac });
    await page.getByText("pressing ⌘ Return.").waitFor();
    assert.equal(await page.locator("#tip kbd").textContent(), "⌘ Return");
    assert.equal(await page.locator("typo-reports-hint").count(), 0);
  },

  async "is absent when switched off"({ open, desk }) {
    const page = await open(PAGE, { attributes: `data-hint="off"` });
    await page.waitForTimeout(300);
    assert.equal(await page.getByText("If you have found").count(), 0);
    assert.equal(desk.requests.length, 1);
  },

  async "does not move what the reader sees"({ open }) {
    const page = await open(`<article>${"<p>Some text of a long article.</p>".repeat(60)}</article><footer>End</footer>`, {
      init: () => {
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value))).observe({ type: "layout-shift", buffered: true });
      },
    });
    for (let i = 0; i < 20; i++) {
      await page.mouse.wheel(0, 150);
      await page.waitForTimeout(30);
    }
    await page.getByText("If you have found").waitFor();
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => shift), 0);
  },

  async "its button reports a paragraph without any selection, by keyboard alone"({ open, desk }) {
    const page = await open(PAGE);
    await page.getByRole("button", { name: "Report an error" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    assert.equal(await dialog.locator("mark").textContent(), "A reader selects a typo ('anotation') in a web page.");
    assert.equal((await sendAndTake(page, desk)).target.selector.end, 52);
  },

  async "touch: a selection shows the button, which opens only when tapped"({ open, desk }) {
    const page = await open(PAGE, { attributes: `data-hint="off"`, settings: PHONE });
    await select(page, "#a", "anotation");
    const button = page.getByRole("button", { name: "Report an error" });
    await button.waitFor();
    await page.waitForTimeout(200);
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.equal(await page.evaluate(() => getSelection().toString()), "anotation");
    await button.tap();
    await page.getByRole("dialog").waitFor();
    assert.equal(await page.getByRole("dialog").locator("mark").textContent(), "anotation");
    assert.equal(await page.getByRole("dialog").evaluate((dialog) => dialog.getRootNode().activeElement.localName), "h2", "no keyboard covers the passage");
    assert.equal(await page.getByRole("dialog").locator("kbd").isVisible(), false, "nobody presses keys there");
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "anotation");
  },

  async "touch: dismissed for the visit, gone without a selection, absent when switched off"({ open }) {
    const page = await open(PAGE, { attributes: `data-hint="off"`, settings: PHONE });
    const button = page.getByRole("button", { name: "Report an error" });
    await select(page, "#a", "anotation");
    await button.waitFor();
    await page.evaluate(() => getSelection().removeAllRanges());
    await button.waitFor({ state: "detached" });
    await select(page, "#a", "reader");
    await page.getByRole("button", { name: "Close" }).tap();
    await select(page, "#a", "typo");
    await page.waitForTimeout(200);
    assert.equal(await button.count(), 0);
    const off = await open(PAGE, { attributes: `data-hint="off" data-touch="off"`, settings: PHONE });
    await select(off, "#a", "anotation");
    await off.waitForTimeout(400);
    assert.equal(await off.getByRole("button", { name: "Report an error" }).count(), 0);
  },

  async "no button on a screen with a mouse"({ open }) {
    const page = await open(PAGE, { attributes: `data-hint="off"` });
    await select(page, "#a", "anotation");
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("button", { name: "Report an error" }).count(), 0);
    await openDialog(page);
  },
};
