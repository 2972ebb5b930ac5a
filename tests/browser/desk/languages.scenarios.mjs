/**
 * The desk in other languages: every page in the two pseudo-locales (docs/translating.md), from left to right and back, wide and
 * at 320 pixels; and the four pages where editors spend their day in each language that is offered.
 */
import { codeOf } from "./authenticator.mjs";
import { assert, findingsOfAxe, openDesk } from "./desk_page.mjs";
import { brokenLayout, unmarkedTexts } from "./sight.mjs";
import { walk } from "./walking.mjs";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };
const LANGUAGES = ["en", "de", "fr", "es", "ru", "uk"];
const STARTS = ["queue", "queue?status=resolved", "queue?status=all&group=page", "queue?q=nothing-answers-to-this", "views", "sites/new", "letters", "settings/editors/new", "settings/passkeys", "settings/second-step"];
// BCP 47 keeps "qps" for private use; axe knows registered languages only.
const isPseudo = /^(html-lang-valid|valid-lang): .* lang="qps-/;
const PASSWORD = "a long password for the tests";

/** Sign in by the fields' names, whatever the language. */
async function enter(page, url, { email, password }, language) {
  await page.goto(new URL(`sign-in?language=${language}`, url).href);
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("form:has(#password) .primary").click();
}

/** Send a form of the desk; gives what the answer's page holds. */
async function send(page, path, fields = {}) {
  const token = await page.locator('[name="csrf_token"]').first().inputValue();
  const answer = await page.request.post(new URL(path, page.url()).href, { form: { csrf_token: token, ...fields } });
  assert.ok(answer.status() < 400, `${path} answers ${answer.status()}`);
  return answer.text();
}

/** Something of what the demo has none of: a deed, a view, a reply, an entry of the house style, a token. */
async function furnish(page, url) {
  await page.goto(new URL("queue", url).href);
  const last = await page.locator(".case").last().getAttribute("data-case");
  await send(page, "/queue/many", { deed: "wont-fix", case: last, queue: "" });
  await send(page, "/views", { queue: "assignee=none", name: "Nobody’s" });
  await send(page, "/sites/demo/house-style", { text: "Gazzette", kind: "word", lang: "", note: "" });
  await send(page, "/sites/demo/replies", { name: "Thanks", text: "Thank you.", lang: "" });
  await send(page, "/sites/demo/tokens", { token_name: "CMS" });
}

/** The progress of a deed on all cases, and the words at its end, with everything taken back. */
async function lookAtMany(page, url, axeAt) {
  await page.setViewportSize(WIDE);
  await page.goto(new URL("queue", url).href);
  await page.locator("#many > details > summary").click();
  await page.locator("#all").check();
  let goOn;
  const isSeen = new Promise((done) => (goOn = done));
  await page.route("**/queue/many", (route) => isSeen.then(() => route.continue()));
  await page.locator('#many button[value="assign"]').click();
  await page.locator("#many-stop").waitFor();
  const findings = await lookAt(page, "the progress", { axeAt });
  goOn();
  const undo = page.locator('#notices [data-action="undo"]');
  await undo.waitFor();
  findings.push(...await lookAt(page, "what was done to many", { axeAt: null }));
  // As a reload of it would show it while it is under way.
  const rest = await page.locator('#notices form[action*="/batches/"]').getAttribute("action");
  const queue = page.url();
  await page.goto(new URL(rest, url).href);
  findings.push(...await lookAt(page, "taking back", { axeAt }));
  await send(page, rest);
  await page.goto(queue);
  findings.push(...await lookAt(page, "what was taken back", { axeAt: null }));
  return findings;
}

/** Later scenarios expect a desk without views; the rest is in nobody's way. */
async function removeViews(page, url) {
  await page.goto(new URL("views", url).href);
  const addresses = await page.locator('form[action$="/delete"]').evaluateAll((forms) => forms.map((form) => form.getAttribute("action")));
  for (const address of addresses) await send(page, address);
}

/** Everything that is wrong with the page that is shown, at both widths. */
async function lookAt(page, kind, { axeAt }) {
  const findings = (await unmarkedTexts(page)).map((found) => `${kind} is not marked: ${found}`);
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    for (const found of await brokenLayout(page)) findings.push(`${kind} at ${size.width}: ${found}`);
    if (size === axeAt) findings.push(...(await findingsOfAxe(page)).filter((found) => !isPseudo.test(found)).map((found) => `${kind} at ${size.width}: ${found}`));
  }
  return findings;
}

/** The findings as lines; what is in the frame of every page is told once. */
function onePerWords(findings) {
  const seen = new Map(findings.map((line) => [line.replace(/^\S+ /, ""), line]));
  return [...seen.values()].join("\n");
}

