/** The part of Playwright's Locator that the scenarios use. */
import { find } from "./in-page.mjs";

const EVERY_MS = 60;
export const PATIENCE_MS = 10_000;

const wordsOf = (words) => (words instanceof RegExp ? { pattern: words.source, flags: words.flags } : words);

/** Try `attempt` until it gives something else than undefined. */
export async function until(attempt, what, patience = PATIENCE_MS) {
  for (const end = Date.now() + patience; ;) {
    const value = await attempt();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`Timeout ${patience}ms exceeded: ${what}`);
    await new Promise((wake) => setTimeout(wake, EVERY_MS));
  }
}

/** "a b" is a step to a and one to b, which may stand in a's shadow root; "a > b" is one step. */
export const stepsOf = (css) => css.split(/(?<![>+~]) (?![>+~])/).map((part) => ({ css: part }));

export class Locator {
  constructor(page, steps) {
    this.page = page;
    this.steps = steps;
  }

  #with(step) {
    return new Locator(this.page, [...this.steps, step]);
  }

  locator(css) {
    return new Locator(this.page, [...this.steps, ...stepsOf(css)]);
  }

  getByRole(role, { name, exact } = {}) {
    return this.#with({ role, name: wordsOf(name), exact });
  }

  getByText(text) {
    return this.#with({ text: wordsOf(text) });
  }

  getByLabel(label) {
    return this.#with({ label });
  }

  last() {
    return new Locator(this.page, [...this.steps.slice(0, -1), { ...this.steps.at(-1), last: true }]);
  }

  /** Run `work(elements, arg)` in the page with what is found there now. */
  evaluateAll(work, arg) {
    return this.page.run(`(find, steps, arg) => (${work})(find(steps), arg)`, this.steps, arg);
  }

  /** Run `work(element, arg)` with the first one that is found, once there is one. */
  async evaluate(work, arg) {
    const source = `async (all, arg) => all.length ? [await (${work})(all[0], arg)] : undefined`;
    const [value] = await until(() => this.evaluateAll(source, arg), JSON.stringify(this.steps));
    return value;
  }

  count() {
    return this.evaluateAll((all) => all.length);
  }

  allTextContents() {
    return this.evaluateAll((all) => {
      const texts = [];
      for (const one of all) texts[texts.length] = one.textContent;
      return texts;
    });
  }

  textContent() {
    return this.evaluate((element) => element.textContent);
  }

  innerHTML() {
    return this.evaluate((element) => element.innerHTML);
  }

  inputValue() {
    return this.evaluate((element) => element.value);
  }

  getAttribute(name) {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }

  focus() {
    return this.evaluate((element) => element.focus());
  }

  scrollIntoViewIfNeeded() {
    return this.evaluate((element) => element.scrollIntoView({ block: "center" }));
  }

  async isVisible() {
    return this.evaluateAll((all) => !!all.length && all[0].getClientRects().length > 0 && getComputedStyle(all[0]).visibility === "visible");
  }

  async waitFor({ state = "visible" } = {}) {
    const reached = { visible: () => this.isVisible(), attached: async () => (await this.count()) > 0, detached: async () => (await this.count()) === 0 }[state];
    await until(async () => ((await reached()) ? true : undefined), `${state} ${JSON.stringify(this.steps)}`);
  }

  async fill(text) {
    await this.waitFor();
    await this.evaluate((element, text) => {
      element.focus();
      element.value = text;
      element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data: text, inputType: "insertText" }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }, text);
  }

  async selectOption(text) {
    await this.evaluate((element, text) => {
      for (const option of element.options) if (option.text === text) option.selected = true;
      for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
    }, text);
  }

  /** With the pointer, in the middle of the element, once it is seen there and nothing lies over it. */
  async click({ clickCount = 1 } = {}) {
    const place = () => this.evaluate((element) => {
      element.scrollIntoView({ block: "nearest" });
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      let hit = document.elementFromPoint(x, y);
      while (hit?.shadowRoot?.elementFromPoint(x, y) && hit !== hit.shadowRoot.elementFromPoint(x, y)) hit = hit.shadowRoot.elementFromPoint(x, y);
      return width && hit && (element === hit || element.contains(hit) || hit.contains(element)) ? [x, y] : null;
    });
    const [x, y] = await until(async () => (await place()) ?? undefined, `to be clicked ${JSON.stringify(this.steps)}`);
    await this.page.mouse.click(x, y, { clickCount });
  }
}
