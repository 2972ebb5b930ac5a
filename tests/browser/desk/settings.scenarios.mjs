/** The time zone under Settings: written, completed or chosen, with a script and without. */
import { assert, findingsOfAxe, openDesk, signIn } from "./desk_page.mjs";

const zoneField = (page) => page.getByLabel("Time zone", { exact: true });

async function saveProfile(page) {
  await page.locator("form[action$='/settings/profile'] button.primary").press("Enter");
}

export default {
  async "a time zone is completed by what the browser knows, its own first"({ browser, demo }) {
    const { page, problems, close } = await openDesk(browser, { timezoneId: "Asia/Tokyo" });
    try {
      await signIn(page, demo.url, demo);
      await page.goto(new URL("settings", demo.url).href);
      assert.equal(await page.locator("datalist").count(), 0, "nothing is made before it is needed");
      await zoneField(page).focus();
      const names = await page.locator("datalist#zones option").evaluateAll((options) => options.map((option) => option.value));
      assert.equal(names[0], "Asia/Tokyo");
      assert.ok(names.length > 300 && names.includes("Europe/Vienna") && names.includes("UTC"));
      assert.equal(new Set(names).size, names.length);
      await zoneField(page).fill("Asia/Tokyo");
      await saveProfile(page);
      await page.getByText("Saved.").waitFor();
      assert.equal(await zoneField(page).inputValue(), "Asia/Tokyo");
      await zoneField(page).fill("UTC");
      await saveProfile(page);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "of several zones one is chosen by keyboard, on a phone without a script as well, and a wrong one is told"({ browser, demo }) {
    for (const settings of [{}, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } }]) {
      const { page, close } = await openDesk(browser, settings);
      try {
        await signIn(page, demo.url, demo);
        await page.goto(new URL("settings", demo.url).href);
        const name = page.getByLabel("Name", { exact: true });
        const before = await name.inputValue();
        await name.fill(`${before} Two`);
        await zoneField(page).fill("Nowhere at all");
        await saveProfile(page);
        const error = page.locator("#time_zone-error");
        await error.getByText("Write a large city in it").waitFor();
        assert.match(await zoneField(page).getAttribute("aria-describedby"), /time_zone-error/);
        assert.deepEqual([await name.inputValue(), await zoneField(page).inputValue()], [`${before} Two`, "Nowhere at all"]);
        await zoneField(page).fill("Germany");
        await saveProfile(page);
        const group = page.getByRole("group", { name: "Time zones that fit" });
        await group.waitFor();
        if (settings.javaScriptEnabled !== false) assert.deepEqual(await findingsOfAxe(page), []);
        if (settings.viewport) assert.equal((await page.locator("html").boundingBox()).width, 320);
        await group.getByRole("radio").first().focus();
        await page.keyboard.press("Space");
        await name.fill(before);
        await name.press("Enter");
        await page.getByText("Saved.").waitFor();
        assert.equal(await zoneField(page).inputValue(), "Europe/Berlin");
        await zoneField(page).fill("utc");
        await saveProfile(page);
      } finally {
        await close();
      }
    }
  },
};
