// A fresh page put in place of the one shown by changing only what differs (idiomorph): focus, caret, scrolling, opened
// details, what was typed and what was selected stay as they are.

import { Idiomorph } from "./idiomorph.js";

const KEPT = new Set(["value", "checked", "selected"]);
const touched = new WeakSet();
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => touched.add(event.target), true);
}

/** Say that people, or keys, have set this field: it is theirs from now on. */
export function touch(field) {
  touched.add(field);
}

/** Make the content of `here` that of `there`, but for what is people's own. */
export function morph(here, there) {
  Idiomorph.morph(here, there.innerHTML, {
    morphStyle: "innerHTML",
    callbacks: { beforeNodeMorphed: isThePages, beforeAttributeUpdated: isTheServers },
  });
}

function isThePages(node) {
  return node.id !== "notices";
}

function isTheServers(name, node) {
  if (name === "open" && node.matches("details")) return false;
  return !(KEPT.has(name) && touched.has(node.closest("select") ?? node));
}
