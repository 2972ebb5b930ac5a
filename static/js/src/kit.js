/**
 * The first file after the loader: the hint, what all later files share, and where those are. It comes when the hint's
 * place comes near, or with the first selection.
 */
import { make, shadowIn } from "./elements.js";
import { showHint } from "./hint.js";
import { isTouchOnly, shortcutName } from "./shortcut.js";
import { loadWords, say } from "./words.js";

/* global FILES */ // put in by build.mjs: {name: [file, integrity]}
/** The files that a deed takes, in this order: a later one uses what an earlier one brought. */
const NEEDS = { report: "dialog", attend: "dialog", resume: "dialog later", place: "place" };
const shared = { make, shadowIn, isTouchOnly, shortcutName, loadWords, say, need };
const brought = {};

/** Fetch one of our files, once, and give it what there is. Gives all that is shared by then. */
async function need(name) {
  const { default: bring } = await shared.load(FILES[name]);
  return (brought[name] ??= Object.assign(shared, bring(shared)));
}

/** Do `deed`: "report", "attend", "resume", "place" or "hint". `own` is what the loader has: {load, script, …}. */
export async function start(own, deed, ...args) {
  Object.assign(shared, own);
  if (deed === "hint") return showHint(own.script, ...args);
  for (const name of NEEDS[deed].split(" ")) await need(name);
  return deed === "place" ? shared.showPlace(own.script) : shared[deed](...args);
}
