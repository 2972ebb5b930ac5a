import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readScenarios } from "../browser/reporter/scenarios.mjs";
import { missingFrom } from "../browser/reporter/table.mjs";

test("docs/browsers.md names exactly the scenarios that exist", async () => {
  assert.deepEqual(await missingFrom(await readScenarios()), []);
});

test("a new scenario and one that went are both said", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "typo-reports-table-"));
  t.after(() => rm(folder, { recursive: true }));
  const page = join(folder, "browsers.md");
  await writeFile(page, "<!-- made by hand -->\n| topic | scenario | Chromium 1 |\n| --- | --- | --- |\n| a | in `<b>` | ok |\n| a | gone | ok |\n<!-- end -->");
  const scenarios = [{ topic: "a", name: "in <b>" }, { topic: "a", name: "new" }, { topic: "real", name: "needs a desk" }];
  assert.deepEqual(await missingFrom(scenarios, page), [
    "docs/browsers.md lacks: a | new",
    "docs/browsers.md names what is no scenario any more: a | gone",
  ]);
});
