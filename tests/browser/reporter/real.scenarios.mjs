/**
 * The main flow against a running desk: DESK_URL (with a slash at its end), with the site DESK_SITE (daily-planet)
 * open to http://127.0.0.1:PUBLISHER_PORT (8791). Without DESK_URL these scenarios do not exist.
 */
import { startPublisher } from "./servers.mjs";
import { assert, makeStage, openDialog, select } from "./stage.mjs";

const url = process.env.DESK_URL;
const PAGE = `<article><h1>Harbour</h1><p id="a">By dawn the trawlers had allready left the harbour, and only gulls remained. Run ${Date.now()}.</p></article>`;

async function play(stage) {
  const path = "/harbour-" + Date.now(); // a page that the desk has never heard of
  const publisher = await startPublisher(Number(process.env.PUBLISHER_PORT ?? 8791));
  const real = await makeStage({ ...stage, publisher, desk: { url }, name: "real", site: process.env.DESK_SITE });
  try {
    const answers = [];
    for (const reader of [1, 2, 3]) {
      const page = await real.open(PAGE, { path });
      page.on("response", async (response) => response.url().endsWith("/api/v1/reports") && response.request().method() === "POST" &&
        answers.push([response.status(), await response.json()]));
      await select(page, "#a", "allready");
      const dialog = await openDialog(page);
      await page.keyboard.type("already");
      await dialog.getByRole("button", { name: "Send" }).click();
      await dialog.getByText(["Your report has reached the editors", "Another reader saw it too", "2 other readers saw it too"][reader - 1]).waitFor();
      assert.deepEqual(await page.evaluate(() => heard.filter(([name]) => name === "violation")), []);
      await page.waitForTimeout(100);
    }
    const page = await real.open(PAGE, { path }); // a fourth reader has second thoughts
    await select(page, "#a", "allready");
    const dialog = await openDialog(page);
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByRole("button", { name: "Change" }).click();
    await dialog.getByLabel("Comment").fill("one l");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText("Your report has been changed.").waitFor();
    await dialog.getByRole("button", { name: "Withdraw" }).click();
    await dialog.getByText("Your report has been withdrawn.").waitFor();
    assert.deepEqual(answers.map(([status, { outcome, readers }]) => [status, outcome, readers]), [[201, "received", 1], [201, "known", 2], [201, "known", 3]]);
    assert.deepEqual(real.problems, []);
  } finally {
    await real.close();
    await publisher.close();
  }
}

export default url ? { "readers report one error to a real desk, are told the truth, and may think again": play } : {};
