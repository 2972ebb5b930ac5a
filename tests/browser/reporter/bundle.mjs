/** Brings source modules into a page under test. */
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const SOURCE = fileURLToPath(new URL("../../../static/js/src/", import.meta.url));

/** Script text that puts the exports of `code` (which imports from "./…" of static/js/src) into window.under. */
export async function bundleFor(code) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: code, resolveDir: SOURCE }, bundle: true, write: false, format: "iife", globalName: "under",
  });
  return outputFiles[0].text + ";window.under = under";
}
