/** Every page of the desk that links lead to: axe, the strict policy, narrow screens, dark. */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";

const MOST_PAGES = 60;
const LOOKS = [
  { name: "light", settings: {} },
  { name: "dark, 320 pixels", settings: { colorScheme: "dark", viewport: { width: 320, height: 640 } } },
  { name: "forced colours", settings: { forcedColors: "active" } },
];

/** One address for all pages of a kind, so that a thousand cases are looked at once. */
function kindOf(address) {
  const { pathname, searchParams } = new URL(address);
  const path = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id").replace(/\/\d+(?=\/|$)/g, "/:n").replace(/[\w.-]+\.eml/g, ":letter");
  return path + ["status", "cursor", "page"].filter((name) => searchParams.has(name)).map((name) => `?${name}=` + (name === "status" ? searchParams.get(name) : "")).join("");
}

async function linksOf(page, url) {
  const all = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.href));
  return all.map((link) => link.split("#")[0]).filter((link) => link.startsWith(url) && !new URL(link).pathname.startsWith("/demo") && !link.includes("/static/") && !link.endsWith(".csv"));
}

async function* walk(page, url, starts) {
  const waiting = starts.map((path) => new URL(path, url).href);
  const seen = new Set(waiting.map(kindOf));
  for (let count = 0; waiting.length && count < MOST_PAGES; count++) {
    const address = waiting.shift();
    const answer = await page.goto(address);
    const headers = answer.headers();
    // A letter is shown in a sandbox in which nothing runs, so axe can't either.
    const isPage = headers["content-type"]?.startsWith("text/html") && !/\bsandbox\b/.test(headers["content-security-policy"]);
    yield { kind: kindOf(address), status: answer.status(), isPage };
    if (!isPage) continue;
    for (const link of await linksOf(page, url)) {
      if (!seen.has(kindOf(link))) {
        seen.add(kindOf(link));
        waiting.push(link);
      }
    }
  }
}

const STARTS = ["queue", "queue?status=resolved", "queue?q=nothing-answers-to-this", "sites/new", "letters", "settings/editors/new"];

function lookAt({ name, settings }) {
  return async ({ browser, demo }) => {
    const { page, problems, close } = await openDesk(browser, settings);
    try {
      await signIn(page, demo.url, demo);
      const findings = [];
      const kinds = [];
      for await (const { kind, status, isPage } of walk(page, demo.url, STARTS)) {
        kinds.push(kind);
        if (status !== 200) findings.push(`${kind} answers ${status}`);
        if (!isPage) continue;
        for (const found of await findingsOfAxe(page)) findings.push(`${kind}: ${found}`);
        if (await overflow(page) > 0) findings.push(`${kind} is ${await overflow(page)} pixels too wide`);
      }
      assert.deepEqual(findings, [], name);
      assert.deepEqual(problems, [], name);
      assert.ok(kinds.length >= 10, "only " + kinds.join(" "));
    } finally {
      await close();
    }
  };
}

export default {
  ...Object.fromEntries(LOOKS.map((look) => [`every page of the desk is sound: ${look.name}`, lookAt(look)])),

  async "pages for people without an account are sound, also the one that does not exist"({ browser, demo }) {
    const { page, problems, close } = await openDesk(browser);
    try {
      for (const [path, status] of [["sign-in", 200], ["forgotten", 200], ["password/nothing", 404], ["nowhere", 404], ["r/nothing", 404]]) {
        assert.equal((await page.goto(new URL(path, demo.url).href)).status(), status, path);
        assert.deepEqual(await findingsOfAxe(page), [], path);
      }
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async "an empty desk says what to do, and is sound"({ browser, empty }) {
    const { page, problems, close } = await openDesk(browser);
    try {
      await signIn(page, empty.url, empty);
      for (const path of ["queue", "sites", "letters"]) {
        await page.goto(new URL(path, empty.url).href);
        assert.deepEqual(await findingsOfAxe(page), [], path);
      }
      await page.goto(new URL("queue", empty.url).href);
      await page.getByRole("link", { name: "Add a site" }).waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },
};
