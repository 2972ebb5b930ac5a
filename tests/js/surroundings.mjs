/** What a browser and the files before give to the modules under test: import this first. */

/** Set `failing` when no further file can be fetched. */
export const laterFile = { failing: false };

globalThis.SHARED = {
  script: { src: "https://desk.example/static/js/typo-reports.js", dataset: { site: "s" } },
  async need() {
    if (laterFile.failing) throw new Error("offline");
    return import("../../static/js/src/later.js");
  },
};
globalThis.navigator ??= {}; // Node 20 has none
Object.defineProperty(navigator, "onLine", { value: true, configurable: true });
Object.assign(globalThis, { LANGUAGES: " en ", WORDS_VERSION: "1" }); // as build.mjs puts them in
globalThis.document = Object.assign(new EventTarget(), { documentElement: { lang: "en" } });

/** A storage as the browser's, in memory. */
export function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
    size: () => kept.size,
  };
}

/** The events that the page hears, from now on: [[name, detail], …]. */
export function listen() {
  const heard = [];
  for (const name of ["sent", "refused"]) document.addEventListener("typo-reports:" + name, ({ detail }) => heard.push([name, detail.id]));
  return heard;
}
