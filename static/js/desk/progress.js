// The bar of a deed that takes many steps: how far it is, and a way to stop.

import { reach } from "./connection.js";
import { _ } from "./words.js";

const element = (id) => document.getElementById(id);
let isStopped = false;
document.addEventListener("click", (event) => {
  if (event.target.id === "many-stop") isStopped = true;
});

/**
 * Send the form to `address` again and again; `next(step)` is told what each answer says, and gives whether there is more.
 * `show()` is called at the beginning and after each. Gives {isStopped, problem}: whether people stopped it, or in words
 * why it could not go on.
 */
export async function stepByStep(address, body, { show, next }) {
  isStopped = false;
  show();
  try {
    let isMore = true;
    while (isMore && !isStopped) {
      isMore = next(await post(address, body));
      show();
    }
  } catch (error) {
    return { isStopped, problem: error.message };
  }
  return { isStopped, problem: null };
}

/** Show how far it is. */
export function showProgress({ value, max, words }) {
  element("many-progress").hidden = false;
  element("many-stop").hidden = false;
  element("many-bar").max = Math.max(max, value, 1);
  element("many-bar").value = value;
  element("many-words").textContent = words;
}

/** Take the bar away. */
export function hideProgress() {
  element("many-progress").hidden = true;
}

async function post(address, body) {
  const answer = await reach(address, { method: "POST", body, headers: { Accept: "application/json" } });
  const found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (answer.redirected || answer.status === 401) throw new Error(_("Please sign in again."));
  if (!answer.ok) throw new Error(found.detail ?? answer.statusText);
  return found;
}
