/** The way to what no usual report needs. */
import { need, script } from "./shared.js";

/** The later file, once the rarer words stand in the list of words, too. */
export async function rarely() {
  const later = await need("later");
  await later.loadAllWords(script);
  return later;
}
