/** The queue on the narrowest phone: short, and worked through with one thumb; and the same on paper. */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true };
const LOW = 640 * 0.75;

async function phone(browser, demo, settings = PHONE) {
  const desk = await openDesk(browser, settings);
  await signIn(desk.page, demo.url, demo);
  await desk.page.locator(".case").nth(2).waitFor();
  return desk;
}

export default {
  async "the current case's deeds are under the thumb, and stay there from case to case"({ browser, demo }) {
    const { page, problems, close } = await phone(browser, demo);
    try {
      await page.locator(".case.is-current").waitFor();
      const ids = [];
      for (let count = 0; count < 2; count++) {
        const button = page.locator(".case.is-current").getByRole("button", { name: "Fixed" });
        await button.waitFor();
        const box = await button.boundingBox();
        assert.ok(box.y > LOW && box.height >= 44 && box.width >= 44, JSON.stringify(box));
        ids.push(await page.locator(".case.is-current").getAttribute("data-case"));
        await button.tap();
        await page.waitForFunction((before) => document.querySelector(".case.is-current")?.dataset.case !== before, ids.at(-1));
        await page.getByText("is resolved as fixed").waitFor();
        const notice = await page.locator("#notices button").boundingBox();
        assert.ok(notice.y >= 0 && notice.y < 640, "Undo is in sight");
        assert.deepEqual(await findingsOfAxe(page), []);
        await page.getByRole("button", { name: "Undo" }).tap();
        await page.getByText("as it was before").waitFor();
        await page.locator(`.case.is-current[data-case="${ids.at(-1)}"]`).waitFor();
        await page.locator(".case.is-current").getByRole("button", { name: "Skip" }).tap();
      }
      await page.locator(".case.is-current").getByText("More", { exact: false }).first().tap();
      const panel = await page.locator(".more-deeds[open] .more-panel").boundingBox();
      assert.ok(panel.y >= 0 && panel.y + panel.height <= 640, "all of the panel is in sight");
      assert.equal(await overflow(page), 0);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "every case takes at most 200 pixels and shows its error"({ browser, demo }) {
    const { page, close } = await phone(browser, demo);
    try {
      const cases = await page.evaluate(() => [...document.querySelectorAll(".case")].map((row) => {
        const text = row.querySelector(".passage").getBoundingClientRect();
        const mark = row.querySelector("mark").getClientRects()[0];
        return { height: row.offsetHeight, isShown: mark.bottom <= text.bottom + 4, words: row.textContent.trim().slice(0, 60) };
      }));
      assert.deepEqual(cases.filter(({ height, isShown }) => height > 200 || !isShown), []);
    } finally {
      await close();
    }
  },

  async "without a script each case keeps its buttons"({ browser, demo }) {
    const { page, close } = await phone(browser, demo, { ...PHONE, javaScriptEnabled: false });
    try {
      assert.equal(await page.getByRole("button", { name: "Fixed", exact: true }).first().isVisible(), true);
      const shown = await page.locator(".case-deeds").evaluateAll((forms) => forms.filter((form) => form.offsetHeight).length);
      assert.equal(shown, await page.locator(".case").count());
    } finally {
      await close();
    }
  },

  async "on a case's page the two usual decisions are under the thumb, and hide no focus"({ browser, demo }) {
    const { page, problems, close } = await phone(browser, demo);
    try {
      await page.locator(".case-link").first().tap();
      await page.locator("#case").waitFor();
      const box = await page.getByRole("button", { name: "Fixed", exact: true }).boundingBox();
      assert.ok(box.y > LOW && box.height >= 44, JSON.stringify(box));
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press("Tab");
        const isHidden = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === document.body || element.closest(".decisions")) return false;
          return element.getBoundingClientRect().top > innerHeight - 66;
        });
        assert.ok(!isHidden, await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100)));
      }
      assert.deepEqual(await findingsOfAxe(page), []);
      assert.equal(await overflow(page), 0);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "printed, the queue is a list to tick off, without controls"({ browser, demo }) {
    const { page, close } = await phone(browser, demo, {});
    try {
      await page.emulateMedia({ media: "print" });
      await page.getByText(/^\s*Printed /).waitFor();
      const shown = await page.locator("button, input, select, nav, .masthead").evaluateAll((all) => all.filter((one) => one.offsetHeight).map((one) => one.outerHTML.slice(0, 80)));
      assert.deepEqual(shown, []);
      assert.equal(await page.locator(".case .url").first().isVisible(), true);
    } finally {
      await close();
    }
  },
};
