/** Two editors at one desk, each in a browser of their own. */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";

const SECOND = { email: "second@planet.example", password: "another long password here" };
let isThere = false;

/** Two desks on the demo; the second editor is made by the command line. */
async function twoDesks(browser, demo, settings) {
  if (!isThere) {
    await demo.run(["editor", "add", SECOND.email, "--name", "Second", "--role", "admin", "--password-stdin"], SECOND.password + "\n");
    isThere = true;
  }
  const first = await openDesk(browser, settings);
  const second = await openDesk(browser, settings);
  await signIn(first.page, demo.url, demo);
  await signIn(second.page, demo.url, SECOND);
  return { first, second, close: () => Promise.all([first.close(), second.close()]) };
}

export default {
  async "who opens a case is seen on it by the other, live, and not any more when they go"({ browser, demo }) {
    const { first, second, close } = await twoDesks(browser, demo);
    try {
      await second.page.locator(".case-link").first().click();
      await second.page.getByText("You are on this case.").waitFor();
      const id = await second.page.locator("#case").getAttribute("data-case");
      const tag = first.page.locator(`#case-${id} [data-on-it]`);
      await tag.getByText("Second").waitFor({ timeout: 25_000 });
      assert.deepEqual(await findingsOfAxe(first.page), []);
      await first.page.goto(new URL(`cases/${id}`, demo.url).href);
      await first.page.getByText("Second is on it.").waitFor();
      assert.deepEqual(await findingsOfAxe(first.page), []);
      await second.page.goto(new URL("queue", demo.url).href);
      await first.page.getByText("You are on this case.").waitFor({ timeout: 25_000 });
      assert.deepEqual([...first.problems, ...second.problems], []);
    } finally {
      await close();
    }
  },

  async "n leads each of two editors to a case of their own"({ browser, demo }) {
    const { first, second, close } = await twoDesks(browser, demo);
    try {
      await first.page.keyboard.press("n");
      await first.page.locator("#case").waitFor();
      await second.page.keyboard.press("n");
      await second.page.locator("#case").waitFor();
      const ids = await Promise.all([first, second].map(({ page }) => page.locator("#case").getAttribute("data-case")));
      assert.notEqual(ids[0], ids[1]);
      assert.deepEqual([...first.problems, ...second.problems], []);
    } finally {
      await close();
    }
  },

  async "a case that a colleague decided meanwhile says so, and their decision stands"({ browser, demo }) {
    const { first, second, close } = await twoDesks(browser, demo);
    try {
      await first.page.keyboard.press("n");
      await first.page.getByText("You are on this case.").waitFor();
      const address = first.page.url();
      await second.page.goto(address);
      await second.page.getByRole("button", { name: "Won’t fix" }).first().click();
      await second.page.waitForURL((url) => url.href !== address);
      await first.page.getByText("This case was decided meanwhile.").waitFor({ timeout: 25_000 });
      assert.deepEqual(await findingsOfAxe(first.page), []);
      await first.page.keyboard.press("e");
      await first.page.getByText(/was faster: the case is resolved/).waitFor();
    } finally {
      await close();
    }
  },

  async "views and keys: saved, used and changed on a phone as well, without a finding of axe"({ browser, demo }) {
    const desk = await openDesk(browser, { viewport: { width: 320, height: 640 } });
    const { page, problems } = desk;
    try {
      await signIn(page, demo.url, demo);
      await page.goto(new URL("queue?correction=yes&group=page", demo.url).href);
      await page.locator("#content").getByText("Save this view").click();
      await page.getByLabel("Name", { exact: true }).fill("With a correction");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("link", { name: /With a correction/ }).waitFor();
      for (const path of ["queue?correction=yes&group=page", "views", "settings/keys"]) {
        await page.goto(new URL(path, demo.url).href);
        assert.deepEqual(await findingsOfAxe(page), [], path);
        assert.equal(await overflow(page), 0, path);
      }
      await page.getByLabel("Next case", { exact: true }).fill("y");
      await page.getByRole("button", { name: "Save the keys" }).click();
      await page.getByText("These keys are yours now").waitFor();
      await page.goto(new URL("queue", demo.url).href);
      const current = () => page.locator(".case.is-current").evaluateAll((rows) => rows.map((row) => row.dataset.case));
      const before = await current(); // on a phone the first case is current, as its deeds stand under the thumb
      await page.keyboard.press("j");
      assert.deepEqual(await current(), before);
      await page.keyboard.press("y");
      await page.waitForFunction((before) => {
        const row = document.querySelector(".case.is-current");
        return row && row.dataset.case !== before;
      }, before[0]);
      await page.goto(new URL("settings/keys", demo.url).href);
      await page.getByRole("button", { name: "Back to the usual keys" }).click();
      await page.getByText("These keys are yours now").waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await desk.close();
    }
  },
};
