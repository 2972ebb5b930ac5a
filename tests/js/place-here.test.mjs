import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersOf, onlyPlace } from "../../static/js/src/place-here.js";
import { fold } from "../../static/js/src/refind-fold.js";

const BEFORE = "Ships that arrive before dawn wait ";
const AFTER = " the mole, and there crews drink coffee.";
const CERTAIN = [BEFORE, "outsyde", AFTER];
const PAGE = `Harbour news. ${BEFORE}outsyde${AFTER} Nobody minds.`;

const isPrivate = (unit) => unit >= "\ue000" && unit <= "\uf8ff";

test("signs that the fold takes for the same are the same letters, and what it leaves out is none", () => {
  const lettersFor = new Map();
  for (let point = 0; point < 0x20000; point++) {
    const sign = String.fromCodePoint(point);
    const folded = fold([sign], true).text;
    const letters = lettersOf(sign);
    if (!folded) assert.equal(letters, "", point.toString(16));
    else if (letters.codePointAt(0) > 0xffff || (point > 0xffff && isPrivate(folded))) continue; // of those the page's fold makes one of many, the desk's does not
    else if (lettersFor.has(folded)) assert.equal(letters, lettersFor.get(folded), point.toString(16));
    else lettersFor.set(folded, letters);
  }
});

test("what stands once is certain, wherever it moved and however its lines are broken", () => {
  const text = "Added later. " + PAGE.replace("dawn wait", "dawn\n  wait");
  const [start, end] = onlyPlace(CERTAIN, text);
  assert.equal(text.slice(start, end), "outsyde");
});

for (const [name, text] of [
  ["the passage was corrected", PAGE.replace("outsyde", "outside")],
  ["its surroundings were edited", PAGE.replace("crews", "crew")],
  ["it stands twice", PAGE + PAGE],
  ["it stands twice, once in other letters", PAGE + PAGE.toUpperCase()],
  ["it stands twice, once with accents", PAGE + PAGE.replace("crews", "créws")],
  ["a space next to it is gone", PAGE.replace("wait outsyde", "waitoutsyde")],
]) {
  test(`not certain: ${name}`, () => {
    assert.equal(onlyPlace(CERTAIN, text), undefined);
  });
}

test("not certain: it stands twice, overlapping with itself", () => {
  assert.equal(onlyPlace(["aab aab ", "aab", " aab aab "], "aab aab aab aab aab aab"), undefined);
});

test("signs that mean something in patterns are only signs", () => {
  const text = "Call f(x)[0] + $1 or a.b*c? Then wait outsyde (the) [mole] ^now$ \\d of it.";
  const at = text.indexOf("outsyde");
  assert.deepEqual(onlyPlace([text.slice(0, at), "outsyde", text.slice(at + 7)], text), [at, at + 7]);
});
