/** A good guest beside the libraries that old and new pages bring along, as their makers publish them. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { assert, openDialog, reportOf, select, sendAndTake } from "./stage.mjs";

export const PROTOTYPE_PATH = process.env.PROTOTYPE_PATH || "/usr/share/javascript/prototype/prototype.js";
const JQUERY_PATH = fileURLToPath(new URL("../../../node_modules/jquery/dist/jquery.js", import.meta.url));
const PAGE = `<article><p id="a">A reader selects a typo ('anotation') in a web page.</p></article>`;

/** What a page's head needs to run the library at `path` before our script, and then `more`. */
const withLibrary = async (path, more) => `<script>${(await readFile(path, "utf8")).replaceAll("</script", "<\\/script")}</script><script>${more}</script>`;

export default {
  async "a page with jQuery itself: its handlers on the document, delegated ones and its focus trap hear nothing of ours"({ open, desk }) {
    const head = await withLibrary(JQUERY_PATH, `
      window.trapped = [];
      jQuery(document).on("keydown keyup click mousedown focusin submit input", "*", (event) => trapped.push(event.type));
      jQuery(document).on("focusin", (event) => event.target.localName === "typo-reports" && jQuery("body").trigger("focus"));
      jQuery.noConflict(true);`);
    const page = await open(PAGE, { csp: false, head });
    await select(page, "#a", "anotation");
    const dialog = await openDialog(page);
    await page.evaluate(() => (trapped.length = 0)); // the gesture itself was the page's to hear
    await dialog.getByLabel("Correct spelling").fill("annotation");
    const report = await sendAndTake(page, desk);
    assert.equal(report.suggestion, "annotation");
    assert.deepEqual(await page.evaluate(() => trapped), []);
    assert.equal(await page.evaluate(() => typeof window.jQuery + typeof window.$), "undefinedundefined");
  },

  async "a page with Prototype itself: its extended elements, arrays and functions, and its own handlers"({ open, desk }) {
    const head = await withLibrary(PROTOTYPE_PATH, `
      window.keys = [];
      Event.observe(document, "keydown", (event) => keys.push(event.keyCode));
      document.observe("dom:loaded", () => $$("p").invoke("addClassName", "seen"));`);
    const page = await open(PAGE, { csp: false, head });
    assert.match(await page.evaluate(() => Prototype.Version), /^1\.7/);
    const report = await reportOf(page, desk, "#a", "anotation");
    assert.deepEqual([report.target.selector.exact, report.page.title], ["anotation", "A page"]);
    assert.equal(await page.evaluate(() => $("a").hasClassName("seen") && keys.length > 0), true);
  },
};
