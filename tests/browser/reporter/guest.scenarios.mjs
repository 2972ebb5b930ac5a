/** A good guest: the page's own keys, libraries and policies stay as they are. */
import { assert, openDialog, reportOf, select } from "./stage.mjs";

const PAGE = `<article><p id="a">A reader selects a typo ('anotation') in a web page.</p></article>`;
const dialogs = (page) => page.getByRole("dialog").count();

export default {
  async "Ctrl+Enter in the page's own editors is theirs"({ open }) {
    const page = await open(PAGE + `<textarea></textarea><input><div contenteditable>edit me</div><div role=textbox tabindex=0>x</div><span id=h></span>`);
    await page.evaluate(() => document.querySelector("#h").attachShadow({ mode: "open" }).append(document.createElement("input")));
    for (const css of ["textarea", "body > input", "[contenteditable]", "[role=textbox]", "#h input"]) {
      await page.locator(css).focus();
      await page.keyboard.press("Control+Enter");
    }
    await page.waitForTimeout(200);
    assert.equal(await dialogs(page), 0);
  },

  async "other keys do nothing: AltGr, Shift, Enter alone, both modifiers, one already handled"({ open }) {
    const page = await open(PAGE, { csp: false });
    await select(page, "#a", "anotation");
    for (const keys of ["Control+Alt+Enter", "Control+Shift+Enter", "Enter", "Control+Meta+Enter", "Alt+Enter"]) await page.keyboard.press(keys);
    await page.evaluate(() => document.addEventListener("keydown", (event) => event.preventDefault()));
    await page.keyboard.press("Control+Enter");
    await page.evaluate(() => window.dispatchEvent(new Event("keydown"))); // as browsers' autofill does
    await page.waitForTimeout(200);
    assert.equal(await dialogs(page), 0);
  },

  async "the numeric pad's Enter works"({ open }) {
    const page = await open(PAGE);
    await select(page, "#a", "anotation");
    await openDialog(page, "Control+NumpadEnter");
  },

  async "typing in the dialog does not run the page's shortcuts"({ open }) {
    const page = await open(PAGE, { csp: false });
    await page.evaluate(() => {
      window.keys = 0;
      document.addEventListener("keydown", (event) => event.ctrlKey || keys++);
      document.addEventListener("focusin", (event) => event.target.localName === "typo-reports" && document.body.focus());
    });
    await select(page, "#a", "anotation");
    await openDialog(page);
    await page.keyboard.type("jk");
    assert.equal(await page.getByLabel("Correct spelling").inputValue(), "jk");
    assert.equal(await page.evaluate(() => keys), 0);
  },

  async "before use: one small file, no storage, no cookie, no global name"({ open, desk }) {
    const init = () => (window.namesBefore = new Set(Object.getOwnPropertyNames(window)));
    const page = await open(`<article>${"<p>Long.</p>".repeat(200)}</article>`, { init });
    await page.waitForTimeout(500);
    assert.deepEqual(desk.requests, ["GET /static/js/typo-reports.js"]);
    assert.deepEqual(await page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => !namesBefore.has(name) && !/^(namesBefore|heard|\d+|__pw.*)$/.test(name))), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
  },

  async "included twice: one dialog, one report"({ open, desk }) {
    const page = await open(PAGE + `<script async src="${desk.url}static/js/typo-reports.js" data-site="daily-planet"></script>`);
    await reportOf(page, desk, "#a", "anotation");
    assert.equal(await page.locator("typo-reports-hint").count(), 1);
  },

  async "a page that breaks Array.prototype and gives texts a toJSON"({ open, desk }) {
    const init = () => {
      for (const name of ["map", "filter", "forEach", "reduce", "some", "every", "find", "includes", "flatMap", "indexOf"]) {
        Array.prototype[name] = () => { throw new Error("broken " + name); };
      }
      Array.prototype.extra = function () {};
      Array.prototype.toJSON = () => "broken";
      String.prototype.toJSON = function () { return '"' + this + '"'; };
      Array.from = () => { throw new Error("broken from"); };
      Object.prototype.added = "inherited";
    };
    const page = await open(PAGE, { init });
    await page.evaluate(() => {
      const text = document.querySelector("#a").firstChild;
      getSelection().setBaseAndExtent(text, 26, text, 35);
    });
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => document.querySelector("typo-reports")?.shadowRoot.querySelector("dialog[open]"));
    await page.keyboard.type("annotation");
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => heard.length > 1);
    assert.equal(desk.reports[0].suggestion, "annotation");
    assert.equal(desk.reports[0].target.selector.exact, "anotation");
  },

  async "opened by the page's own event, and by script after an SPA navigation"({ open, desk, publisher }) {
    const page = await open(PAGE, { csp: false });
    await page.evaluate(() => {
      history.pushState({}, "", "/spa/second");
      document.title = "Second";
      document.querySelector("article").innerHTML = "<p id=b>Another txet.</p>";
    });
    await select(page, "#b", "txet");
    await page.evaluate(() => document.dispatchEvent(new Event("typo-reports:report")));
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "Close" }).waitFor();
    assert.equal(desk.reports[0].target.source, publisher.url + "spa/second");
    assert.equal(desk.reports[0].page.title, "Second");
  },

  async "Referrer-Policy: no-referrer, and a page restored by back and forward"({ open, desk, publisher }) {
    const page = await open(PAGE, { path: "/bf", headers: { "Referrer-Policy": "no-referrer" } });
    publisher.show("/elsewhere", "<p>elsewhere</p>");
    await page.goto(publisher.url + "elsewhere");
    await page.evaluate(() => history.back()).catch(() => {}); // the answer may go with the page
    await page.waitForTimeout(1000);
    await page.waitForFunction(() => document[Symbol.for("typo-reports")]);
    const report = await reportOf(page, desk, "#a", "anotation");
    assert.equal(report.target.source, publisher.url + "bf");
    assert.equal(report.headers.referer, undefined);
  },

  async "one versioned file with integrity, as a publisher pins it"({ open, desk }) {
    const { default: versions } = await import("../../../static/js/versions.json", { with: { type: "json" } });
    const { file, integrity } = Object.values(versions).at(-1);
    const page = await open(PAGE, { attributes: `data-x` });
    await page.evaluate(() => delete document[Symbol.for("typo-reports")]);
    const fresh = await open(PAGE.replace("</article>", `</article><script src="${desk.url}static/js/${file}" integrity="${integrity}" crossorigin="anonymous" data-site="pinned"></script>`), { attributes: `type="text/plain"` });
    assert.equal((await reportOf(fresh, desk, "#a", "anotation")).site, "pinned");
  },

  async "a dialog file that was tampered with does not run"({ open, problems }) {
    const page = await open(PAGE);
    await page.route(/-dialog-/, (route) => route.fulfill({ body: "document.title='evil'", contentType: "text/javascript", headers: { "Access-Control-Allow-Origin": "*" } }));
    await select(page, "#a", "anotation");
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(400);
    assert.equal(await page.title(), "A page");
    problems.length = 0; // the browser names the failed integrity
  },

  async "a page with Prototype's habits: its own Element methods, bind, toJSON and $"({ open, desk }) {
    const init = () => {
      window.$ = (id) => document.getElementById(id);
      Array.prototype.toJSON = function () { return "[" + this.join(",") + "]"; };
      String.prototype.toJSON = function () { return '"' + this + '"'; };
      Array.prototype.each = function (work) { for (let i = 0; i < this.length; i++) work(this[i], i); return this; };
      Array.prototype.without = function (value) { return this.filter((item) => item !== value); };
      for (const name of ["show", "hide"]) HTMLElement.prototype[name] = function () { this.style.display = name === "hide" ? "none" : ""; return this; };
      Function.prototype.bind = function (self, ...first) { const work = this; return function (...rest) { return work.apply(self, [...first, ...rest]); }; };
    };
    const page = await open(PAGE, { init });
    const report = await reportOf(page, desk, "#a", "anotation");
    assert.equal(report.target.selector.exact, "anotation");
    assert.equal(report.page.title, "A page");
  },

  async "a page with jQuery's habits: handlers on the document that stop and trap what they can"({ open, desk }) {
    const page = await open(PAGE, { csp: false });
    await page.evaluate(() => {
      window.trapped = [];
      for (const name of ["keydown", "click", "mousedown", "focusin", "submit"]) {
        document.addEventListener(name, (event) => {
          if (event.target.localName !== "typo-reports") return;
          trapped.push(name);
          event.stopImmediatePropagation();
        });
      }
    });
    await reportOf(page, desk, "#a", "anotation");
    assert.deepEqual(await page.evaluate(() => trapped), []);
  },

  async "another Ctrl+Enter handler of the page that comes first keeps its key"({ open }) {
    const page = await open(PAGE, { init: () => addEventListener("keydown", (event) => event.ctrlKey && event.key === "Enter" && (event.preventDefault(), (window.theirs = true)), true) });
    await select(page, "#a", "anotation");
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(200);
    assert.deepEqual([await page.evaluate(() => window.theirs), await dialogs(page)], [true, 0]);
  },

  async "a browser without modulepreload gets the same files, with integrity, by module scripts"({ open, desk }) {
    const init = () => {
      const supports = DOMTokenList.prototype.supports;
      DOMTokenList.prototype.supports = function (word) { return word !== "modulepreload" && supports.call(this, word); };
    };
    const page = await open(PAGE, { init, csp: `default-src 'none'; script-src ${desk.url}; connect-src ${desk.url}` });
    await reportOf(page, desk, "#a", "anotation");
    const tags = await page.evaluate(() => [...document.querySelectorAll("head script[type=module]")].map((tag) => tag.integrity.slice(0, 7)));
    assert.deepEqual(tags, ["sha256-", "sha256-"]);
    assert.equal(await page.locator("link[rel=modulepreload]").count(), 0);
    assert.deepEqual(await page.evaluate(() => heard.filter(([name]) => name === "violation")), []);
  },

  async "a page that is prerendered asks nothing of the desk before it is shown"({ open, desk, publisher }) {
    const page = await open(PAGE, { path: "/early" });
    await page.evaluate((url) => localStorage.setItem("typo-reports", JSON.stringify({
      outbox: [], receipts: [{ url: url + "r/abc", page: location.href, keptAt: Date.now() - 3 * 864e5, askedAt: Date.now() - 3 * 864e5 }],
    })), desk.url);
    await page.addInitScript(() => Object.defineProperty(document, "prerendering", { get: () => !window.isShown }));
    await page.reload();
    await page.waitForTimeout(500);
    const asked = () => desk.requests.filter((line) => line.includes("/api/")).length;
    assert.equal(asked(), 0);
    await page.evaluate(() => {
      window.isShown = true;
      document.dispatchEvent(new Event("prerenderingchange"));
    });
    for (let i = 0; i < 20 && !asked(); i++) await page.waitForTimeout(100);
    assert.equal(asked(), 1);
  },

  async "script blocked or off: the publisher's own sentence stays"({ browser }) {
    const off = await browser.newContext({ javaScriptEnabled: false });
    const plain = await off.newPage();
    await plain.setContent(`<p id=tip>Write to <a href="mailto:desk@example.org">us</a>.</p><script async src="https://desk.invalid/static/js/typo-reports.js" data-site="s" data-hint="#tip"></script>`);
    assert.equal(await plain.locator("#tip").textContent(), "Write to us.");
    await off.close();
  },
};
