/**
 * What the script on the page answers: standard input holds {texts: [...], questions: [{text: index, selector,
 * suggestion}]}, standard output gets [[state, start, end]], in code points, null when gone.
 */
import { text as readAll } from "node:stream/consumers";
import { countCodePoints } from "../../static/js/src/code-points.js";
import { refind } from "../../static/js/src/refind.js";

const { texts, questions } = JSON.parse(await readAll(process.stdin));
const answers = [];
for (const { text, selector, suggestion } of questions) {
  const { state, start, end } = refind(selector, texts[text], suggestion);
  const inPoints = (at) => (at === undefined ? null : countCodePoints(texts[text].slice(0, at)));
  answers.push([state, inPoints(start), inPoints(end)]);
}
process.stdout.write(JSON.stringify(answers));
