/** The place, exactly: what the reader sees selected is what is reported. */
import { assert, openDialog, reportOf, select, sendAndTake } from "./stage.mjs";

const selectorOf = async (...args) => (await reportOf(...args)).target.selector;

export default {
  async "a backward selection is the same"({ open, desk }) {
    const page = await open("<p id=a>One two three.</p>");
    const { exact, prefix, suffix } = await selectorOf(page, desk, "#a", "two", 0, true);
    assert.deepEqual([exact, prefix, suffix], ["two", "One ", " three."]);
  },

  async "the third of three equal words"({ open, desk }) {
    const page = await open("<p id=a>was here, was there, was gone</p>");
    assert.deepEqual(await selectorOf(page, desk, "#a", "was", 2),
      { exact: "was", prefix: "was here, was there, ", suffix: " gone", start: 21, end: 24 });
  },

  async "across inline elements"({ open, desk }) {
    const page = await open("<p id=a>some <b>bold wor</b>ds <i>and sla</i>nted ones</p>");
    const { exact, prefix, suffix } = await selectorOf(page, desk, "#a", "bold words and sla");
    assert.deepEqual([exact, prefix, suffix], ["bold words and sla", "some ", "nted ones"]);
  },

  async "across two paragraphs the edge is a line feed"({ open, desk }) {
    const page = await open("<div id=a><p>One two three.</p>\n  <p>Beta gamma.</p></div>");
    await page.evaluate(() => {
      const [one, two] = document.querySelectorAll("p");
      getSelection().setBaseAndExtent(one.firstChild, 8, two.firstChild, 4);
    });
    await openDialog(page);
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "three.\nBeta");
  },

  async "a triple click takes the paragraph once"({ open, desk }) {
    const page = await open("<p id=a>One two three.</p><p>Beta gamma.</p>");
    await page.click("#a", { clickCount: 3 });
    await openDialog(page);
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "One two three.");
  },

  async "the ranges that triple clicks leave, from the paragraph's edge to the next one's, take the paragraph once"({ open, desk }) {
    const page = await open("<p id=a>One two three.</p><p id=b>Beta gamma.</p>");
    for (const end of ["a", "b"]) {
      await page.evaluate((end) => getSelection().setBaseAndExtent(document.querySelector("#a"), 0, document.getElementById(end), end === "a" ? 1 : 0), end);
      await openDialog(page);
      assert.equal((await sendAndTake(page, desk)).target.selector.exact, "One two three.");
      await page.getByRole("button", { name: "Close" }).click();
    }
  },

  async "a caret and nothing selected: the caret's paragraph stands ready among the others"({ open, desk }) {
    const page = await open("<p>One two three.</p><p id=b>Beta gamma.</p>");
    await page.click("#b");
    const dialog = await openDialog(page);
    assert.equal(await dialog.getByLabel("Where is the error?").inputValue(), "Beta gamma.");
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "Beta gamma.");
  },

  async "one character, three Chinese characters, one Arabic word"({ open, desk }) {
    const page = await open("<p id=a>x我们是今天的人。 هذه كلمة واحدة</p>");
    for (const text of ["x", "们是今", "كلمة"]) {
      assert.equal((await selectorOf(page, desk, "#a", text)).exact, text);
      await page.getByRole("button", { name: "Close" }).click();
    }
  },

  async "500 characters are accepted, one more than the limit is refused in words"({ open, desk }) {
    const page = await open(`<p id=a>${"word ".repeat(400)}</p>`);
    assert.equal((await selectorOf(page, desk, "#a", "word ".repeat(100).trim())).exact.length, 499);
    await page.getByRole("button", { name: "Close" }).click();
    await select(page, "#a", "word ".repeat(200) + "w");
    const dialog = await openDialog(page);
    await dialog.getByText("Please select at most 1,000 characters. You have selected 1,001.").waitFor();
    assert.equal(await dialog.getByRole("button", { name: "Send" }).count(), 0);
  },

  async "text that looks like markup is text"({ open, desk }) {
    const page = await open("<p id=a>see &lt;img src=x onerror=alert(1)&gt; there</p>");
    const report = await reportOf(page, desk, "#a", "<img src=x onerror=alert(1)>");
    assert.equal(report.target.selector.exact, "<img src=x onerror=alert(1)>");
    assert.equal(await page.getByRole("dialog").locator("mark").textContent(), "<img src=x onerror=alert(1)>");
  },

  async "hidden elements, letter case and white space: what is seen is reported"({ open, desk }) {
    const page = await open(`<style>.up{text-transform:uppercase}.no{display:none}.vis{visibility:hidden}</style>
      <p id=a>one\n   <span class=no>HIDDEN</span><span class=up>two</span>&nbsp;three <span class=vis>UNSEEN</span>fo&shy;ur</p>`, { csp: false });
    await select(page, "#a");
    const dialog = await openDialog(page);
    assert.equal(await dialog.getByLabel("Correct spelling").inputValue(), "one two\u00a0three four");
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "one two\u00a0three fo\u00adur");
  },

  async "table cells, list items, line breaks and preformatted text"({ open, desk }) {
    const page = await open(`<div id=a><table><tr><td>one</td><td>two</td></tr></table><ul><li>three</li><li>four</li></ul>five<br>six<pre>a\n  b</pre></div>`);
    assert.equal((await selectorOf(page, desk, "#a")).exact, "one\ntwo\nthree\nfour\nfive\nsix\na\n  b");
  },

  async "no letter is cut: surrogates, accents, flags, families"({ open, desk }) {
    const page = await open("<p id=a>a👨‍👩‍👧b e\u0301 🇩🇪 नि</p>");
    await page.evaluate(() => {
      const node = document.querySelector("#a").firstChild;
      getSelection().setBaseAndExtent(node, 2, node, 4);
    });
    await openDialog(page);
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "👨‍👩‍👧");
  },

  async "positions count code points"({ open, desk }) {
    const page = await open("<p id=a>😀😀 word 😀</p>");
    const { start, end } = await selectorOf(page, desk, "#a", "word");
    assert.deepEqual([start, end], [3, 7]);
  },

  async "inside an open shadow root"({ open, desk }) {
    const page = await open("<p>Before.</p><div id=host></div><p>After.</p>", { csp: false });
    await page.evaluate(() => {
      const root = document.querySelector("#host").attachShadow({ mode: "open" });
      root.innerHTML = "<p>Deep in the shadow a mistaik lives.</p>";
      const node = root.firstChild.firstChild;
      getSelection().setBaseAndExtent(node, 21, node, 28);
    });
    await openDialog(page);
    const { exact, prefix, suffix } = (await sendAndTake(page, desk)).target.selector;
    assert.deepEqual([exact, prefix, suffix], ["mistaik", "Before.\nDeep in the shadow a ", " lives.\nAfter."]);
  },

  async "inside a frame of the same origin"({ open, desk, publisher }) {
    publisher.show("/framed", "<!doctype html><title>Framed</title><p id=a>A mistaik in a frame.</p>");
    const page = await open("<p>Outside.</p><iframe src='/framed'></iframe>", { csp: false });
    const frame = page.frames()[1];
    await frame.waitForSelector("#a");
    // A reader's window has the focus before it goes into the frame; a page just opened by a driver may not.
    await page.getByText("Outside.").click();
    await page.waitForFunction(() => document.hasFocus());
    await page.frameLocator("iframe").locator("#a").click();
    await page.waitForFunction(() => document.activeElement.localName === "iframe");
    await frame.evaluate(() => {
      const text = document.querySelector("#a").firstChild;
      getSelection().setBaseAndExtent(text, 2, text, 9);
    });
    await openDialog(page);
    const { target, page: facts } = await sendAndTake(page, desk);
    assert.equal(target.selector.exact, "mistaik");
    assert.equal(target.source, publisher.url + "framed");
    assert.equal(facts.title, "Framed");
  },

  async "in an opened <details>, and a drop cap stays with its word"({ open, desk }) {
    const page = await open(`<style>.cap{float:left}</style><details open><summary>More</summary><p id=a><span class=cap>O</span>nce more.</p></details>`, { csp: false });
    const { exact, prefix } = await selectorOf(page, desk, "#a", "Once");
    assert.deepEqual([exact, prefix], ["Once", "More\n"]);
  },

  async "a selection of nothing but space, and none at all, offer the paragraphs"({ open, desk }) {
    const page = await open("<nav>Menu</nav><article><h1>Title</h1><p id=a>One two.</p><p>Three four.</p></article>");
    await page.evaluate(() => getSelection().setBaseAndExtent(document.querySelector("#a").firstChild, 3, document.querySelector("#a").firstChild, 4));
    const dialog = await openDialog(page);
    const list = dialog.getByLabel("Where is the error?");
    assert.deepEqual(await list.locator("option").allTextContents(), ["Title", "One two.", "Three four."]);
    assert.equal(await list.evaluate((select) => select.selectedIndex), 1);
    await list.selectOption("Three four.");
    await dialog.getByLabel("Correct spelling").fill("Three, four.");
    const { target, suggestion } = await sendAndTake(page, desk);
    assert.deepEqual([target.selector.exact, suggestion], ["Three four.", "Three, four."]);
  },

  async "the facts of the page"({ open, desk, publisher }) {
    const ld = JSON.stringify({ "@context": "https://schema.org", "@graph": [{ "@type": "NewsArticle", author: [{ name: "Ann" }], articleSection: "Sea", dateModified: "2026-01-02T03:04:05+01:00" }] });
    const head = `<link rel=canonical href="/harbour"><script type="application/ld+json">${ld}</script>`;
    const page = await open(`<p id=a>One <q lang=de>zwei</q>.</p>`, { head, title: "The harbour", path: "/facts?utm_source=x", attributes: `data-edit-url="https://cms.example/1"`, csp: false });
    const report = await reportOf(page, desk, "#a", "zwei");
    assert.deepEqual(report.page, {
      canonical: publisher.url + "harbour", title: "The harbour", lang: "de", author: "Ann", section: "Sea",
      modified_at: "2026-01-02T02:04:05.000Z", edit_url: "https://cms.example/1",
    });
    assert.equal(report.target.source, publisher.url + "facts?utm_source=x");
  },

  async "ligatures, footnote marks and user-select tricks: what stands there is reported, and found"({ open, desk }) {
    const page = await open(`<style>.no{user-select:none;-webkit-user-select:none}.all{user-select:all}</style>
      <p id=a>The o\ufb03ce<sup><a href=#n>[3]</a></sup> of <span class=no>the mayor</span> is <span class=all>closed</span>.</p>`, { csp: false });
    assert.equal((await selectorOf(page, desk, "#a", "o\ufb03ce[3] of")).exact, "o\ufb03ce[3] of");
    await page.getByRole("button", { name: "Close" }).click();
    const { exact, start, end } = await selectorOf(page, desk, "#a", "of the mayor is closed");
    assert.deepEqual([exact, end - start], ["of the mayor is closed", 22]);
  },

  async "inside a frame of the same origin that was clicked before the page had the focus"({ open, desk, publisher }) {
    publisher.show("/framed", "<!doctype html><title>Framed</title><p id=a>A mistaik in a frame.</p>");
    const page = await open("<p>Outside.</p><iframe src='/framed'></iframe>", { csp: false, attributes: `data-hint="off"` });
    const frame = page.frames()[1];
    await frame.waitForSelector("#a");
    // No blur of the outer window: the key is heard because the frame was there when the page had loaded.
    await frame.evaluate(() => {
      const text = document.querySelector("#a").firstChild;
      getSelection().setBaseAndExtent(text, 2, text, 9);
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, composed: true, view: window }));
    });
    await page.getByRole("dialog").waitFor();
    assert.equal((await sendAndTake(page, desk)).target.selector.exact, "mistaik");
  },
};
