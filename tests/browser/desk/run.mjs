/**
 * Runs the editor's scenarios in a real Chromium against the real program: one line each, non-zero exit when one fails.
 * With words behind it, those whose name, or file, has them; long ones (`thousands`) run only so.
 */
import { readdir } from "node:fs/promises";
import { launchChromium } from "../reporter/browser.mjs";
import { startInstallation } from "./installation.mjs";

const FOLDER = new URL("./", import.meta.url);
const PATIENCE_MS = 120_000;
const CHIEF = { email: "chief@planet.example", password: "a long password for the tests" };

/** The files with scenarios to run. A file may start one installation for all of its own: `startShared()`, with a `stop`. */
async function readScenarios(wanted) {
  const files = [];
  for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith(".scenarios.mjs")).sort()) {
    const { default: found, isLong, startShared } = await import(new URL(file, FOLDER));
    // Long ones are run when they are asked for.
    const isMeant = (name) => (wanted || !isLong) && (name.includes(wanted) || file.includes(wanted));
    const meant = Object.entries(found).filter(([name]) => isMeant(name));
    if (meant.length) files.push({ scenarios: meant, startShared });
  }
  return files;
}

/** The demo, with how to sign in as it says so itself. */
async function startDemo() {
  const demo = await startInstallation("demo");
  const words = demo.said.join("");
  const find = (pattern) => words.match(pattern)?.[1];
  return { ...demo, email: find(/Sign in with\s+(\S+)/), password: find(/the password\s+(\S+)/) };
}

/** An installation with an administrator and nothing else. */
async function startEmpty() {
  const empty = await startInstallation("serve", async (run) => {
    await run(["migrate"]);
    await run(["editor", "add", CHIEF.email, "--role", "admin", "--password-stdin"], CHIEF.password + "\n");
  });
  return { ...empty, ...CHIEF };
}

/** A browser on a busy machine may lose a click; waiting in vain is tried once more and said. A wrong result is not. */
function isStall(error) {
  return /took too long|Timeout \d+ms exceeded/.test(error?.message ?? "");
}

async function play([name, scenario], parts, again = false) {
  const start = Date.now();
  let timer;
  const error = await Promise.race([
    scenario(parts).then(() => null, (error) => error),
    new Promise((done) => (timer = setTimeout(done, PATIENCE_MS, new Error("took too long")))),
  ]);
  clearTimeout(timer);
  // A scenario that took too long must not go on beside the next one.
  for (const context of parts.browser.contexts()) await context.close().catch(() => {});
  if (isStall(error) && !again) {
    console.log(`again  ${name}: ${error.message.split("\n")[0]}`);
    return play([name, scenario], parts, true);
  }
  console.log(`${error ? "FAILED" : "ok    "} ${name} (${Date.now() - start} ms)${error ? "\n       " + String(error.stack).slice(0, 10_000) : ""}`);
  return !error;
}

/** How many of the file's scenarios passed. */
async function playAll({ scenarios, startShared }, parts, keep) {
  const shared = startShared && (await keep(startShared()));
  let passed = 0;
  for (const scenario of scenarios) passed += await play(scenario, { ...parts, shared });
  await shared?.stop();
  return passed;
}

async function main() {
  const files = await readScenarios(process.argv[2] ?? "");
  const count = files.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  const started = [];
  const keep = async (starting) => {
    const part = await starting;
    started.push(part.stop ?? (() => part.close()));
    return part;
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopAll().then(() => process.exit(1)));
  const stopAll = () => Promise.all(started.splice(0).map((stop) => stop()));
  let passed = 0;
  try {
    const [browser, demo, empty] = await Promise.all([keep(launchChromium()), keep(startDemo()), keep(startEmpty())]);
    for (const file of files) passed += await playAll(file, { browser, demo, empty }, keep);
  } finally {
    await stopAll();
  }
  console.log(`${passed} passed, ${count - passed} failed`);
  process.exitCode = passed && passed === count ? 0 : 1;
}

await main();
