/** Finds the scenarios: each file *.scenarios.mjs is a topic, each of its functions a scenario. */
import { readdir } from "node:fs/promises";

const FOLDER = new URL("./", import.meta.url);

/** Those whose name has one of the `wanted` words (all, without any), as {topic, name, play}, in the order of the files. */
export async function readScenarios(wanted = []) {
  const scenarios = [];
  for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith(".scenarios.mjs")).sort()) {
    const { default: found } = await import(new URL(file, FOLDER));
    for (const [name, play] of Object.entries(found)) {
      if (!wanted.length || wanted.some((words) => name.includes(words))) scenarios.push({ name, play, topic: file.split(".")[0] });
    }
  }
  return scenarios;
}
