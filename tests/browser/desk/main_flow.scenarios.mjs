/**
 * The main job, end to end, on real parts: a publisher's page of another origin under the strictest policy, the
 * program itself, a reader, an editor, the digest.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startPublisher } from "../reporter/servers.mjs";
import { html, openDialog, select, strict } from "../reporter/stage.mjs";
import { assert, openDesk, signIn } from "./desk_page.mjs";

const SCREENS = fileURLToPath(new URL("../../results/screens/", import.meta.url));
const ANN = { email: "ann@planet.example", password: "three words and a half" };
const PAGE = `<article><h1>Harbour</h1>
<p id="a">By dawn the trawlers had allready left, and allready the gulls were back. Nobody had allready counted them.</p></article>`;

async function report(browser, demo, publisher) {
  const { page, problems, close } = await openDesk(browser, { viewport: { width: 900, height: 700 } });
  try {
    publisher.show("/harbour", html(PAGE, { desk: demo.url, site: "planet" }), { "Content-Security-Policy": strict(demo.url) });
    await page.goto(new URL("harbour", publisher.url).href);
    await page.waitForFunction(() => document[Symbol.for("typo-reports")] && document.readyState === "complete");
    await select(page, "#a", "allready", 1);
    const dialog = await openDialog(page);
    await dialog.getByText("The following text will be sent to our editors:").waitFor();
    await dialog.getByLabel("Correct spelling").fill("already");
    await dialog.getByLabel("Comment").fill("One l. <b>Not</b> markup.");
    await page.screenshot({ path: SCREENS + "dialog.png" });
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith("/api/v1/reports")),
      dialog.getByRole("button", { name: "Send" }).click(),
    ]);
    assert.equal(answer.status(), 201);
    await dialog.getByText("Thank you", { exact: false }).first().waitFor();
    assert.deepEqual(problems, []);
    return await answer.json();
  } finally {
    await close();
  }
}

async function review(browser, demo, sent) {
  const { page, problems, close } = await openDesk(browser);
  try {
    await signIn(page, demo.url, demo);
    const row = page.locator(`#case-${sent.case}`);
    await row.waitFor();
    await page.screenshot({ path: SCREENS + "queue.png" });
    await row.getByRole("link").first().click();
    await page.waitForURL(new RegExp("/cases/" + sent.case));
    const paper = page.locator("blockquote.paper");
    assert.equal(await paper.locator("mark").textContent(), "allready");
    assert.match((await paper.textContent()).replace(/\s+/g, " "), /had allready left, and allready the gulls were back/);
    assert.match(await page.locator("main").textContent(), /One l\. <b>Not<\/b> markup\./);
    assert.match(await page.getByRole("link", { name: "Open at the place" }).getAttribute("href"), /\/harbour\?typo-report=[0-9a-f-]{36}#.*:~:text=/);
    await page.screenshot({ path: SCREENS + "case.png", fullPage: true });
    await page.locator(".decisions").getByRole("button", { name: "Fixed" }).click();
    await page.waitForFunction((id) => !location.pathname.endsWith(id), sent.case);
    await page.goto(new URL("cases/" + sent.case, demo.url).href);
    await page.getByRole("button", { name: "Open again" }).waitFor();
    assert.deepEqual(problems, []);
  } finally {
    await close();
  }
}

export default {
  async "a reader reports, the digest tells, an editor resolves, the reader learns of it"({ browser, demo }) {
    await mkdir(SCREENS, { recursive: true });
    const publisher = await startPublisher();
    try {
      await demo.run(["site", "add", "The Planet", "--key", "planet", "--origin", publisher.url.slice(0, -1)]);
      await demo.run(["editor", "add", ANN.email, "--site", "planet", "--password-stdin"], ANN.password + "\n");
      const sent = await report(browser, demo, publisher);
      assert.equal(sent.outcome, "received");

      const digest = await demo.run(["digest", "--dry-run", "--site", "planet"]);
      assert.match(digest, /^To: ann@planet\.example\nSubject: The Planet: 1 open case/);
      assert.match(digest, /had allready left, and \[\[allready\]\] the gulls/);

      await review(browser, { ...demo, ...ANN }, sent);
      assert.doesNotMatch(await demo.run(["digest", "--dry-run", "--site", "planet"]), /allready/);
      const receipt = await (await fetch(new URL("api/v1/receipts/" + sent.receipt.split("/").pop(), demo.url))).json();
      assert.deepEqual([receipt.status, receipt.resolution], ["resolved", "fixed"]);
    } finally {
      await publisher.close();
    }
  },
};
