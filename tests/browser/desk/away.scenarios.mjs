/** When the server is away, slow, or back; and what a fresh list leaves as it was. */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";

const LOOKS = {
  light: {},
  "dark": { colorScheme: "dark" },
  "320 px": { viewport: { width: 320, height: 640 } },
};
const bar = (page) => page.locator("#connection");
const offNetwork = (problems) => problems.filter((words) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(words));

async function desk(browser, demo, settings) {
  const opened = await openDesk(browser, settings);
  await signIn(opened.page, demo.url, demo);
  await opened.page.locator(".case").nth(2).waitFor();
  return opened;
}

async function openCase(page) {
  await page.locator(".case-link").first().click();
  await page.locator("#case").waitFor();
  await page.locator("#content").getByText("Add a note for colleagues").click();
}

function away([name, settings]) {
  return async ({ browser, demo }) => {
    const { page, problems, close } = await desk(browser, demo, settings);
    try {
      await page.locator("#q").fill("half a wo");
      await page.context().setOffline(true);
      await bar(page).getByText("can’t be reached").waitFor();
      assert.deepEqual(await findingsOfAxe(page), [], name);
      assert.equal(await overflow(page), 0, name);
      await page.context().setOffline(false);
      await bar(page).getByText("The desk is back.").waitFor({ timeout: 20_000 });
      assert.deepEqual(await findingsOfAxe(page), [], name);
      assert.equal(await page.locator("#q").inputValue(), "half a wo");
      assert.deepEqual(offNetwork(problems), []);
    } finally {
      await close();
    }
  };
}

export default {
  ...Object.fromEntries(Object.entries(LOOKS).map((look) => [`the desk says that it is away and back: ${look[0]}`, away(look)])),

  async "a decision that did not arrive is offered again when the desk is back"({ browser, demo }) {
    const { page, close } = await desk(browser, demo);
    try {
      const rows = await page.locator(".case").count();
      await page.route("**/resolve", (route) => route.abort());
      await page.keyboard.press("j");
      await page.keyboard.press("e");
      await page.getByText("Nothing was changed").waitFor();
      assert.equal(await page.locator(".case:visible").count(), rows);
      await page.unroute("**/resolve");
      await page.getByRole("button", { name: "Send it now" }).click({ timeout: 20_000 });
      await page.getByText("is resolved as fixed").waitFor();
      await page.keyboard.press("z");
      await page.getByText("as it was before").waitFor();
    } finally {
      await close();
    }
  },

  async "a note that could not be sent stays, also over a reload, and is sent later"({ browser, demo }) {
    const { page, problems, close } = await desk(browser, demo);
    try {
      await openCase(page);
      await page.locator("#note").fill("Asked the author on the phone.");
      await page.context().setOffline(true);
      await bar(page).getByText("can’t be reached").waitFor();
      await page.keyboard.press("Tab");
      await page.getByRole("button", { name: "Won’t fix" }).click();
      await page.getByText("nothing was sent").waitFor();
      await page.context().setOffline(false);
      await page.getByText("can be sent now").waitFor({ timeout: 20_000 });
      const address = page.url();
      await page.reload();
      assert.equal(await page.locator("#note").inputValue(), "Asked the author on the phone.");
      assert.ok(await page.locator("#note").isVisible(), "its disclosure is open");
      await page.getByRole("button", { name: "Won’t fix" }).click();
      await page.waitForURL((url) => url.href !== address);
      await page.goto(address);
      await page.locator(".note", { hasText: "Asked the author" }).waitFor();
      assert.deepEqual(offNetwork(problems), []);
    } finally {
      await close();
    }
  },

  async "an answer that takes long is said, and the word goes with the answer"({ browser, demo }) {
    const { page, problems, close } = await desk(browser, demo);
    try {
      await page.route("**/assign", async (route) => {
        await new Promise((wake) => setTimeout(wake, 1500));
        await route.continue();
      });
      await page.keyboard.press("j");
      await page.keyboard.press("i");
      await bar(page).getByText("Working").waitFor();
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.getByText("has a new owner").waitFor();
      await page.waitForFunction(() => document.getElementById("connection").textContent === "");
      await page.keyboard.press("z");
      await page.getByText("as it was before").waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "a fresh list leaves focus, typed words, opened panels and the selection as they are"({ browser, demo }) {
    const { page, problems, close } = await desk(browser, demo);
    try {
      await page.locator(".case-select").nth(1).check();
      await page.locator(".more-deeds summary").nth(2).click();
      await page.locator("#q").fill("half a wo");
      await page.locator("#q").evaluate((field) => field.setSelectionRange(2, 4));
      const kept = await page.locator(".case").nth(1).elementHandle();
      await page.evaluate(async () => {
        const { refresh } = await import(new URL("desk/rows.js", document.querySelector("script[type=module]").src).href);
        await refresh();
      });
      const state = await page.evaluate(() => ({
        selected: document.querySelectorAll(".case-select:checked").length,
        opened: document.querySelectorAll(".more-deeds[open]").length,
        typed: document.activeElement.value,
        caret: [document.activeElement.selectionStart, document.activeElement.selectionEnd],
      }));
      assert.deepEqual(state, { selected: 1, opened: 1, typed: "half a wo", caret: [2, 4] });
      assert.ok(await kept.evaluate((row) => row.isConnected), "the row is the same element");
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },
};
