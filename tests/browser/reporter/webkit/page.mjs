/** The part of Playwright's Page that the scenarios use. One window of a session; commands go one after the other. */
import { find } from "./in-page.mjs";
import { pressing, typing } from "./keys.mjs";
import { Locator, stepsOf, until } from "./locator.mjs";

const BUTTON = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];

export class Page {
  #heard = {};
  #scripts = [];

  constructor(context, handle) {
    this.theirContext = context;
    this.handle = handle;
    this.keyboard = {
      press: (keys) => this.#act(pressing(keys)),
      type: (text) => this.#act(typing(text)),
    };
    this.mouse = {
      click: (x, y, { clickCount }) => {
        const move = { type: "pointerMove", duration: 0, x: Math.floor(x), y: Math.floor(y), origin: "viewport" };
        return this.#act([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions: [move, ...Array(clickCount).fill(BUTTON).flat()] }]);
      },
      wheel: (x, y) => this.evaluate(([x, y]) => scrollBy(x, y), [x, y]),
    };
  }

  context() {
    return this.theirContext;
  }

  /** What comes before the page's own scripts, as source; the publisher's server puts it in. */
  get scripts() {
    return [...this.theirContext.scripts, ...this.#scripts];
  }

  addInitScript(work) {
    this.#scripts.push(`(${work})()`);
  }

  on(kind, listener) {
    this.#heard[kind] = listener;
  }

  /** Tell the listeners what the page said since it was loaded. */
  async tell() {
    const said = await this.evaluate(() => window.__pw_problems?.splice(0) ?? []).catch(() => []);
    for (const line of said) {
      const [, kind, text] = /^(?:console (\w+): )?([^]*)$/.exec(line);
      if (kind) this.#heard.console?.({ type: () => kind, text: () => text });
      else this.#heard.pageerror?.(new Error(text.replace("page error: ", "")));
    }
  }

  send(method, path, body) {
    return this.theirContext.inWindow(this.handle, (send) => send(method, path, body));
  }

  #act(actions) {
    return this.send("POST", "/actions", { actions });
  }

  /** Run `source`, a function of (find, ...args), in the window or in the frame of this number. */
  async run(source, ...args) {
    return this.runIn(null, source, ...args);
  }

  runIn(frame, source, ...args) {
    // WebDriver makes null of undefined: only what there is is sent.
    const script = `return Promise.resolve((${source})(${find}, ...arguments)).then((value) => (value === undefined ? {} : { value }))`;
    return this.theirContext.inWindow(this.handle, async (send) => {
      if (frame !== null) await send("POST", "/frame", { id: frame });
      try {
        return (await send("POST", "/execute/sync", { script, args: args.map((arg) => arg ?? null) })).value;
      } finally {
        if (frame !== null) await send("POST", "/frame", { id: null });
      }
    });
  }

  evaluate(work, arg) {
    return this.run(evaluation(work), arg);
  }

  async waitForFunction(work) {
    await until(async () => ((await this.evaluate(`() => !!(${work})()`)) ? true : undefined), String(work));
  }

  waitForTimeout(ms) {
    return new Promise((wake) => setTimeout(wake, ms));
  }

  goto(url) {
    return this.send("POST", "/url", { url });
  }

  async close() {
    await this.tell();
    this.theirContext.drop(this);
    return this.send("DELETE", "/window");
  }

  reload() {
    return this.send("POST", "/refresh");
  }

  title() {
    return this.evaluate(() => document.title);
  }

  frames() {
    const frame = (number) => ({
      evaluate: (work, arg) => this.runIn(number, evaluation(work), arg),
      waitForSelector: (css) => until(async () => ((await this.runIn(number, "(find, css) => !!document.querySelector(css)", css)) ? true : undefined), css),
    });
    return [frame(null), frame(0)];
  }

  /** A frame of the same origin, of which only a click on something in it is asked. */
  frameLocator(css) {
    const middleOf = ([css, inner]) => {
      const frame = document.querySelector(css);
      const [outside, inside] = [frame, frame.contentDocument.querySelector(inner)].map((one) => one.getBoundingClientRect());
      return [outside.left + inside.left + inside.width / 2, outside.top + inside.top + inside.height / 2];
    };
    return { locator: (inner) => ({ click: async () => this.mouse.click(...(await this.evaluate(middleOf, [css, inner])), { clickCount: 1 }) }) };
  }

  /** Answer what matches `pattern` as `work` says, which fulfils a route at once. */
  async route(pattern, work) {
    work({ fulfill: (answer) => (this.theirContext.desk.replaced = { pattern, answer }) });
  }

  locator(css) {
    return new Locator(this, stepsOf(css));
  }

  getByRole(...args) {
    return new Locator(this, []).getByRole(...args);
  }

  getByText(text) {
    return new Locator(this, []).getByText(text);
  }

  getByLabel(label) {
    return new Locator(this, []).getByLabel(label);
  }

  focus(css) {
    return this.locator(css).focus();
  }

  click(css, options) {
    return this.locator(css).click(options);
  }

  async screenshot({ path }) {
    const { writeFile } = await import("node:fs/promises");
    await writeFile(path, Buffer.from(await this.send("GET", "/screenshot"), "base64"));
  }
}

/** `work` is a function of one argument, or source to be run as a script. */
function evaluation(work) {
  if (typeof work === "function" || /^\s*(async\s*)?\(.*?\)\s*=>/.test(work)) return `(find, arg) => (${work})(arg)`;
  return `() => { (0, eval)(${JSON.stringify(work)}) }`;
}
