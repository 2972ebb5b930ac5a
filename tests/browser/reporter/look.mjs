/** Takes pictures of the dialog for people to look at: `node tests/browser/reporter/look.mjs FOLDER`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium } from "./browser.mjs";
import { startDesk, startPublisher } from "./servers.mjs";
import { makeStage, openDialog, select } from "./stage.mjs";

const ENGLISH = `<style>body{font:18px/1.6 Georgia,serif;margin:2rem auto;max-width:40rem;padding:0 1rem}</style>
<article><h1>The harbour wakes</h1><p id="a">By dawn the trawlers had allready left the harbour, and only the gulls
remained. A smell of diesel and wet rope hung over the quay.</p><p>Nobody spoke. The ferry was late again.</p></article>`;
const HEBREW = `<style>body{font:18px/1.6 serif;margin:2rem}</style><article><h1>הנמל מתעורר</h1>
<p id="a">עם שחר כבר יצאו הסירות מהנמל, ורק השחפים נשארו על הרציף הרטובב.</p></article>`;

const PICTURES = {
  light: { body: ENGLISH, text: "allready", typed: "already" },
  dark: { body: ENGLISH, text: "allready", typed: "already", settings: { colorScheme: "dark" } },
  narrow: { body: ENGLISH, text: "allready", settings: { viewport: { width: 320, height: 640 } } },
  rtl: { body: HEBREW, text: "הרטובב", lang: "he" },
  sent: { body: ENGLISH, text: "allready", typed: "already", press: "Send" },
  "sent-dark": { body: ENGLISH, text: "allready", typed: "already", press: "Send", settings: { colorScheme: "dark" } },
  "sent-narrow": { body: ENGLISH, text: "allready", press: "Send", settings: { viewport: { width: 320, height: 640 } } },
  "sent-rtl": { body: HEBREW, text: "הרטובב", lang: "he", press: "שליחה" },
  refused: { body: ENGLISH, text: "allready", typed: "already", press: "Send", next: { status: 422, body: { detail: "The site takes no reports." } } },
  own: { body: ENGLISH, text: "allready", typed: "already", press: "Send", then: "Change" },
  kept: { body: ENGLISH, text: "allready", typed: "already", press: "Send", next: { status: 500 } },
  forced: { body: ENGLISH, text: "allready", typed: "already", settings: { forcedColors: "active" } },
  choose: { body: ENGLISH },
  "touch-dialog": { body: ENGLISH, text: "allready", settings: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } },
  touch: { body: ENGLISH, text: "allready", settings: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }, button: true },
};

const folder = process.argv[2] ?? "pictures";
await mkdir(folder, { recursive: true });
const [browser, publisher, desk] = await Promise.all([launchChromium(), startPublisher(), startDesk()]);
for (const [name, { body, text, typed, press, then, next, button, ...options }] of Object.entries(PICTURES)) {
  const stage = await makeStage({ browser, publisher, desk, name });
  desk.next = next ?? { body: { outcome: "known", readers: 3, receipt: desk.url + "r/abc", changeable_until: "2100-01-01T00:00:00Z" } };
  const page = await stage.open(body, { csp: false, ...options });
  if (text) await select(page, "#a", text);
  if (button) await page.getByRole("button", { name: "Report an error" }).first().waitFor();
  else {
    await openDialog(page);
    if (typed) await page.keyboard.type(typed);
    if (press) await page.getByRole("button", { name: press }).click();
    if (then) await page.getByRole("button", { name: then }).click();
  }
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, name + ".png") });
  await stage.close();
}
await Promise.all([browser.close(), publisher.close(), desk.close()]);
