#!/usr/bin/env node
/**
 * Runs a stock Firefox for Playwright, which speaks WebDriver BiDi to it, and answers in Firefox's place the few
 * emulation commands that released Firefoxes do not know yet: it listens in between and turns them into a harmless one.
 * With FIREFOX_TOUCH set, what Playwright does with the mouse is done with a finger.
 */
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const UNKNOWN_YET = /"method":"emulation\.set(MediaFeatures|ScreenSettings|ScreenOrientation|Touch)Override"/;
// Playwright's touch screen does nothing over BiDi; Firefox itself understands a pointer that is a finger.
const POINTER = /"method":"input\.performActions".*"pointerType":"mouse"/;

/** Splits a stream of WebSocket frames from the client; `give` gets each one as {text, raw}. */
function frameReader(give) {
  let held = Buffer.alloc(0);
  return (piece) => {
    held = Buffer.concat([held, piece]);
    for (;;) {
      if (held.length < 6) return;
      let length = held[1] & 127;
      let at = 2;
      if (length === 126) [length, at] = [held.readUInt16BE(2), 4];
      else if (length === 127) [length, at] = held.length >= 10 ? [Number(held.readBigUInt64BE(2)), 10] : [Infinity, 10];
      const end = at + 4 + length;
      if (held.length < end) return;
      const mask = held.subarray(at, at + 4);
      const data = Buffer.from(held.subarray(at + 4, end));
      for (let i = 0; i < data.length; i++) data[i] ^= mask[i & 3];
      give({ isText: (held[0] & 15) === 1, text: data.toString(), raw: held.subarray(0, end) });
      held = held.subarray(end);
    }
  };
}

/** One masked text frame of less than 64 KiB. Firefox closes the connection on a mask of zeros. */
function frameOf(text) {
  const data = Buffer.from(text);
  const mask = Buffer.from([1, 2, 3, 4]);
  for (let i = 0; i < data.length; i++) data[i] ^= mask[i & 3];
  const length = data.length < 126 ? [0x80 | data.length] : [0x80 | 126, data.length >> 8, data.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, data]);
}

/** The command to send instead of `text`, or null where it goes on as it is. */
function swapFor(text) {
  if (UNKNOWN_YET.test(text)) return JSON.stringify({ id: JSON.parse(text).id, method: "session.status", params: {} });
  if (process.env.FIREFOX_TOUCH && POINTER.test(text)) return text.replaceAll('"pointerType":"mouse"', '"pointerType":"touch"');
  return null;
}

function listenBetween(port) {
  const server = createServer((client) => {
    const firefox = connect(port, "127.0.0.1");
    const read = frameReader(({ isText, text, raw }) => {
      const swap = isText && swapFor(text);
      firefox.write(swap ? frameOf(swap) : raw);
    });
    let greeted = false;
    client.on("data", (piece) => {
      if (greeted) return read(piece);
      // The handshake names this proxy's port; Firefox wants its own.
      firefox.write(piece.toString("latin1").replace(/^Host: .*$/m, `Host: 127.0.0.1:${port}`), "latin1");
      greeted = true;
    });
    firefox.on("data", (piece) => client.write(piece));
    for (const [one, other] of [[client, firefox], [firefox, client]]) {
      one.on("close", () => other.destroy());
      one.on("error", () => other.destroy());
    }
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server.address().port)));
}

const firefox = spawn(process.env.FIREFOX_PATH, process.argv.slice(2), { stdio: ["ignore", "inherit", "pipe"] });
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => firefox.kill(signal));
firefox.on("exit", (code) => process.exit(code ?? 1));
firefox.stderr.on("data", async (piece) => {
  const line = piece.toString();
  const [, port] = /WebDriver BiDi listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
  process.stderr.write(port ? line.replace(port, await listenBetween(Number(port))) : line);
});
