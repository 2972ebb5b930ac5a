/** Nothing lost, nothing untrue: what happens when the desk does not simply say yes. */
import { assert, openDialog, select } from "./stage.mjs";

const PAGE = `<article><p id="a">A reader selects a typo ('anotation') in a web page.</p></article>`;
const outbox = (page) => page.evaluate(() => JSON.parse(localStorage["typo-reports"] ?? "null")?.outbox.length ?? 0);
const heard = (page) => page.evaluate(() => heard);

async function trySending(page, fill = {}) {
  await select(page, "#a", "anotation");
  const dialog = await openDialog(page);
  await dialog.getByLabel("Correct spelling").fill("annotation");
  if (fill.comment) await dialog.getByLabel("Comment").fill(fill.comment);
  await dialog.getByRole("button", { name: "Send" }).click();
  return dialog;
}

/** Failures for which the report is kept. */
const KEPT = {
  "HTTP 500": { status: 500 },
  "a connection cut off": { drop: true },
  "HTTP 503 without a time": { status: 503 },
  "a page that is not the desk's": { body: { outcome: undefined } },
};

const scenarios = {};
for (const [failure, next] of Object.entries(KEPT)) {
  scenarios[`${failure}: the reader is told, the report is kept and goes out at the next page view`] = async ({ open, desk, problems }) => {
    desk.next = next;
    const page = await open(PAGE);
    const dialog = await trySending(page);
    await dialog.getByText("is kept in this browser and will be sent by itself").waitFor();
    assert.equal(await dialog.getByText("Thank you").count(), 0);
    assert.equal(await outbox(page), 1);
    assert.deepEqual((await heard(page)).map(([name]) => name), ["open", "queued"]);
    const id = (await heard(page))[1][1].id;
    problems.length = 0; // the browser's own lines about the failed request
    desk.next = null;
    desk.reports.length = 0;
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage["typo-reports"]);
      kept.outbox[0].dueAt = 0;
      localStorage["typo-reports"] = JSON.stringify(kept);
    });
    await page.reload();
    await page.waitForFunction(() => heard.some(([name]) => name === "sent"));
    // The page that is left may have sent it at the same moment: the desk counts one id once.
    for (const report of desk.reports) assert.deepEqual([report.id, report.suggestion], [id, "annotation"]);
    assert.equal(await outbox(page), 0);
  };
}

