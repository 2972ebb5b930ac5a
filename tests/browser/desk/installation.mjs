/** A real desk for the browser tests: the program itself, on a random port, in a folder that goes away. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PROGRAM = fileURLToPath(new URL("../../../.venv/bin/typo-reports", import.meta.url));
const PATIENCE_MS = 90_000;

/** A port of this machine that nobody listens on. */
export function freePort() {
  const probe = createServer();
  return new Promise((done) => probe.listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  }));
}

async function untilHealthy(url, child, said) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(new URL("healthz", url)).catch(() => null);
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error("The desk did not start:\n" + said.join(""));
}

function stopped(child) {
  return new Promise((done) => {
    if (child.exitCode !== null) return done();
    const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(force);
      done();
    });
    child.kill("SIGTERM");
  });
}

/**
 * Start `typo-reports demo` (or `serve`, after `prepare(run, folder)`). Gives {url, said, run, stop, folder, processId}: the address with a
 * slash at its end, what the program printed, and `run(...words)` for other commands on the same installation.
 * `settings(port)` gives more of the environment; with a TYPO_REPORTS_BASE_URL the address is that one. `wanted` is the port.
 */
export async function startInstallation(command, prepare = async () => {}, settings = () => ({}), wanted = null) {
  const folder = await mkdtemp(join(tmpdir(), "typo-reports-desk-"));
  const port = wanted ?? await freePort();
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TYPO_REPORTS_"));
  const env = { ...Object.fromEntries(inherited), TYPO_REPORTS_DATA_DIR: folder, PYTHONUNBUFFERED: "1", HOST: "127.0.0.1", PORT: String(port), ...settings(port) };
  const run = async (words, input = "") => {
    const done = promisify(execFile)(PROGRAM, words, { env });
    done.child.stdin.end(input);
    return (await done).stdout;
  };
  const said = [];
  let child;
  const stop = async () => {
    if (child) await stopped(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await prepare(run, folder);
    child = spawn(PROGRAM, [command, "--port", String(port)], { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => said.push(String(bytes)));
    const url = `${env.TYPO_REPORTS_BASE_URL ?? `http://127.0.0.1:${port}`}/`;
    await untilHealthy(url, child, said);
    return { url, said, run, stop, folder, processId: child.pid };
  } catch (error) {
    await stop();
    throw error;
  }
}
