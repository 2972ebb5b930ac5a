/** The desk by keyboard alone: nothing here touches a mouse. */
import { assert, openDesk } from "./desk_page.mjs";

const MOST_STEPS = 80;

/** Press Tab until `isThere(role, name)`; fails when the focus is ever nowhere or can't be seen. */
async function tabTo(page, selector) {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate((selector) => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      return { there: element.matches(selector), ring: ring || style.boxShadow !== "none", what: element.outerHTML.slice(0, 120), lost: element === document.body };
    }, selector);
    if (state.lost) continue; // the browser's own controls come between the end and the start
    assert.ok(state.ring, "the focus can't be seen on " + state.what);
    if (state.there) return;
  }
  throw new Error(`Tab never reached ${selector}`);
}

export default {
  async "sign in, open a case, resolve it, take it back, sign out"({ browser, demo }) {
    const { page, problems, close } = await openDesk(browser);
    try {
      await page.goto(new URL("sign-in", demo.url).href);
      if (!(await page.evaluate(() => document.activeElement.matches("[name=email]")))) await tabTo(page, "[name=email]");
      await page.keyboard.type(demo.email);
      await tabTo(page, "[name=password]");
      await page.keyboard.type(demo.password);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/queue/);

      await page.keyboard.press("Tab");
      assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/, "the first stop skips the menu");
      await page.keyboard.press("Enter");
      await tabTo(page, "a.case-link");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/cases\//);
      const address = page.url();

      await tabTo(page, "button[name=resolution][value=fixed]");
      await page.keyboard.press("Enter");
      await page.waitForFunction((before) => location.href !== before, address);
      await tabTo(page, "#notices button");
      assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Undo");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => /as it was before/i.test(document.querySelector("#notices")?.textContent ?? ""));

      await page.goto(address);
      assert.equal(await page.locator("button[name=resolution][value=fixed]").count(), 1, "the case is open again");
      await tabTo(page, "form[action$='/sign-out'] button");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/sign-in/);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },
};
