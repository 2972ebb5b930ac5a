/** The sentence that tells readers what to do, in the place that the publisher gave or at the end of the text. */
import { make, shadowIn } from "./elements.js";
import css from "./hint.css";
import { shortcutName } from "./shortcut.js";
import { loadWords } from "./words.js";

/** Fill `place`. Our own element also gets a button: the way for readers who cannot or will not select. */
export async function showHint(script, place) {
  const words = await loadWords(script);
  const { lang } = words;
  const [before, after] = words.hint.split("{shortcut}");
  const sentence = [before, make("kbd", { part: "shortcut" }, shortcutName(words)), after];
  if (place.localName === "typo-reports-hint") {
    const onclick = () => document.dispatchEvent(new Event("typo-reports:report"));
    shadowIn(place, css).append(make("div", { lang, dir: words.dir },
      make("p", { part: "hint" }, ...sentence), make("button", { part: "ask", onclick }, words.button)));
  } else {
    place.replaceChildren(...sentence);
    place.lang ||= lang;
    place.dir ||= words.dir;
  }
}
