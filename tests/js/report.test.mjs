import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf } from "../../static/js/src/change.js";
import { toJson } from "../../static/js/src/json.js";
import { paragraphsOf } from "../../static/js/src/paragraphs.js";
import { makeReport, sourceOf } from "../../static/js/src/report.js";
import { uuid7 } from "../../static/js/src/uuid.js";

const PLACE = { site: "s", source: "https://p.example/a", page: {} };
const SELECTOR = { exact: "fo\u00ado" };
const NOTHING = { suggestion: "", comment: "", replyTo: "" };

test("ids are UUIDs of version 7 that begin with the time", () => {
  const before = Date.now();
  const ids = [uuid7(), uuid7()];
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const time = parseInt(ids[0].replaceAll("-", "").slice(0, 12), 16);
  assert.ok(time >= before && time <= Date.now());
  assert.notEqual(ids[0].slice(14), ids[1].slice(14));
});

test("an unchanged copy is no suggestion, a changed one is", () => {
  assert.equal(makeReport(PLACE, SELECTOR, { ...NOTHING, suggestion: " foo " }).suggestion, null);
  assert.equal(makeReport(PLACE, SELECTOR, { ...NOTHING, suggestion: "" }).suggestion, null);
  assert.equal(makeReport(PLACE, SELECTOR, { ...NOTHING, suggestion: "food" }).suggestion, "food");
});

test("fragments and passwords are never told, and long addresses lose their query", () => {
  assert.equal(sourceOf("https://me:pw@p.example/a?b=c#d"), "https://p.example/a?b=c");
  assert.equal(sourceOf("https://p.example/a?" + "x".repeat(3000)), "https://p.example/a");
});

test("half characters do not leave the browser", () => {
  assert.equal(toJson({ a: "a\ud800b", b: ["\udc00", 1, null, true, "é😀"] }), '{"a":"a\ufffdb","b":["\ufffd",1,null,true,"é😀"]}');
});

test("a change is shown in whole words", () => {
  assert.deepEqual(changeOf("the allready left", "the already left"), ["the ", "allready", "already", " left"]);
  assert.deepEqual(changeOf("same", "same"), ["same", "", "", ""]);
  assert.deepEqual(changeOf("a b", "a  x b"), ["a", "", "  x", " b"]);
});

test("a change never loses or doubles a letter", () => {
  const texts = ["a a a", "a a", "", "ab ab", "ab", " a", "a ", "x y z", "x z"];
  for (const before of texts) {
    for (const after of texts) {
      const [head, removed, added, tail] = changeOf(before, after);
      assert.equal(head + removed + tail, before);
      assert.equal(head + added + tail, after);
    }
  }
});

test("paragraphs hold words, and long ones are cut at sentences", () => {
  const text = "Title\n* * *\nOne is here. Two is there. Three.";
  const pieces = paragraphsOf(text, 0, text.length, 20).map(([from, to]) => text.slice(from, to));
  assert.deepEqual(pieces, ["Title", "One is here. ", "Two is there. Three."]);
  assert.equal(paragraphsOf("x".repeat(95), 0, 95, 20).length, 5);
});
