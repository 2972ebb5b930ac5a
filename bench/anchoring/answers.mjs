/**
 * Where other projects' anchoring finds a passage. Standard input: {"method", "texts": [...], "questions": [{"text", "selector"}]},
 * selectors with W3C names and offsets in code points. Standard output: an array of [start, end, milliseconds] in code points,
 * or [null, null, milliseconds]. Needs `npm install` in this folder.
 */
import { readFileSync } from "node:fs";
import search from "approx-string-match";

const MOST_ERRORS = 256;

/** Hypothesis weighs quote, prefix, suffix and position as 50 : 20 : 20 : 2; its rule, written anew on the library it uses. */
function hypothesis(text, { exact, prefix = "", suffix = "" }, hint) {
  if (!exact) return null;
  const found = occurrences(text, exact, Math.min(MOST_ERRORS, exact.length / 2));
  let best = null;
  for (const { start, end, errors } of found) {
    const score =
      50 * (1 - errors / exact.length) +
      20 * (prefix ? likeness(text.slice(Math.max(0, start - prefix.length), start), prefix) : 1) +
      20 * (suffix ? likeness(text.slice(end, end + suffix.length), suffix) : 1) +
      2 * (hint === undefined ? 0 : 1 - Math.abs(start - hint) / text.length);
    if (!best || score > best.score) best = { start, end, score };
  }
  return best && [best.start, best.end];
}

/** Exact places if there are any, else near ones. */
function occurrences(text, piece, mostErrors) {
  const exact = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) exact.push({ start: at, end: at + piece.length, errors: 0 });
  return exact.length ? exact : search(text, piece, mostErrors);
}

function likeness(text, piece) {
  if (!text) return 0;
  const found = occurrences(text, piece, piece.length);
  return found.length ? 1 - found[0].errors / piece.length : 0;
}

/** Apache Annotator's own matcher of text quotes, on a document of one text node. */
async function apacheAnnotator() {
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("<!doctype html>");
  for (const name of ["document", "Node", "NodeFilter", "Range"]) globalThis[name] ??= window[name];
  const { createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");
  let shown = null;
  let scope = null;
  return async (text, { exact, prefix, suffix }) => {
    if (shown !== text) {
      window.document.body.replaceChildren(window.document.createTextNode(text));
      scope = window.document.createRange();
      scope.selectNodeContents(window.document.body);
      shown = text;
    }
    const matcher = createTextQuoteSelectorMatcher({ type: "TextQuoteSelector", exact, prefix, suffix });
    for await (const range of matcher(scope)) return [range.startOffset, range.endOffset];
    return null;
  };
}

const codePoints = (text, offset) => [...text.slice(0, offset)].length;
const units = (text, offset) => [...text].slice(0, offset).join("").length;

const { method, texts, questions } = JSON.parse(readFileSync(0, "utf8"));
const find = method === "hypothesis" ? hypothesis : await apacheAnnotator();
const answers = [];
for (const { text: number, selector } of questions) {
  const text = texts[number];
  const hint = selector.start === undefined ? undefined : units(text, selector.start);
  const began = performance.now();
  const found = await find(text, selector, hint);
  const took = performance.now() - began;
  answers.push(found ? [codePoints(text, found[0]), codePoints(text, found[1]), took] : [null, null, took]);
}
process.stdout.write(JSON.stringify(answers));
