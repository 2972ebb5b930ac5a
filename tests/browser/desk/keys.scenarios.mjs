/** Single keys in the queue: each does what its button does, and can be switched off. */
import { assert, findingsOfAxe, openDesk, signIn } from "./desk_page.mjs";

const look = (page) => page.evaluate(() => ({
  rows: document.querySelectorAll(".case:not(.is-leaving)").length,
  current: document.querySelector(".case.is-current")?.dataset.case ?? null,
  notice: document.querySelector("#notices")?.textContent ?? "",
  selected: document.querySelectorAll(".case-select:checked").length,
}));

async function queue(browser, demo) {
  const desk = await openDesk(browser);
  await signIn(desk.page, demo.url, demo);
  await desk.page.locator(".case").nth(2).waitFor();
  return desk;
}

async function until(page, condition) {
  for (let step = 0; step < 100; step++) {
    const state = await look(page);
    if (condition(state)) return state;
    await page.waitForTimeout(50);
  }
  throw new Error("it never came to that: " + JSON.stringify(await look(page)));
}

export default {
  async "j, e and z: the row goes, the next is current, undo brings it back"({ browser, demo }) {
    const { page, problems, close } = await queue(browser, demo);
    try {
      await page.keyboard.press("j");
      const first = await look(page);
      assert.ok(first.current);
      await page.keyboard.press("e");
      const gone = await until(page, ({ notice }) => /resolved as fixed/.test(notice));
      assert.equal(gone.rows, first.rows - 1);
      assert.notEqual(gone.current, first.current);
      await page.keyboard.press("z");
      const back = await until(page, ({ rows }) => rows === first.rows);
      assert.equal(back.current, first.current);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "with nothing current yet, Enter opens the first case, and looking keys begin there"({ browser, demo }) {
    const { page, problems, close } = await queue(browser, demo);
    try {
      const first = await page.locator(".case").first().getAttribute("data-case");
      assert.equal((await look(page)).current, null);
      await page.keyboard.press("x");
      const selected = await look(page);
      assert.deepEqual([selected.current, selected.selected], [first, 1]);
      for (const key of ["Enter", "o"]) {
        await page.goto(new URL("queue", demo.url).href);
        await page.locator(".case").nth(2).waitFor();
        const now = await page.locator(".case").first().getAttribute("data-case");
        assert.equal((await look(page)).current, null);
        await page.keyboard.press(key);
        await page.waitForURL(`**/cases/${now}*`);
      }
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "with nothing current yet, a key that decides makes the first case current and waits for a second press"({ browser, demo }) {
    const { page, problems, close } = await queue(browser, demo);
    try {
      for (const key of ["e", "#", "w", "!", "h", "i"]) {
        await page.reload();
        await page.locator(".case").nth(2).waitFor();
        // The worker looks at the demo's pages meanwhile, so the order changes.
        const first = await page.locator(".case").first().getAttribute("data-case");
        const before = await look(page);
        const sent = [];
        page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
        await page.keyboard.press(key);
        const after = await until(page, ({ current }) => current);
        assert.deepEqual([after.current, after.rows, after.notice, sent], [first, before.rows, before.notice, []], key);
        assert.ok(await page.evaluate(() => document.activeElement.matches(".case.is-current .case-link")));
      }
      await page.keyboard.press("e");
      await until(page, ({ notice }) => /resolved as fixed/.test(notice));
      await page.keyboard.press("z");
      await until(page, ({ notice }) => /as it was before/.test(notice));
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "Enter in a field, on a link, a button or the box for all stays the browser's"({ browser, demo }) {
    const { page, problems, close } = await queue(browser, demo);
    try {
      const rows = (await look(page)).rows;
      const sent = [];
      page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
      await page.locator("#content").getByText("Decide on many at once").press("Enter");
      await page.locator("#all").waitFor();
      await page.locator("#all").press("Enter");
      await page.locator(".case-select").first().press("Enter");
      await page.waitForTimeout(300);
      assert.deepEqual([sent, (await look(page)).rows, new URL(page.url()).pathname], [[], rows, "/queue"]);
      await page.locator(".places a[href$='/stats']").press("Enter");
      await page.waitForURL(/\/stats/);
      await page.goBack();
      await page.locator("#q").fill("nothing of the kind");
      await page.locator("#q").press("Enter");
      await page.waitForURL(/q=nothing/);
      await page.goto(new URL("queue", demo.url).href);
      await page.keyboard.press("j");
      await page.locator(".case.is-current button[value=fixed]").press("Enter");
      await until(page, ({ notice }) => /resolved as fixed/.test(notice));
      await page.keyboard.press("z");
      await until(page, ({ notice }) => /as it was before/.test(notice));
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "a refusal brings the row back with a word"({ browser, demo }) {
    const { page, close } = await queue(browser, demo);
    try {
      await page.route("**/resolve", (route) => route.abort());
      await page.keyboard.press("j");
      const before = await look(page);
      await page.keyboard.press("w");
      const after = await until(page, ({ notice }) => /Nothing was changed/.test(notice));
      assert.deepEqual([after.rows, after.current], [before.rows, before.current]);
    } finally {
      await close();
    }
  },

  async "x and Shift J select; the palette finds actions by name and is sound"({ browser, demo }) {
    const { page, problems, close } = await queue(browser, demo);
    try {
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await page.keyboard.press("Shift+J");
      assert.equal((await look(page)).selected, 2);
      await page.keyboard.press("Control+k");
      await page.locator("dialog#keys[open]").waitFor();
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.keyboard.type("history of nothing");
      assert.equal(await page.locator("#keys li:visible").count(), 0);
      await page.locator("#keys-filter").fill("what i did");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/history/);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "switched off, single keys do nothing, and that is remembered"({ browser, demo }) {
    const { page, close } = await queue(browser, demo);
    try {
      await page.keyboard.press("?");
      await page.getByLabel("Single keys act").uncheck();
      await page.keyboard.press("Escape");
      await page.reload();
      await page.locator(".case").first().waitFor();
      const before = await look(page);
      for (const key of ["j", "e", "x", "?"]) await page.keyboard.press(key);
      await page.waitForTimeout(200);
      assert.deepEqual(await look(page), before);
    } finally {
      await close();
    }
  },

  async "keys stay silent while somebody types"({ browser, demo }) {
    const { page, close } = await queue(browser, demo);
    try {
      const before = await look(page);
      await page.keyboard.press("/");
      await page.keyboard.type("jewel#!");
      assert.equal(await page.locator("#q").inputValue(), "jewel#!");
      assert.deepEqual(await look(page), before);
    } finally {
      await close();
    }
  },
};
