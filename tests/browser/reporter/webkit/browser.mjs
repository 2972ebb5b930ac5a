/** WebKit in the shape that the scenarios know from Playwright: launchWebKit() gives a browser. */
import { startScreen } from "./driver.mjs";
import { collect } from "./in-page.mjs";
import { until } from "./locator.mjs";
import { Page } from "./page.mjs";

/** A fresh session: nothing is kept from any other. Its windows are the pages. */
class Context {
  #session;
  #pages = [];
  #turn = Promise.resolve();
  #window;
  #viewport;

  constructor(session, servers, { userAgent, viewport }) {
    this.#session = session;
    this.#viewport = viewport;
    this.servers = servers;
    this.scripts = [`(${collect})()`];
    if (userAgent) this.scripts.push(`Object.defineProperty(navigator, "userAgent", { get: () => ${JSON.stringify(userAgent)} })`);
  }

  get desk() {
    return this.servers[0];
  }

  pages() {
    return this.#pages;
  }

  /** `page` is closed: nobody asks it any more. */
  drop(page) {
    this.#pages = this.#pages.filter((other) => other !== page);
  }

  /** Do `work(send)` in a window, after what was asked before. */
  inWindow(handle, work) {
    const done = this.#turn.then(async () => {
      if (this.#window !== handle) await this.#session.send("POST", "/window", { handle });
      this.#window = handle;
      return work(this.#session.send);
    });
    this.#turn = done.catch(() => {});
    return done;
  }

  async newPage() {
    const handle = this.#pages.length
      ? (await this.#session.send("POST", "/window/new", { type: "tab" })).handle
      : await this.#session.send("GET", "/window");
    const page = new Page(this, handle);
    this.#pages.push(page);
    if (this.#viewport && this.#pages.length === 1) await this.#resize(page, this.#viewport);
    return page;
  }

  /** Give the page so much room: what the window's frame takes is found out first. */
  async #resize(page, { width, height }) {
    const outer = await page.send("POST", "/window/rect", { width, height });
    // The page hears of its new size a little later.
    const inner = await until(async () => {
      const [wide, high] = await page.evaluate(() => [innerWidth, innerHeight]);
      return wide <= outer.width && high <= outer.height ? [wide, high] : undefined;
    }, "a page as small as its window");
    await page.send("POST", "/window/rect", { width: width + outer.width - inner[0], height: height + outer.height - inner[1] });
  }

  /** Both servers hang up, and the page is told what a browser would tell it. */
  async setOffline(isOffline) {
    for (const server of this.servers) server.setAway(isOffline);
    await this.#pages[0].evaluate((isOffline) => {
      Object.defineProperty(navigator, "onLine", { get: () => !isOffline, configurable: true });
      dispatchEvent(new Event(isOffline ? "offline" : "online"));
    }, isOffline);
  }

  async close() {
    for (const server of this.servers) server.setAway(false);
    if (this.desk) this.desk.replaced = null;
    await this.#session.end();
  }
}

/**
 * `browser.servers` are the stand-ins of desk and publisher, which play the network's part. The next session starts while a
 * scenario is played in the present one.
 */
export async function launchWebKit({ dark = false } = {}) {
  const screen = await startScreen({ dark });
  let next = screen.newSession();
  const { version } = await next;
  return {
    servers: [],
    browserType: () => ({ name: () => "webkit" }),
    version: () => version,
    isConnected: screen.isRunning,
    async close() {
      await (await next).end();
      await screen.close();
    },
    async newContext(settings = {}) {
      const session = await next;
      next = screen.newSession();
      return new Context(session, this.servers, settings);
    },
  };
}
