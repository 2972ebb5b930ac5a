/** Finds a Chromium: CHROMIUM_PATH, then where systems put it, then Playwright's own. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const WELL_KNOWN = [
  "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export function chromiumPath() {
  const path = [process.env.CHROMIUM_PATH, ...WELL_KNOWN, chromium.executablePath()].find((at) => at && existsSync(at));
  if (!path) throw new Error("No Chromium found: install Debian's package chromium, or name one in CHROMIUM_PATH.");
  return path;
}

export function launchChromium() {
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
