/** The desk's link to a page: the reported passage is found there and marked, and nothing else happens to the page. */
import { assert } from "./stage.mjs";

const TEXT = "A reader selects a typo ('anotation') in a web page, and the editors see it.";
const PAGE = `<article><p id="a">${TEXT}</p></article>`;
const LONG = `<article>${"<p>Some other text of a long article, which says nothing of note.</p>".repeat(60)}<p id="a">${TEXT}</p>${"<p>And more of it.</p>".repeat(40)}</article>`;

/** The place of the nth `exact` in `text` as the desk answers it; `more` overrides. */
function placeOf(text, exact, nth = 0, more = {}) {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = text.indexOf(exact, start + 1);
  const end = start + exact.length;
  const [prefix, suffix] = [text.slice(Math.max(0, start - 64), start), text.slice(end, end + 64)];
  const from = [...prefix].length;
  const target = { start: from, end: from + [...exact].length, right: more.suggestion ?? null };
  return { exact, prefix, suffix, start, end, suggestion: null, target, certain: prefix && suffix ? [prefix, exact, suffix] : null, ...more };
}

/** Whether the page asked for the file of the search, 1 or 0: WebKit's private windows ask for a file again when it is imported. */
const searches = ({ desk }) => new Set(desk.requests.filter((request) => request.includes("typo-reports-search-"))).size;

/** Open `body` by the desk's link. */
function follow({ open, desk }, body, place, { path = "/followed?typo-report=case1", ...options } = {}) {
  desk.places = { case1: place };
  return open(body, { path, attributes: `data-hint="off"`, ...options });
}

const status = (page) => page.locator("typo-reports").getByRole("status");
const says = (page, words) => status(page).getByText(words).waitFor();

/** What is marked in `view` ("window" or a frame's name), and where. */
function marked(page, view) {
  return page.evaluate((view) => {
    const { CSS } = view ? frames[view] : window;
    const ranges = [...(CSS.highlights.get("typo-report") ?? [])];
    const rect = ranges[0]?.getBoundingClientRect();
    return { text: ranges.join("|"), parent: ranges[0]?.startContainer.parentElement?.id, top: rect?.top, height: rect?.height, path: location.search };
  }, view);
}

const isInView = async (page) => {
  const { top, height } = await marked(page);
  return height > 0 && top > 0 && top + height < (await page.evaluate(() => innerHeight));
};

