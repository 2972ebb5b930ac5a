/** Changing and withdrawing one's own report. */
import { send } from "./client.js";
import { desk } from "./desk.js";
import { keepReceipt } from "./own-reports.js";

/** Change the report of the receipt `own` to `bodies`, made of `answers`, or withdraw it without. Gives the desk's result. */
export async function amend(own, bodies, answers) {
  const result = await send(desk, bodies ? "PATCH" : "DELETE", "receipts/" + own.url.replace(/.*\//, ""), bodies);
  if (result.state === "answered") keepReceipt(own.url, answers && Object.assign(own, { answers }));
  else if (result.code === "too-late") keepReceipt(own.url, { ...own, key: "", answers: null });
  return result;
}
