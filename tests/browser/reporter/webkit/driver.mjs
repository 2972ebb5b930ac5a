/** Debian's WebKitWebDriver with its MiniBrowser on a screen of its own (Xvfb), spoken to in classic WebDriver. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BROWSERS = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"].flatMap((name) =>
  ["x86_64", "aarch64"].map((machine) => `/usr/lib/${machine}-linux-gnu/${name}/MiniBrowser`));
const START_MS = 15_000;

// The buttons of its toolbar would keep a window from being as narrow as 320 px.
const SLIM = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; } headerbar * { font-size: 1px; -gtk-icon-transform: scale(0.1); }";

/** A folder of settings for the browser's toolkit. */
async function writeLook() {
  const folder = await mkdtemp(join(tmpdir(), "typo-reports-webkit-"));
  await mkdir(join(folder, "gtk-3.0"));
  await writeFile(join(folder, "gtk-3.0", "gtk.css"), SLIM);
  return folder;
}

/** A screen, and the means to start a browser on it, which prefers dark colours if `dark`: {newSession, close, isRunning}. */
export async function startScreen({ dark = false } = {}) {
  const binary = BROWSERS.find((at) => existsSync(at));
  const driver = process.env.WEBKIT_DRIVER_PATH || "/usr/bin/WebKitWebDriver";
  if (!binary || !existsSync(driver)) throw new Error("No WebKit found: install Debian's packages webkit2gtk-driver and xvfb.");
  const screen = start("Xvfb", ["-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const [display, look] = await Promise.all([firstLine(screen), writeLook()]);
  const env = {
    ...process.env, DISPLAY: ":" + display, GTK_A11Y: "none", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1",
    XDG_CONFIG_HOME: look, GTK_THEME: dark ? "Adwaita:dark" : "Adwaita",
    // Its sandbox needs namespaces that root in a container has not; it opens our own two servers only.
    ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" } : {}),
  };
  return {
    isRunning: () => screen.exitCode === null,
    newSession: () => newSession(driver, binary, env),
    async close() {
      await stop(screen);
      await rm(look, { recursive: true, force: true });
    },
  };
}

/** Start a process that ends with this one, however that ends. */
function start(program, words, options) {
  const started = spawn(program, words, options);
  const end = () => started.kill();
  process.once("exit", end);
  started.once("exit", () => process.removeListener("exit", end));
  return started;
}

/** End a process that was started here. */
function stop(started) {
  if (started.exitCode !== null) return null;
  const gone = new Promise((done) => started.once("exit", done));
  started.kill();
  return gone;
}

function firstLine({ stdout }) {
  return new Promise((done, fail) => {
    stdout.once("data", (data) => done(String(data).trim()));
    stdout.once("end", () => fail(new Error("Xvfb did not start.")));
  });
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function untilReady(address) {
  for (const end = Date.now() + START_MS; Date.now() < end; await new Promise((wake) => setTimeout(wake, 50))) {
    try {
      return await (await fetch(address + "/status")).json();
    } catch {}
  }
  throw new Error("WebKitWebDriver did not start.");
}

/** A browser with nothing kept from any other: {version, send(method, path, body), end}. A driver steers only one. */
async function newSession(driver, binary, env) {
  const port = await freePort();
  const server = start(driver, [`--port=${port}`], { env, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  try {
    await untilReady(address);
    const wanted = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
    const { sessionId, capabilities } = await ask(address + "/session", "POST", { capabilities: { alwaysMatch: wanted } });
    const send = (method, path, body) => ask(`${address}/session/${sessionId}${path}`, method, body);
    return { version: capabilities.browserVersion, send, end: () => send("DELETE", "").catch(() => {}).then(() => stop(server)) };
  } catch (error) {
    await stop(server);
    throw error;
  }
}

async function ask(address, method, body) {
  const answer = await fetch(address, { method, body: method === "POST" ? JSON.stringify(body ?? {}) : undefined });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