export default {
  async "place: the reported passage is marked, shown and said, under the strictest policy"(stage) {
    const page = await follow(stage, LONG, placeOf(TEXT, "anotation", 0, { start: 4000, end: 4009 }));
    await says(page, "Here: the reported passage is marked.");
    assert.equal((await marked(page)).text, "anotation");
    assert.ok(await isInView(page));
    assert.deepEqual(await page.evaluate(() => heard), []);
    assert.equal(searches(stage), 0);
  },

  async "place: the search is fetched only where the passage does not stand once as it was"(stage) {
    for (const [edit, ranges, count] of [
      [(text) => "Another first sentence. " + text, ["anotation"], 0],
      [(text) => text.replace("web page", "web  \n <i>pa</i>ge"), ["anotation"], 0],
      [(text) => text.replace("web page", "long page"), ["anotation"], 1],
      [(text) => text.replace("('anot", "('an<b>ot</b>"), ["an", "ot", "ation"], 1],
      [(text) => text + "</p><p>" + text, ["anotation"], 1],
    ]) {
      stage.desk.requests.length = 0;
      const page = await follow(stage, `<article><p>${edit(TEXT)}</p></article>`, placeOf(TEXT, "anotation"));
      await says(page, "Here:");
      assert.deepEqual([(await marked(page)).text, searches(stage)], [ranges.join("|"), count], edit(TEXT));
      await page.close();
    }
  },

  async "place: the third of three equal words"(stage) {
    const text = "The wave came. The wave went. The wave came back, said the man.";
    const page = await follow(stage, `<article><p>The wave came. <span>The wave went.</span> The <b id="third">wave</b> came back, said the man.</p></article>`, placeOf(text, "wave", 2));
    await says(page, "Here:");
    assert.deepEqual([(await marked(page)).text, (await marked(page)).parent], ["wave", "third"]);
  },

  async "place: across inline elements, and across two paragraphs"(stage) {
    const text = "One two three. Four\nFive six seven eight nine ten.";
    const page = await follow(stage, `<article><p>One <b>two</b> th<i>ree. Fo</i>ur</p><p>Five six seven eight nine ten.</p></article>`, placeOf(text, "three. Four\nFive six"));
    await says(page, "Here:");
    assert.equal((await marked(page)).text, "th|ree. Fo|ur|Five six");
  },

  async "place: edited around and before since, it is still here"(stage) {
    const body = `<article><p>A new paragraph stands first.</p><p id="a">${TEXT.replace("A reader selects", "Someone marks")}</p></article>`;
    const page = await follow(stage, body, placeOf(TEXT, "anotation"));
    await says(page, "Here:");
    assert.equal((await marked(page)).text, "anotation");
  },

  async "place: corrected since, it says that it has changed"(stage) {
    const page = await follow(stage, PAGE.replace("anotation", "annotation"), placeOf(TEXT, "anotation", 0, { suggestion: "annotation" }));
    await says(page, "Here, but changed since it was reported.");
    assert.equal((await marked(page)).text, "annotation");
  },

  async "place: a word taken out, the words around are marked"(stage) {
    const text = "It rained for for three days, and the harbour was closed to all ships.";
    const page = await follow(stage, `<article><p>${text.replace("for for", "for")}</p></article>`, placeOf(text, "for for", 0, { suggestion: "for", target: { start: 10, end: 23, right: "for three" }, certain: null }));
    await says(page, "Here, but changed");
    assert.match((await marked(page)).text, /for/);
  },

  async "place: gone, it says so and marks nothing"(stage) {
    const page = await follow(stage, `<article><p>The ferry was late again. Nobody spoke a word.</p></article>`, placeOf(TEXT, "anotation"));
    await says(page, "The reported passage was not found on this page.");
    assert.equal((await marked(page)).text, "");
  },

  async "place: within closed details, and within what is hidden until found"(stage) {
    const body = `<article><details id="outer"><summary>More</summary><div hidden="until-found" id="inner"><p id="a">${TEXT}</p></div></details></article>`;
    const page = await follow(stage, body, placeOf(TEXT, "anotation"));
    await says(page, "Here:");
    assert.deepEqual([(await marked(page)).text, await page.locator("#outer").evaluate((e) => e.open), await page.locator("#inner").getAttribute("hidden")], ["anotation", true, null]);
    assert.ok(await isInView(page));
  },

  async "place: closed details that do not hold it stay closed"(stage) {
    const page = await follow(stage, `<details id="other"><summary>More</summary>Other text.</details>${PAGE}`, placeOf(TEXT, "anotation"));
    await says(page, "Here:");
    assert.equal(await page.locator("#other").evaluate((e) => e.open), false);
  },

  async "place: within an open shadow root, and within a box that scrolls"(stage) {
    const page = await follow(stage, `<div style="height:200px;overflow:auto" id="box"><div style="height:1500px"></div><div id="host"><template shadowrootmode="open"><p id="a">${TEXT}</p></template></div><div style="height:1500px"></div></div>`, placeOf(TEXT, "anotation"), { csp: false });
    await says(page, "Here:");
    assert.equal((await marked(page)).text, "anotation");
    assert.ok(await isInView(page));
    assert.ok(await page.evaluate(() => document.querySelector("#host").shadowRoot.adoptedStyleSheets.length === 1));
  },

  async "place: within a frame of the same origin"(stage) {
    const body = `<p>Top.</p><div style="height:2000px"></div><iframe name="inner" srcdoc="<p>${TEXT}</p>"></iframe>`;
    const page = await follow(stage, body, placeOf(TEXT, "anotation"), { csp: false });
    await says(page, "Here:");
    assert.equal((await marked(page, "inner")).text, "anotation");
    assert.ok(await page.evaluate(() => scrollY > 0));
  },

  async "place: text that comes later is waited for, and found again when the page draws it anew"(stage) {
    const page = await follow(stage, `<article id="app"><p>Loading.</p></article>`, placeOf(TEXT, "anotation"));
    await page.waitForTimeout(600);
    assert.equal(await status(page).count(), 0);
    const draw = () => page.evaluate((text) => document.querySelector("#app").replaceChildren(Object.assign(document.createElement("p"), { textContent: text })), TEXT);
    await draw();
    await says(page, "Here:");
    await draw();
    await page.waitForFunction(() => {
      const [range] = CSS.highlights.get("typo-report");
      return !range.collapsed && range.startContainer.isConnected;
    });
    assert.equal((await marked(page)).text, "anotation");
  },

  async "place: a page that never rests is answered all the same"(stage) {
    const page = await follow(stage, `<p id="clock">0</p><article><p>Nothing of the kind.</p></article>`, placeOf(TEXT, "anotation"), {
      init: () => setInterval(() => (document.querySelector("#clock").textContent = Math.random()), 50),
    });
    await says(page, "not found");
  },

  async "place: the parameter leaves the address; the page's state, its other parameters and its router stay"(stage) {
    const init = () => addEventListener("DOMContentLoaded", () => {
      history.replaceState({ kept: 1 }, "");
      window.calls = 0;
      history.replaceState = history.pushState = () => calls++;
      addEventListener("popstate", () => calls++);
    });
    const page = await follow(stage, PAGE, placeOf(TEXT, "anotation"), { path: "/kept?a=1&typo-report=case1&b=%20x#top", init });
    await says(page, "Here:");
    await page.waitForFunction(() => !location.search.includes("typo-report"));
    assert.deepEqual(await page.evaluate(() => [location.search + location.hash, history.state, calls]), ["?a=1&b=%20x#top", { kept: 1 }, 0]);
  },

  async "place: closing the status takes the mark away and leaves nothing"(stage) {
    const page = await follow(stage, PAGE, placeOf(TEXT, "anotation"));
    await says(page, "Here:");
    const before = await page.locator("article").innerHTML();
    await page.locator("typo-reports").getByRole("button", { name: "Close" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("typo-reports").waitFor({ state: "detached" });
    assert.deepEqual(await page.evaluate(() => [CSS.highlights.size, document.adoptedStyleSheets.length]), [0, 0]);
    assert.equal(before, `<p id="a">${TEXT}</p>`);
  },

  async "place: a case that the desk does not know leaves the page alone"(stage) {
    const page = await stage.open(PAGE, { path: "/unknown?typo-report=no%2Fone", csp: false, attributes: `data-hint="off"`, init: () => (console.error = () => {}) });
    await page.waitForTimeout(500);
    assert.equal(await page.locator("typo-reports").count(), 0);
    stage.problems.splice(0, stage.problems.length, ...stage.problems.filter((text) => !/404/.test(text))); // the browser's own line
  },

  async "place: where custom highlights are missing the passage is selected"(stage) {
    const page = await follow(stage, PAGE, placeOf(TEXT, "anotation"), { init: () => delete window.Highlight });
    await says(page, "Here:");
    assert.equal(await page.evaluate(() => getSelection().toString()), "anotation");
  },

  async "place: a page that breaks Array.prototype"(stage) {
    const init = () => {
      for (const name of ["map", "filter", "forEach", "reduce", "some", "every", "find", "includes", "flatMap", "indexOf"]) {
        Array.prototype[name] = () => { throw new Error("broken " + name); };
      }
      Array.from = () => { throw new Error("broken from"); };
      Object.prototype.added = "inherited";
    };
    const page = await follow(stage, PAGE, placeOf(TEXT, "anotation"), { init });
    await page.waitForFunction(() => CSS.highlights.size === 1);
  },

  async "place: in the page's language and direction"(stage) {
    const text = "המאפייה הקטנה נפתחת בחמש בבוקר, והאופה הזקון עובד שם כבר חמישים שנה.";
    const page = await follow(stage, `<article><p>${text}</p></article>`, placeOf(text, "הזקון"), { lang: "he" });
    await says(page, "כאן: הקטע שדווח מסומן.");
    assert.equal((await marked(page)).text, "הזקון");
    assert.equal(await page.locator("typo-reports [part=place]").getAttribute("dir"), "rtl");
  },

  async "place: emoji before it do not move it"(stage) {
    const text = "😀😀👨‍👩‍👧 wave wave wave, said the crew of the old ship.";
    const page = await follow(stage, `<article><p>😀😀👨‍👩‍👧 wave wave <b id="third">wave</b>, said the crew of the old ship.</p></article>`, { ...placeOf(text, "wave", 2), start: 18, end: 22 });
    await says(page, "Here:");
    assert.equal((await marked(page)).parent, "third");
  },
};
