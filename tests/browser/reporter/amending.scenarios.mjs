/** Ten minutes to change one's mind: one's own report is changed or withdrawn, and what became of that is told truly. */
import { assert, openDialog, select } from "./stage.mjs";

const PAGE = `<article><p id="a">A reader selects a typo ('anotation') in a web page.</p></article>`;
const MINUTES = 60_000;
const amendable = (desk, minutes = 10) => ({
  body: { receipt: desk.url + "r/tok", changeable_until: new Date(Date.now() + minutes * MINUTES).toISOString() },
});
const button = (dialog, name) => dialog.getByRole("button", { name, exact: true });

async function sendReport({ open, desk, path, next = amendable(desk) }) {
  desk.next = next;
  const page = await open(PAGE, { path });
  await select(page, "#a", "anotation");
  const dialog = await openDialog(page);
  await dialog.getByLabel("Correct spelling").fill("annotation");
  await button(dialog, "Send").click();
  await dialog.getByText("Thank you").waitFor();
  desk.next = null;
  return { page, dialog };
}

export default {
  async "change: the fields come back, and sending changes the report instead of making another"(stage) {
    const { page, dialog } = await sendReport(stage);
    await button(dialog, "Change").click();
    assert.equal(await dialog.getByLabel("Correct spelling").inputValue(), "annotation");
    assert.equal(await dialog.getByLabel("Tell me when it is fixed").isVisible(), false);
    await dialog.getByLabel("Comment").fill("two n");
    await page.keyboard.press("Control+Enter");
    await dialog.getByText("Your report has been changed.").waitFor();
    assert.deepEqual(stage.desk.amended, [["PATCH", "tok", { suggestion: "annotation", comment: "two n" }]]);
    assert.equal(stage.desk.reports.length, 1);
    assert.equal(await button(dialog, "Change").count(), 1);
    assert.deepEqual(await page.evaluate(() => heard.filter(([name]) => name === "violation")), []);
  },

  async "withdraw: the report is gone, and the same passage can be reported anew"(stage) {
    const { page, dialog } = await sendReport(stage);
    await button(dialog, "Withdraw").click();
    await dialog.getByText("Your report has been withdrawn.").waitFor();
    assert.deepEqual(stage.desk.amended, [["DELETE", "tok", ""]]);
    assert.equal(await dialog.getByRole("button").count(), 1);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await button(dialog, "Close").click();
    await openDialog(page);
    assert.equal(await button(dialog, "Withdraw").count(), 0);
    await button(dialog, "Send").click();
    await dialog.getByText("Thank you").waitFor();
    assert.equal(new Set(stage.desk.reports.map(({ id }) => id)).size, 2);
  },

  async "after closing and after a reload: the same passage opens one's own report"(stage) {
    const { page, dialog } = await sendReport({ ...stage, path: "/own" });
    await button(dialog, "Close").click();
    for (const again of [() => {}, () => page.reload()]) {
      await again();
      await select(page, "#a", "anotation");
      await openDialog(page);
      await dialog.getByText("You have reported this.").waitFor();
      assert.equal(await dialog.getByLabel("Correct spelling").inputValue(), "annotation");
      await button(dialog, "Cancel").click();
    }
    await select(page, "#a", "reader");
    await openDialog(page);
    assert.equal(await button(dialog, "Withdraw").count(), 0, "another passage is another report");
    await button(dialog, "Cancel").click();
    await select(page, "#a", "anotation");
    await openDialog(page);
    await button(dialog, "Withdraw").click();
    await dialog.getByText("Your report has been withdrawn.").waitFor();
  },

  async "too late: said, and not offered again"(stage) {
    const { page, dialog } = await sendReport(stage);
    stage.desk.next = { status: 409, body: { code: "too-late", detail: "Ten minutes are over." } };
    await button(dialog, "Withdraw").click();
    await dialog.getByText("It is too late for that: the editors already have your report.").waitFor();
    assert.equal(await dialog.getByRole("button").count(), 1);
    await button(dialog, "Close").click();
    await openDialog(page);
    assert.equal(await button(dialog, "Withdraw").count(), 0);
    stage.problems.length = 0; // the browser's own line about the 409
  },

  async "ten minutes are over: nothing is offered"(stage) {
    const { page, dialog } = await sendReport({ ...stage, next: amendable(stage.desk, 0) });
    assert.equal(await button(dialog, "Change").count(), 0);
    await button(dialog, "Close").click();
    await openDialog(page);
    assert.equal(await button(dialog, "Withdraw").count(), 0);
  },

  async "a withdrawal that does not arrive is said, and can be tried again"(stage) {
    const { page, dialog } = await sendReport(stage);
    await page.context().setOffline(true);
    await button(dialog, "Withdraw").click();
    await dialog.getByText("That could not be sent.").waitFor();
    await page.context().setOffline(false);
    await button(dialog, "Withdraw").click();
    await dialog.getByText("Your report has been withdrawn.").waitFor();
    stage.problems.length = 0; // the browser's own lines about the network
  },

  async "a change that does not arrive: what was typed stays in the dialog"(stage) {
    const { dialog } = await sendReport(stage);
    await button(dialog, "Change").click();
    await dialog.getByLabel("Comment").fill("two n");
    stage.desk.next = { status: 503 };
    await button(dialog, "Send").click();
    await dialog.getByText("Your report stands as you sent it.").waitFor();
    assert.equal(await dialog.getByLabel("Comment").inputValue(), "two n");
    stage.desk.next = null;
    await button(dialog, "Send").click();
    await dialog.getByText("Your report has been changed.").waitFor();
    stage.problems.length = 0;
  },

  async "reported from the list of paragraphs: another one can be reported, and one's own is found by selecting it"({ open, desk }) {
    desk.next = ({ id }) => ({ body: { ...amendable(desk).body, receipt: desk.url + "r/" + id } });
    const page = await open("<article><p id=a>One two.</p><p id=b>Three four.</p></article>");
    const dialog = await openDialog(page);
    await dialog.getByLabel("Where is the error?").selectOption("Three four.");
    await dialog.getByLabel("Correct spelling").fill("Three, four.");
    await button(dialog, "Send").click();
    await button(dialog, "Change").click();
    assert.equal(await dialog.getByLabel("Where is the error?").isVisible(), false);
    await button(dialog, "Cancel").click();
    await openDialog(page);
    assert.equal(await button(dialog, "Withdraw").count(), 0);
    await dialog.getByLabel("Where is the error?").selectOption("One two.");
    await button(dialog, "Send").click();
    await dialog.getByText("Thank you").waitFor();
    await button(dialog, "Close").click();
    assert.deepEqual(desk.reports.map(({ target }) => target.selector.exact), ["Three four.", "One two."]);
    await select(page, "#b");
    await openDialog(page);
    await dialog.getByText("You have reported this.").waitFor();
    assert.equal(await dialog.getByLabel("Correct spelling").inputValue(), "Three, four.");
  },
};
