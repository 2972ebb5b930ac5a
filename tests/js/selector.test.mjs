import assert from "node:assert/strict";
import { test } from "node:test";
import { sentenceAround, snapToGrapheme } from "../../static/js/src/boundaries.js";
import { countCodePoints } from "../../static/js/src/code-points.js";
import { describe, tighten } from "../../static/js/src/selector.js";

test("code points are counted, not UTF-16 units", () => {
  assert.equal(countCodePoints("a😀b"), 3);
  assert.equal(countCodePoints("\ud83d"), 1);
  assert.equal(countCodePoints("\ude00\ud83d"), 2);
});

test("white space at both ends falls away, and nothing else is nothing", () => {
  assert.deepEqual(tighten("a  word\n b", 1, 9), [3, 7]);
  assert.equal(tighten("a   b", 1, 4), null);
  assert.equal(tighten("a\u00a0b", 1, 2), null);
});

test("a selection inside a letter grows to the letter", () => {
  assert.deepEqual(tighten("x👨‍👩‍👧y", 2, 4), [1, 9]);
  assert.equal(snapToGrapheme("e\u0301x", 1, true), 2);
  assert.equal(snapToGrapheme("e\u0301x", 1, false), 0);
});

test("context reaches to the edge of the sentence, at least 64, at most 200 code points", () => {
  const long = "An opening that is rather long and goes on, and on, and on, until it has said what it wanted, ";
  const text = `Before. ${long}error here. ${"After that more follows. ".repeat(5)}`;
  const start = text.indexOf("error");
  const { selector } = describe(text, start, start + 5);
  assert.equal(selector.prefix, long);
  assert.equal(countCodePoints(selector.suffix), 64);
  const endless = "word ".repeat(300);
  assert.equal(describe(endless, 700, 704).selector.prefix.length, 200);
});

test("positions count code points before the passage", () => {
  const { selector } = describe("😀 one two", 3, 6);
  assert.deepEqual([selector.exact, selector.start, selector.end], ["one", 2, 5]);
});

test("the sentence stays within its block", () => {
  const text = "Title\nFirst one. Second one here. Third.\nNext block";
  const at = text.indexOf("Second");
  assert.equal(text.slice(...sentenceAround(text, at, at + 6)), "Second one here.");
  const title = sentenceAround(text, 0, 5);
  assert.equal(text.slice(...title), "Title");
});
