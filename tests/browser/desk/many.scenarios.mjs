/** "All that match" with a script: how many, how far, done, and one Undo for all. */
import { assert, findingsOfAxe, openDesk, signIn } from "./desk_page.mjs";

export default {
  async "all that match are counted, worked through with progress, and taken back together"({ browser, demo }) {
    const { page, problems, close } = await openDesk(browser);
    try {
      await signIn(page, demo.url, demo);
      await page.goto(new URL("queue?assignee=none", demo.url).href);
      const count = Number(await page.locator("[data-count='open']").first().textContent());
      await page.locator("#content").getByText("Decide on many at once").click();
      await page.getByLabel(/All that match/).check();
      await page.waitForFunction((count) => document.getElementById("all-count").textContent === `(${count})`, count);
      await page.route("**/queue/many", async (route) => {
        await new Promise((wake) => setTimeout(wake, 1000));
        await route.continue();
      });
      await page.getByRole("button", { name: "Assign" }).click();
      await page.getByText(`Cases done: 0 of ${count}.`).waitFor();
      assert.ok(await page.getByRole("button", { name: "Stop" }).isVisible());
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.getByText(`${count} cases are done.`).last().waitFor();
      await page.getByText("Nothing matches").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText(`${count} cases are as before.`).waitFor();
      await page.locator(".case").nth(2).waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },
};