export default {
  ...scenarios,

  async "429 with a time: the reader hears when, and nothing is sent before"({ open, desk, problems }) {
    desk.next = { status: 429, headers: { "Retry-After": "3600" }, body: { code: "too-many" } };
    const page = await open(PAGE);
    const dialog = await trySending(page);
    await dialog.getByText(/Too many reports .* will be sent after .*\d:\d\d/).waitFor();
    desk.reports.length = 0;
    await page.reload();
    await page.waitForTimeout(500);
    assert.equal(desk.reports.length, 0);
    assert.equal(await outbox(page), 1);
    problems.length = 0;
  },

  async "403: refused in words, the text stays"({ open, desk, problems }) {
    desk.next = { status: 403, body: { code: "not-here", detail: "This page does not belong to the site." } };
    const page = await open(PAGE);
    const dialog = await trySending(page, { comment: "mine" });
    await dialog.getByText("The editors could not accept this report: This page does not belong to the site.").waitFor();
    assert.equal(await dialog.getByLabel("Comment").inputValue(), "mine");
    assert.equal(await outbox(page), 0);
    assert.equal((await heard(page))[1][1].code, "not-here");
    desk.next = null;
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText("Thank you").waitFor();
    assert.equal(desk.reports[0].id, desk.reports[1].id, "the same report, tried again");
    problems.length = 0;
  },

  async "a desk that does not know this page: refused in words, not kept for ever"({ open, desk, problems }) {
    desk.knowsPage = false;
    const page = await open(PAGE);
    const dialog = await trySending(page);
    await dialog.getByText("The editors’ desk does not know this page and cannot accept reports from it.").waitFor();
    assert.equal(await outbox(page), 0);
    assert.deepEqual((await heard(page))[1][1].code, "origin-not-allowed");
    problems.length = 0; // the browser's own lines about CORS
  },

  async "offline: kept, and sent by itself when the network is back"({ open, desk, problems }) {
    const page = await open(PAGE);
    await select(page, "#a", "anotation");
    const dialog = await openDialog(page);
    await page.context().setOffline(true);
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText("is kept in this browser").waitFor();
    assert.equal((await heard(page))[1][1].code, "offline");
    await page.context().setOffline(false);
    await page.waitForFunction(() => heard.some(([name]) => name === "sent"));
    assert.equal(desk.reports.length, 1);
    problems.length = 0;
  },

  async "offline before the gesture: the dialog opens all the same once something was selected"({ open, problems }) {
    const page = await open(PAGE);
    await select(page, "#a", "reader");
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /-dialog-/.test(name)));
    await page.waitForTimeout(200);
    await page.context().setOffline(true);
    const dialog = await trySending(page);
    await dialog.getByText("is kept in this browser").waitFor();
    problems.length = 0;
  },

  async "offline before anything was selected: the dialog opens when the network is back"({ open, problems }) {
    const page = await open(PAGE);
    await page.context().setOffline(true);
    await select(page, "#a", "anotation");
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(300);
    await page.context().setOffline(false);
    await page.getByRole("dialog").locator("mark").waitFor();
    problems.length = 0;
  },

  async "storage forbidden: the text stays in the dialog"({ open, desk, problems }) {
    desk.next = { status: 500 };
    const init = () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    const page = await open(PAGE, { init });
    const dialog = await trySending(page);
    await dialog.getByText("That could not be sent.").waitFor();
    assert.equal(await dialog.getByLabel("Correct spelling").inputValue(), "annotation");
    desk.next = null;
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText("Thank you").waitFor();
    problems.length = 0;
  },

  async "storage full: the text stays in the dialog"({ open, desk, problems }) {
    desk.next = { status: 500 };
    const init = () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; };
    const page = await open(PAGE, { init });
    const dialog = await trySending(page);
    await dialog.getByText("That could not be sent.").waitFor();
    problems.length = 0;
  },

  async "the reader leaves while sending: the report still arrives, once"({ open, desk, publisher }) {
    desk.next = { delayMs: 400 };
    const page = await open(PAGE);
    await trySending(page);
    await page.waitForTimeout(150);
    publisher.show("/elsewhere", "<p>elsewhere</p>");
    await page.goto(publisher.url + "elsewhere");
    await page.waitForTimeout(800);
    assert.equal(new Set(desk.reports.map(({ id }) => id)).size, 1);
  },

  async "three tabs send a kept report once"({ open, desk, publisher, problems }) {
    desk.next = { status: 500 };
    const first = await open(PAGE, { path: "/tabs" });
    await (await trySending(first)).getByText("is kept").waitFor();
    desk.next = { delayMs: 100 };
    desk.reports.length = 0;
    await first.evaluate(() => {
      const kept = JSON.parse(localStorage["typo-reports"]);
      kept.outbox[0].dueAt = 0;
      localStorage["typo-reports"] = JSON.stringify(kept);
    });
    const tabs = [first, await first.context().newPage(), await first.context().newPage()];
    await Promise.all(tabs.map((tab) => tab.goto(publisher.url + "tabs")));
    for (const end = Date.now() + 10_000; !desk.reports.length && Date.now() < end;) await first.waitForTimeout(100);
    await first.waitForTimeout(1200); // time enough for the other tabs to send it as well
    assert.equal(desk.reports.length, 1);
    problems.length = 0;
  },

  async "the answers: known, fixed, declined"({ open, desk }) {
    const page = await open(PAGE);
    for (const [body, words] of [
      [{ outcome: "known", readers: 4 }, "Thank you. 3 other readers saw it too."],
      [{ outcome: "known", readers: 2 }, "Thank you. Another reader saw it too."],
      [{ outcome: "fixed" }, "This has already been corrected: your copy of the page is older."],
      [{ outcome: "declined", message: "Not for: readers.", reply: "House style." }, "The editors have looked at this and keep it as it is.House style."],
      [{ outcome: "withheld" }, "Thank you. Your report has reached the editors."],
    ]) {
      desk.next = { body };
      const dialog = await trySending(page);
      await dialog.getByRole("button", { name: "Close" }).waitFor();
      assert.match(await dialog.getByRole("status").textContent(), new RegExp(words));
      await dialog.getByRole("button", { name: "Close" }).click();
    }
  },

  async "a fixed error is told once, on the next visit of its page"({ open, desk }) {
    desk.next = { body: { receipt: desk.url + "r/abc" } };
    const page = await open(PAGE, { path: "/fixed" });
    const dialog = await trySending(page);
    await dialog.getByRole("link", { name: "See what becomes of your report" }).waitFor();
    await page.reload();
    await page.waitForTimeout(300);
    assert.equal(desk.requests.filter((line) => line.includes("/receipts/")).length, 0, "not asked on the same day");
    desk.receipts.abc = { status: "resolved", resolution: "fixed" };
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage["typo-reports"]);
      kept.receipts[0].askedAt -= 2 * 86_400_000;
      localStorage["typo-reports"] = JSON.stringify(kept);
    });
    await page.reload();
    await page.getByText("The error that you reported has been fixed. Thank you.").waitFor();
    await page.reload();
    await page.waitForTimeout(300);
    assert.equal(desk.requests.filter((line) => line.includes("/receipts/")).length, 1);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  },
};
