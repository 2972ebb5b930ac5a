/** Single sign-on in the real browser: to the stand-in provider of tests/environment and back. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { assert, findingsOfAxe, openDesk, overflow } from "./desk_page.mjs";
import { freePort, startInstallation } from "./installation.mjs";

const PYTHON = fileURLToPath(new URL("../../../.venv/bin/python", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ANN = { email: "ann@planet.example", password: "a long password for the tests" };

async function startProvider(deskPort) {
  const back = `http://127.0.0.1:${deskPort}/sign-in/sso/callback`;
  const words = ["-m", "tests.environment.identity_provider", "--redirect-uri", back, "--email", ANN.email];
  const child = spawn(PYTHON, words, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const [issuer] = await once(child.stdout, "data");
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return { issuer: String(issuer).trim(), stop };
}

/** A desk whose provider runs beside it; with `more` settings. */
async function startWithProvider(more = {}) {
  const port = await freePort();
  const provider = await startProvider(port);
  const settings = () => ({
    TYPO_REPORTS_OIDC_ISSUER: provider.issuer, TYPO_REPORTS_OIDC_CLIENT_ID: "typo reports",
    TYPO_REPORTS_OIDC_CLIENT_SECRET: "a:secret/of the client", TYPO_REPORTS_OIDC_NAME: "Paper Login", ...more,
  });
  const prepare = async (run) => {
    await run(["migrate"]);
    await run(["editor", "add", ANN.email, "--role", "admin", "--password-stdin"], ANN.password + "\n");
  };
  try {
    const desk = await startInstallation("serve", prepare, settings, port);
    return { desk, provider, stop: () => Promise.all([desk.stop(), provider.stop()]) };
  } catch (error) {
    await provider.stop();
    throw error;
  }
}

/** For all scenarios of this file but the one that needs other settings. */
export const startShared = () => startWithProvider();

async function onOwnPage(browser, { desk, provider }, walk, context = {}) {
  const opened = await openDesk(browser, context);
  try {
    await walk({ desk, provider, ...opened });
  } finally {
    await opened.close();
  }
}

const toProvider = (page) => page.getByRole("button", { name: "Sign in with Paper Login" }).click();
const agree = (page) => page.getByRole("button", { name: `I am ${ANN.email}` }).click();

async function walkThere(page, desk, path) {
  await page.goto(new URL(path, desk.url).href);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await toProvider(page);
  await agree(page);
}

export default {
  async "one signs in at the provider and comes back to the page that was asked for"({ browser, shared }) {
    await onOwnPage(browser, shared, async ({ desk, page, problems }) => {
      await page.goto(new URL("stats", desk.url).href);
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await overflow(page), 0);
      await toProvider(page);
      await agree(page);
      await page.waitForURL(/\/stats/);
      assert.ok(!page.url().includes("code="), page.url());
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await page.waitForURL(/\/sign-in$/);
      await page.goto(new URL("queue", desk.url).href);
      await page.waitForURL(/\/sign-in\?next/);
      assert.deepEqual(problems, []);
    });
  },

  async "who cancels at the provider is told so and may sign in with the password"({ browser, shared }) {
    await onOwnPage(browser, shared, async ({ desk, page }) => {
      await page.goto(new URL("sign-in", desk.url).href);
      await toProvider(page);
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("You did not sign in at Paper Login").waitFor();
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.getByLabel("E-mail").fill(ANN.email);
      await page.getByLabel("Password").fill(ANN.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL(/\/queue/);
    });
  },

  async "without script single sign-on works as well"({ browser, shared }) {
    await onOwnPage(browser, shared, async ({ desk, page }) => {
      await walkThere(page, desk, "sign-in");
      await page.waitForURL(/\/queue/);
    }, { javaScriptEnabled: false });
  },

  async "where single sign-on is the only way, a link of the command line leads back in"({ browser }) {
    const own = await startWithProvider({ TYPO_REPORTS_OIDC_ONLY: "yes" });
    await onOwnPage(browser, own, async ({ desk, provider, page, problems }) => {
      await page.goto(new URL("sign-in", desk.url).href);
      assert.equal(await page.getByLabel("Password").count(), 0);
      assert.deepEqual(await findingsOfAxe(page), []);
      await walkThere(page, desk, "sign-in");
      await page.waitForURL(/\/queue/);
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await provider.stop();
      const link = (await desk.run(["editor", "let-in", ANN.email])).split("\n")[0];
      await page.goto(link);
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL(/\/queue/);
      assert.deepEqual(problems, []);
    }).finally(own.stop);
  },
};
