/**
 * Builds the one library of the desk's script into static/js/desk, with its licence; the desk's own modules are served
 * as they are written. Same sources, same bytes: CI builds again and compares.
 */
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, "../../node_modules/idiomorph");

const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
const licence = (await readFile(join(PACKAGE, "LICENSE"), "utf8")).trim();
const { outputFiles } = await esbuild.build({
  entryPoints: [join(PACKAGE, "dist/idiomorph.esm.js")], bundle: true, write: false, minify: true, charset: "utf8",
  format: "esm", target: ["es2020"], legalComments: "none",
  banner: { js: `/*! idiomorph ${version}\n${licence}\n*/` },
});
await writeFile(join(HERE, "desk/idiomorph.js"), outputFiles[0].contents);
