/**
 * The first file after the loader: the hint, what all later files share, and where those are. It comes when the hint's
 * place comes near, or with the first selection.
 */
import { ask } from "./ask.js";
import { make, shadowIn } from "./elements.js";
import { showHint } from "./hint.js";
import { isTouchOnly, shortcutName } from "./shortcut.js";
import { fetchList, loadWords } from "./words.js";

/* global FILES */ // put in by build.mjs: {dialog, files}, their hashes; the file "files" has those of the rarer ones
const shared = { ask, make, shadowIn, isTouchOnly, shortcutName, loadWords, fetchList, need, showHint };
const brought = {};

/** Fetch one of our files, once, and give it what there is. Gives all that is shared by then. */
async function need(name) {
  const { default: bring } = await shared.load(name, FILES[name] || (await need("files")).files[name]);
  return (brought[name] ??= Object.assign(shared, bring(shared)));
}

/**
 * Do `deed`: "showHint", "report", "attend", "resume" or "showPlace". `own` is what the loader has: {load, script, …}. The
 * file of what is kept builds on the dialog's.
 */
export async function start(own, deed, ...args) {
  Object.assign(shared, own);
  if (!shared[deed]) await need(deed === "showPlace" ? "place" : "dialog");
  if (!shared[deed]) await need("later");
  return shared[deed](...args);
}
