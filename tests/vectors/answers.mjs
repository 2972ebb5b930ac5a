/**
 * What the script on the page answers: standard input holds {texts: [...], questions: [{text: index, place}]}, standard
 * output gets [[state, start, end]], in code points, null when gone. Where the passage is marked without the search, the
 * state is "certain" and the span is the one that is marked.
 */
import { text as readAll } from "node:stream/consumers";
import { countCodePoints } from "../../static/js/src/code-points.js";
import { onlyPlace } from "../../static/js/src/place-here.js";
import { refind } from "../../static/js/src/refind.js";

const { texts, questions, certain } = JSON.parse(await readAll(process.stdin));
const answers = [];
for (const { text, place } of questions) {
  const alone = certain && place.certain && onlyPlace(place.certain, texts[text]);
  const { state, start, end } = alone ? { state: "certain", start: alone[0], end: alone[1] } : refind(place, texts[text]);
  const inPoints = (at) => (at === undefined ? null : countCodePoints(texts[text].slice(0, at)));
  answers.push([state, inPoints(start), inPoints(end)]);
}
process.stdout.write(JSON.stringify(answers));
