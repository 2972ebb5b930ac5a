/**
 * Builds the reporter from src/ into the committed files beside this one. Same sources, same bytes: CI builds again
 * and compares. Files of released versions stay, because publishers may have pinned them by integrity.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(HERE, "src");
const BUDGET = { loader: 1000, all: 14000 }; // bytes, brotli
const TARGET = ["es2020"];

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");
const shortHash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 8);
const weigh = (bytes) => brotliCompressSync(bytes).length;

/** Style sheets come in as minified text: they are constructed in the shadow root. */
const styleAsText = {
  name: "style-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, format, define) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(SOURCE, entry)], bundle: true, write: false, minify: true, charset: "utf8",
    legalComments: "none", format, define, target: TARGET, plugins: [styleAsText],
  });
  return Buffer.from(outputFiles[0].contents);
}

/** The version of the whole product, from pyproject.toml's [project] table. */
async function readVersion() {
  const project = await readFile(join(HERE, "../../pyproject.toml"), "utf8");
  const found = /^\[project\][^[]*?^version\s*=\s*"([^"]+)"/ms.exec(project);
  if (!found) throw new Error("pyproject.toml names no [project] version");
  return found[1];
}

/** {"de.json": bytes, …}, minified. */
async function readWords() {
  const files = {};
  for (const name of (await readdir(join(SOURCE, "words"))).sort()) {
    files[name] = Buffer.from(JSON.stringify(JSON.parse(await readFile(join(SOURCE, "words", name), "utf8"))));
  }
  return files;
}

async function buildFiles() {
  const version = await readVersion();
  const words = await readWords();
  const define = {
    LANGUAGES: JSON.stringify(Object.keys(words).map((name) => name.slice(0, -5)).join(" ")),
    WORDS_VERSION: JSON.stringify(shortHash(Buffer.concat(Object.values(words)))),
  };
  const files = {};
  const chunks = {};
  const weights = {};
  for (const [name, entry] of [["dialog", "reporter.js"], ["hint", "hint.js"]]) {
    const bytes = await bundle(entry, "esm", define);
    const file = `typo-reports-${name}-${shortHash(bytes)}.js`;
    files[file] = bytes;
    chunks[name] = [file, "sha256-" + sha256(bytes)];
    weights[name] = weigh(bytes);
  }
  const loader = await bundle("loader.js", "iife", { CHUNKS: JSON.stringify(chunks) });
  weights.loader = weigh(loader);
  files["typo-reports.js"] = files[`typo-reports-${version}.js`] = loader;
  for (const [name, bytes] of Object.entries(words)) files["words/" + name] = bytes;
  weights.language = Math.max(...Object.values(words).map(weigh));
  weights.all = weights.loader + weights.dialog + weights.hint + weights.language;
  return { version, files, chunks, weights, integrity: "sha384-" + createHash("sha384").update(loader).digest("base64") };
}

/** Which files belong to which version: what an upgrade must keep. */
async function readVersions() {
  try {
    return JSON.parse(await readFile(join(HERE, "versions.json"), "utf8"));
  } catch {
    return {};
  }
}

async function main() {
  const { version, files, chunks, weights, integrity } = await buildFiles();
  const versions = await readVersions();
  versions[version] = { file: `typo-reports-${version}.js`, integrity, needs: Object.values(chunks).map(([file]) => file) };
  files["versions.json"] = Buffer.from(JSON.stringify(versions, null, 2) + "\n");
  const kept = new Set([...Object.keys(files), ...Object.values(versions).flatMap(({ file, needs }) => [file, ...needs])]);
  for (const name of await readdir(HERE)) {
    if (/^typo-reports-.*\.js$/.test(name) && !kept.has(name)) await rm(join(HERE, name));
  }
  await mkdir(join(HERE, "words"), { recursive: true });
  for (const name of await readdir(join(HERE, "words"))) if (!kept.has("words/" + name)) await rm(join(HERE, "words", name));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(HERE, name), bytes);
  for (const [name, bytes] of Object.entries(weights)) console.log(`${name.padEnd(9)} ${String(bytes).padStart(5)} B brotli`);
  for (const [name, most] of Object.entries(BUDGET)) {
    if (weights[name] > most) throw new Error(`${name} weighs ${weights[name]} B, more than its budget of ${most} B`);
  }
}

await main();
