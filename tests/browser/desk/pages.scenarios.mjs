/** Every page of the desk that links lead to: axe, the strict policy, narrow screens, dark. */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";
import { walk } from "./walking.mjs";

const LOOKS = [
  { name: "light", settings: {} },
  { name: "dark, 320 pixels", settings: { colorScheme: "dark", viewport: { width: 320, height: 640 } } },
  { name: "forced colours", settings: { forcedColors: "active" } },
];

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
