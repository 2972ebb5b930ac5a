/** A short sentence at the bottom of the screen that goes away by itself or by a tap. */
import { showBar } from "./bar.js";
import { make } from "./elements.js";

const SHOWN_MS = 12e3;

/** Say that an error which the reader reported has been fixed. */
export function showNotice(words) {
  const said = make("p", { role: "status" });
  const { close } = showBar(words, "notice", said);
  said.textContent = words.thanks; // after it stands in the page, so that it is read aloud
  setTimeout(close, SHOWN_MS);
}