function pseudo(language, axeAt) {
  return async ({ browser, demo }) => {
    const { page, problems, close } = await openDesk(browser, { viewport: WIDE });
    try {
      await page.goto(new URL(`sign-in?language=${language}`, demo.url).href);
      const findings = await lookAt(page, "sign-in", { axeAt });
      await enter(page, demo.url, demo, language);
      await page.waitForURL(/\/queue/);
      await furnish(page, demo.url);
      await page.keyboard.press("?");
      await page.locator("#keys[open]").waitFor();
      findings.push(...await lookAt(page, "the palette", { axeAt }));
      let pages = 0;
      for await (const { kind, status, isPage } of walk(page, demo.url, STARTS)) {
        if (status !== 200) findings.push(`${kind} answers ${status}`);
        if (!isPage) continue;
        pages++;
        findings.push(...await lookAt(page, kind, { axeAt }));
      }
      findings.push(...await lookAtMany(page, demo.url, axeAt));
      await removeViews(page, demo.url);
      assert.equal(onePerWords(findings), "", language);
      assert.deepEqual(problems, [], language);
      assert.ok(pages >= 20, `only ${pages} pages`);
    } finally {
      await close();
    }
  };
}

/** What only some see: an empty desk, ways into an account, refusals. */
function aside(language, axeAt) {
  return async ({ browser, empty }) => {
    const { page, problems, close } = await openDesk(browser, { viewport: WIDE });
    const findings = [];
    const look = async (kind, path) => {
      if (path) await page.goto(new URL(path, empty.url).href);
      findings.push(...await lookAt(page, kind, { axeAt }));
    };
    try {
      for (const path of ["forgotten", "nowhere", "password/nothing", "r/nothing"]) await look(path, `${path}?language=${language}`);
      await enter(page, empty.url, { ...empty, password: "not the password" }, language);
      await look("the wrong password");
      await enter(page, empty.url, empty, language);
      await page.waitForURL(/\/queue/);
      for (const path of ["queue", "sites", "stats", "history", "views", "nowhere", "settings/editors/999", "cases/nothing"]) await look("empty: " + path, path);
      await page.goto(new URL("settings", empty.url).href);
      await fill(page, { present: "wrong", new: "short", again: "other" });
      await look("settings, refused");
      await page.goto(new URL("settings", empty.url).href);
      await fill(page, { time_zone: "america" });
      await page.locator(".zones").waitFor();
      await look("settings, time zones");
      await page.goto(new URL("sites/new", empty.url).href);
      await fill(page, { name: "x", origins: "not an origin" });
      await look("sites/new, refused");
      await lookAtEditor(page, look, empty, `${language}@planet.example`, language);
      // What the desk refuses is written into the console.
      assert.deepEqual(problems.filter((problem) => !/status of 4\d\d/.test(problem)), [], language);
      assert.equal(onePerWords(findings), "", language);
    } finally {
      await close();
    }
  };
}

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).last().fill(value);
  await page.locator(`form:has([name="${Object.keys(fields).at(-1)}"]) button`).last().click();
}

/** An editor without a site, who may not manage, and who signs in in two steps. */
async function lookAtEditor(page, look, empty, email, language) {
  const editor = { email, password: PASSWORD };
  await empty.run(["editor", "add", email, "--password-stdin"], PASSWORD + "\n");
  await page.context().clearCookies();
  await enter(page, empty.url, editor, language);
  await page.waitForURL(/\/queue/);
  for (const path of ["queue", "sites", "settings/editors", "settings/second-step"]) await look("an editor: " + path, path);
  await page.locator("main form .primary").click();
  await page.locator("#secret").waitFor();
  await look("the key of the app");
  const secret = (await page.locator("#secret").textContent()).trim();
  await fill(page, { code: "000000" });
  await look("the wrong code");
  await fill(page, { code: codeOf(secret) });
  await page.locator("#codes").waitFor();
  await look("recovery codes");
  await look("the app is on", "settings/second-step");
  await page.context().clearCookies();
  await enter(page, empty.url, editor, language);
  await page.locator("#code").waitFor();
  await look("the second step");
}

/** The four pages of every day in each language: axe, and nothing cut. The address chooses the language. */
async function everyDay({ browser, demo }) {
  const { page, problems, close } = await openDesk(browser, { viewport: NARROW });
  try {
    await enter(page, demo.url, demo, "en");
    await page.locator(".case").first().waitFor();
    const ofCase = new URL(await page.locator(".case-link").first().getAttribute("href"), demo.url).pathname;
    const findings = [];
    for (const language of LANGUAGES) {
      for (const path of ["queue", ofCase, "stats", "settings"]) {
        await page.goto(new URL(`${path}?language=${language}`, demo.url).href);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        const found = [...await findingsOfAxe(page)];
        for (const size of [NARROW, WIDE]) {
          await page.setViewportSize(size);
          found.push(...await brokenLayout(page));
        }
        findings.push(...found.map((one) => `in ${language}, ${path}: ${one}`));
      }
    }
    assert.equal(findings.join("\n"), "");
    assert.deepEqual(problems, []);
  } finally {
    await close();
  }
}

export default {
  "every page is translatable and has room for longer words": pseudo("qps-ploc", WIDE),
  "every page holds from right to left": pseudo("qps-plocm", NARROW),
  "refusals, empty pages and the ways in are translatable": aside("qps-ploc", null),
  "refusals, empty pages and the ways in hold from right to left": aside("qps-plocm", NARROW),
  [`queue, case, stats and settings are sound in ${LANGUAGES.join(", ")}`]: everyDay,
};
