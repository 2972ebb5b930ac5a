/**
 * The table scenario × engine of docs/browsers.md, made of the last result of each scenario.
 * `missingFrom` says where the page and the scenarios are out of step.
 */
import { readFile, writeFile } from "node:fs/promises";

const RESULTS = new URL("../../results/", import.meta.url);
const PAGE = new URL("../../../docs/browsers.md", import.meta.url);
const MARKS = /(<!-- made by [^\n]*-->\n)([^]*)(<!-- end -->)/;

/** The results file of one engine: chromium or firefox. */
export const resultsOf = (engine) => new URL(`reporter-${engine}.json`, RESULTS);

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "`<").replaceAll(">", ">`");

/** Those against a running desk exist only where one is named; the table is of what every run plays. */
const standing = (scenarios) => scenarios.filter(({ topic }) => topic !== "real");

function outcomeOf(result) {
  if (!result) return "not run";
  return result.skipped ? "not run: " + result.skipped : result.ok ? "ok" : "**fails**";
}

/** Write the table for `scenarios` ({topic, name}) into the page. An engine without results has no column. */
export async function writeTable(scenarios, engines) {
  const columns = [];
  for (const engine of engines) {
    const results = await readFile(resultsOf(engine), "utf8").then(JSON.parse, () => []);
    if (results.length) columns.push({ name: results[0].engine.replace(/\..*/, ""), results });
  }
  const rows = standing(scenarios).map(({ name, topic }) =>
    [topic, cell(name), ...columns.map(({ results }) => outcomeOf(results.find(({ scenario }) => scenario === name)))]);
  const head = ["topic", "scenario", ...columns.map(({ name }) => name)];
  const table = [head, head.map(() => "---"), ...rows].map((line) => `| ${line.join(" | ")} |\n`).join("");
  await writeFile(PAGE, (await readFile(PAGE, "utf8")).replace(MARKS, (_, start, old, end) => start + table + end));
}

/** Lines that say what docs/browsers.md names and the tests don't have, and the other way round. */
export async function missingFrom(scenarios, page = PAGE) {
  const rows = MARKS.exec(await readFile(page, "utf8"))[2].trim().split("\n").slice(2);
  const named = new Set(rows.map((row) => row.slice(2).split(" | ").slice(0, 2).join(" | ")));
  const there = new Set(standing(scenarios).map(({ topic, name }) => `${topic} | ${cell(name)}`));
  return [
    ...[...there].filter((row) => !named.has(row)).map((row) => `docs/browsers.md lacks: ${row}`),
    ...[...named].filter((row) => !there.has(row)).map((row) => `docs/browsers.md names what is no scenario any more: ${row}`),
  ];
}
