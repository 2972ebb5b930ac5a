/** Finds a Chromium: CHROMIUM_PATH, then where systems put it, then Playwright's own; or a stock Firefox. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, firefox } from "playwright-core";

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

const FIREFOXES = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

// Firefox emulates no phone for a driver, but its own settings make it believe that it has only a coarse pointer.
const COARSE = 1;
const TOUCH = { "dom.w3c_touch_events.enabled": 1, "ui.primaryPointerCapabilities": COARSE, "ui.allPointerCapabilities": COARSE };

// Nor does it emulate colours for a driver; its settings make it prefer dark ones, or take those of a high-contrast system.
export const DARK = { "layout.css.prefers-color-scheme.content-override": 0 };
export const FORCED_COLOURS = { "ui.useAccessibilityTheme": 1, "browser.display.document_color_use": 2, "ui.prefersReducedMotion": 1 };

/** A stock Firefox over WebDriver BiDi: FIREFOX_PATH, or where systems put it. With `touch`, one on a touch screen. */
export async function launchFirefox({ touch = false, preferences = {} } = {}) {
  const path = [process.env.FIREFOX_PATH, ...FIREFOXES].find((at) => at && existsSync(at));
  if (!path) throw new Error("No Firefox found: install Debian's package firefox-esr, or name one in FIREFOX_PATH.");
  const browser = await firefox.launch({
    channel: "moz-firefox", executablePath: fileURLToPath(new URL("firefox-between.mjs", import.meta.url)),
    env: { ...process.env, FIREFOX_PATH: path, FIREFOX_TOUCH: touch ? "1" : "" }, firefoxUserPrefs: { ...preferences, ...(touch ? TOUCH : {}) },
  });
  if (touch) await tapByClicking(browser);
  return browser;
}

/** Playwright's tap does nothing in this Firefox; its click is done with a finger there (see firefox-between.mjs). */
async function tapByClicking(browser) {
  const context = await browser.newContext({ viewport: null });
  const locator = Object.getPrototypeOf((await context.newPage()).locator("html"));
  locator.tap = locator.click;
  await context.close();
}
