/** The desk by keyboard alone: nothing here touches a mouse. */
import { assert, openDesk, signIn } from "./desk_page.mjs";

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

/** Everything that Tab reaches within `scope`, in order; fails when something can't be seen or is passed twice. */
async function stopsOf(page, scope) {
  const stops = [];
  for (let step = 0; step < 2 * MOST_STEPS; step++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((scope) => {
      const element = document.activeElement;
      if (!element.closest(scope)) return null;
      const box = element.getBoundingClientRect();
      return { what: element.outerHTML.slice(0, 100), isShown: box.width > 0 && box.bottom > 0 && box.top < innerHeight };
    }, scope);
    if (!stop && stops.length) return stops;
    if (!stop) continue;
    assert.ok(stop.isShown, "the focus is out of sight: " + stop.what);
    stops.push(stop.what);
  }
  throw new Error("Tab never came out of " + scope);
}

export default {
  async "the page of a case: every control by Tab, a panel by the palette, typed and decided without a mouse"({ browser, demo }) {
    const { page, problems, close } = await openDesk(browser);
    try {
      await signIn(page, demo.url, demo);
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.locator("#case").waitFor();
      const stops = (await stopsOf(page, "main")).join("\n");
      for (const control of ['value="fixed"', 'value="not-an-error"', 'data-action="note"', 'data-action="answer"', 'data-action="merge"', 'data-action="snooze"', 'id="editor"', 'data-action="check"']) {
        assert.ok(stops.includes(control), `Tab never reached ${control}`);
      }
      await page.keyboard.press("Control+k");
      await page.keyboard.type("add a note");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement.id === "note");
      await page.keyboard.type("Seen by keyboard.");
      const address = page.url();
      await tabTo(page, "[data-action=merge]");
      await page.keyboard.press("w");
      await page.waitForURL((url) => url.href !== address);
      await page.keyboard.press("z");
      await page.getByText("as it was before").waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

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
