/** Every word comes from the language's file, and long ones find room. */
import { pseudo, readWordsShown } from "./pseudo.mjs";
import { assert, openDialog, select } from "./stage.mjs";

const PAGE = `<main><article><h1>Marginalia</h1><p id="a">A reader selects a typo ('anotation') in a web page.</p></article></main>`;

/** All that is said comes from the file, and nothing is cut off. */
async function check(page, selector, least, mayStand) {
  const { said, cut } = await page.evaluate(readWordsShown, selector);
  assert.ok(said.length >= least, said.join(" | "));
  assert.deepEqual(said.filter((text) => !/[⟦⟧]/.test(text) && !mayStand?.test(text)), [], "words that no language has");
  assert.deepEqual(cut, [], "cut off");
}

async function walk({ open, desk }, dir) {
  desk.words = pseudo(dir);
  desk.next = { body: { readers: 3, outcome: "known", receipt: `${desk.url}r/abc` } };
  const page = await open(PAGE, { settings: { viewport: { width: 320, height: 700 } } });
  await page.locator("typo-reports-hint button").scrollIntoViewIfNeeded();
  await check(page, "typo-reports-hint", 2);
  await select(page, "#a", "anotation");
  const dialog = await openDialog(page);
  assert.equal(await dialog.evaluate((dialog) => getComputedStyle(dialog).direction), dir);
  await dialog.locator("textarea").last().fill("x".repeat(1990));
  // The rarer words are fetched now, and what comes beneath the field moves the buttons.
  await page.waitForFunction(() => document.querySelector("typo-reports").shadowRoot.querySelector("#n2000:not(:empty)"));
  await check(page, "typo-reports", 9);
  await dialog.getByRole("button", { name: "Śéńď" }).click();
  await dialog.getByRole("link").waitFor();
  await check(page, "typo-reports", 4);
}

export default {
  async "words: in a language that nobody speaks all is translated and nothing is cut off"(stage) {
    await walk(stage, "ltr");
  },

  async "words: the same from right to left"(stage) {
    await walk(stage, "rtl");
  },

  async "words: without a selection, and when sending fails"({ open, desk, problems }) {
    desk.words = pseudo("ltr");
    desk.next = { drop: true };
    const page = await open(PAGE, { settings: { viewport: { width: 320, height: 700 } } });
    const dialog = await openDialog(page);
    await check(page, "typo-reports", 9, /^(Marginalia|A reader selects a typo)/);
    await dialog.getByRole("button", { name: "Śéńď" }).click();
    await dialog.getByText("ķépţ").waitFor();
    await check(page, "typo-reports", 3, /^(Marginalia|A reader selects a typo)/);
    problems.length = 0; // the browser's own line about the network
  },
};
