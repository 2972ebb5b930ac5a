/** Empty states of the desk, and the public page of corrections: sound in light, in dark and at 320 pixels. */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";

const LOOKS = { light: {}, dark: { colorScheme: "dark" }, "320 px": { viewport: { width: 320, height: 640 } } };
const OF_DEMO = {
  "queue?section=nothing-is-called-so": "Nothing matches",
  "queue?q=nothing-holds-this": "Nothing matches",
  "stats?from=2001-01-01&to=2001-01-03": "Nothing to show for this time.",
  views: "No views yet",
};
const OF_EMPTY = { queue: "No sites yet", sites: "No site yet", stats: "Nothing to show for this time.", history: "Nothing yet", views: "No views yet" };

async function lookAt(page, url, pages, name) {
  for (const [path, words] of Object.entries(pages)) {
    await page.goto(new URL(path, url).href);
    assert.ok((await page.locator("main").textContent()).includes(words), `${path} says nothing like “${words}”`);
    assert.deepEqual(await findingsOfAxe(page), [], `${name} ${path}`);
    assert.equal(await overflow(page), 0, `${name} ${path}`);
  }
}

function empty([name, settings]) {
  return async ({ browser, demo, empty }) => {
    for (const [desk, pages] of [[demo, OF_DEMO], [empty, OF_EMPTY]]) {
      const { page, problems, close } = await openDesk(browser, settings);
      try {
        await signIn(page, desk.url, desk);
        await lookAt(page, desk.url, pages, name);
        assert.deepEqual(problems, [], name);
      } finally {
        await close();
      }
    }
  };
}

export default {
  ...Object.fromEntries(Object.entries(LOOKS).map((look) => [`empty states are sound: ${look[0]}`, empty(look)])),

  async "the page of corrections is switched on, sound for strangers, and off again"({ browser, demo }) {
    const { page, problems, close } = await openDesk(browser);
    try {
      await signIn(page, demo.url, demo);
      await page.goto(new URL("sites", demo.url).href);
      await page.locator("main a[href*='/sites/']:not([href$='/new'])").first().click();
      await page.getByLabel("A public page of corrections").check();
      await page.locator("#openness").getByRole("button", { name: "Save" }).click();
      const address = await page.getByRole("link", { name: "what was corrected" }).getAttribute("href");
      for (const [name, settings] of Object.entries(LOOKS)) {
        const stranger = await openDesk(browser, settings);
        assert.equal((await stranger.page.goto(new URL(address, demo.url).href)).status(), 200);
        assert.deepEqual(await findingsOfAxe(stranger.page), [], name);
        assert.equal(await overflow(stranger.page), 0, name);
        assert.deepEqual(stranger.problems, [], name);
        await stranger.close();
      }
      await page.getByLabel("A public page of corrections").uncheck();
      await page.locator("#openness").getByRole("button", { name: "Save" }).click();
      await page.getByText("What was corrected is not public.").waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },
};
