/** Passkeys in the real browser, with the virtual device that Chromium has for tests (CDP, domain WebAuthn). */
import { assert, findingsOfAxe, openDesk, overflow, signIn } from "./desk_page.mjs";
import { codeOf } from "./authenticator.mjs";
import { startInstallation } from "./installation.mjs";

const PASSWORD = "a long password for the tests";
// Each scenario that leaves something on an account has its own.
const [ANN, BEN, CAS] = ["ann", "ben", "cas"].map((name) => ({ email: `${name}@planet.example`, password: PASSWORD }));

/** A desk under a name, for all scenarios of this file: browsers offer no passkeys to addresses. */
export function startShared() {
  const prepare = async (run) => {
    await run(["migrate"]);
    for (const { email } of [ANN, BEN, CAS]) await run(["editor", "add", email, "--role", "admin", "--password-stdin"], PASSWORD + "\n");
  };
  return startInstallation("serve", prepare, (port) => ({ TYPO_REPORTS_BASE_URL: `http://localhost:${port}` }));
}

/** A device on this page whose owner's finger is always there. */
async function giveDevice(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    credentials: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    setOwner: (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

async function addPasskey(page, url, name, password = PASSWORD) {
  await page.goto(new URL("settings/passkeys", url).href);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Present password").fill(password);
  await page.getByRole("button", { name: "Add a passkey" }).click();
}

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL(/\/sign-in/);
}

async function onOwnPage({ browser, shared: desk }, walk, settings = {}) {
  const opened = await openDesk(browser, settings);
  try {
    await walk({ desk, ...opened });
  } finally {
    await opened.close();
  }
}

export default {
  async "a passkey is added under Settings and signs in alone, within the strict policy"(parts) {
    await onOwnPage(parts, async ({ desk, page, problems }) => {
      const device = await giveDevice(page);
      await signIn(page, desk.url, ANN);
      await addPasskey(page, desk.url, "Laptop");
      await page.getByText("From now on it signs you in").waitFor();
      assert.equal((await device.credentials()).length, 1);
      assert.equal((await device.credentials())[0].rpId, "localhost");
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await overflow(page), 0);
      await signOut(page);
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.goto(new URL("sign-in?next=%2Fsettings%2Fpasskeys", desk.url).href);
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.waitForURL(/\/settings\/passkeys$/);
      await page.getByText("last used").waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "what goes wrong with a passkey is said beside its button, and nothing is lost"(parts) {
    await onOwnPage(parts, async ({ desk, page }) => {
      const device = await giveDevice(page);
      await signIn(page, desk.url, BEN);
      await addPasskey(page, desk.url, "Laptop", "not the password");
      await page.getByText("This is not your present password.").waitFor();
      assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Laptop");
      await page.getByLabel("Present password").fill(BEN.password);
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await page.getByText("From now on it signs you in").waitFor();
      await addPasskey(page, desk.url, "The same again");
      await page.getByText("This device has a passkey for your account already.").waitFor();
      await signOut(page);
      await device.setOwner(false);
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByText("Nothing happened").waitFor();
      await device.setOwner(true);
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.waitForURL(/\/queue/);
    });
  },

  async "under another address than its own the desk says where passkeys are at home"(parts) {
    await onOwnPage(parts, async ({ desk, page }) => {
      await giveDevice(page);
      const other = desk.url.replace("localhost", "127.0.0.1");
      await page.goto(new URL("sign-in", other).href);
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByText(`Open ${desk.url.replace(/\/$/, "")} and try again`).waitFor();
    });
  },

  async "after the password a passkey stands in for the code of the app"(parts) {
    await onOwnPage(parts, async ({ desk, page, problems }) => {
      await giveDevice(page);
      await signIn(page, desk.url, CAS);
      await addPasskey(page, desk.url, "Laptop");
      await page.getByText("From now on it signs you in").waitFor();
      await page.goto(new URL("settings/second-step", desk.url).href);
      await page.getByRole("button", { name: "Set up an app" }).click();
      await page.getByLabel("Code").fill(codeOf((await page.locator("#secret").textContent()).trim()));
      await page.getByRole("button", { name: "Use this app" }).click();
      await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
      await signOut(page);
      await page.getByLabel("E-mail").fill(CAS.email);
      await page.getByLabel("Password").fill(CAS.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByRole("heading", { name: "Enter the code" }).waitFor();
      assert.deepEqual(await findingsOfAxe(page), []);
      await page.getByRole("button", { name: "Use a passkey instead" }).click();
      await page.waitForURL(/\/queue/);
      assert.deepEqual(problems, []);
    });
  },

  async "without script the pages say that passkeys need it, and the password works"(parts) {
    await onOwnPage(parts, async ({ desk, page }) => {
      await page.goto(new URL("sign-in", desk.url).href);
      await page.getByText("Passkeys need JavaScript").waitFor();
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByText("Passkeys need JavaScript, and a browser that knows them.").waitFor();
      await signIn(page, desk.url, ANN);
    }, { javaScriptEnabled: false });
  },
};
