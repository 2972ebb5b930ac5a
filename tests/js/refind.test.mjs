import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { countCodePoints } from "../../static/js/src/code-points.js";
import { refind } from "../../static/js/src/refind.js";

const VECTORS = JSON.parse(await readFile(new URL("../vectors/refind.json", import.meta.url), "utf8"));

/** UTF-16 offsets as code points, null when gone: the shape of the vectors. */
function answerTo({ selector, text, target }) {
  const { state, start, end } = refind({ ...selector, target }, text);
  const inPoints = (at) => (at === undefined ? null : countCodePoints(text.slice(0, at)));
  return { state, start: inPoints(start), end: inPoints(end) };
}

for (const vector of VECTORS) {
  test("as Python finds it: " + vector.name, () => {
    const { state, start, end } = vector;
    assert.deepEqual(answerTo(vector), { state, start, end });
  });
}
