/**
 * Builds the reporter from src/ into the committed files beside this one. Same sources, same bytes: CI builds again
 * and compares. Files of released versions stay, because publishers may have pinned them by integrity.
 *
 * Each file but the loader is fetched when needed. What one file brings, later ones take from it: see TAKEN.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import { minify } from "terser";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(HERE, "src");
/**
 * Bytes, brotli: what every page pays, one report by key in English and in the heaviest language, one on a phone and every file
 * for readers in that language. Those of loader, report and place are promises; the others hold what is reached.
 */
const BUDGET = { loader: 1000, report: 8000, heaviest: 8000, phone: 9150, readers: 11300, place: 2000, marking: 7650 };
const TARGET = ["es2020"];

/** The files in the order of their coming: {name: [source, modules that later files take from it]}. */
const FILES = {
  kit: ["kit.js", ["gesture.js", "ask.js", "elements.js", "words.js", "shortcut.js"]],
  dialog: ["reporter.js", ["boundaries.js", "client.js", "events.js", "own-reports.js", "page-text.js", "passage.js", "report.js", "store.js", "style.js"]],
  touch: ["touch.js"],
  choose: ["choose.js"],
  later: ["later.js"],
  search: ["search.js"],
  place: ["place.js", ["place.js", "place-mark.js"]],
  files: ["files.js"],
};
/** The place is marked without the dialog's file. */
const WITHOUT_DIALOG = ["dialog", "place", "search"];

/** Names of properties that stay within our own code (not of the wire, the store, the DOM or a word): shortened everywhere alike. */
const INNER = ("need load isGesture isWriting make shadowIn isTouchOnly shortcutName loadWords say send desk told find forget read sift DAY_MS " +
  "keepReceipt ask announce countCodePoints langOf readText passageOf sourceOf tighten css snapToGrapheme sentenceAround offerButton showNotice " +
  "choosePassage composedRange amend explain judge loadAllWords passages outside refusal deed onClose bad chosen choice refused change node note own before after runs isClosed clear stands parentOf scrollTo mark wait").split(" ");
const nameCache = { props: {} };

const sha256 = (bytes, form) => createHash("sha256").update(bytes).digest(form);
const weigh = (bytes) => brotliCompressSync(bytes).length;
const text = (path) => readFile(path, "utf8");

/** Style sheets come in as minified text: they are constructed in the shadow root. */
const styleAsText = {
  name: "style-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await text(path), { loader: "css", charset: "utf8", minify: true, target: ["chrome90", "safari15"] });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Modules that an earlier file brought are taken from SHARED, the argument of the function around each later file. */
function takeFrom(taken) {
  return {
    name: "take-from-earlier-files",
    setup(build) {
      build.onLoad({ filter: /src.[\w-]+\.js$/ }, async ({ path }) => {
        const code = await text(path);
        if (basename(path).startsWith("refind")) return { contents: code, loader: "js" }; // its words are the page's
        if (!taken.includes(basename(path))) return { contents: placeWords(code, await readWordNames()), loader: "js" };
        return { contents: namesOf(code).map((name) => `export const ${name} = SHARED.${name};`).join("\n"), loader: "js" };
      });
    },
  };
}

/** The names that a module exports. */
function namesOf(code) {
  const declared = [...code.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)];
  const passedOn = [...code.matchAll(/^export \{ (?:default as )?(\w+) \}/gm)];
  return [...declared, ...passedOn].map(([, name]) => name);
}

/** `words.title` becomes `words[1]`: languages are lists, so that no reader pays for the names of the sentences. */
function placeWords(code, names) {
  return code.replace(/\bwords\.(?!json|js\b)(\w+)/g, (found, name) => {
    if (name === "lang" || name === "push") return found;
    if (!names.includes(name)) throw new Error(`There is no word "${name}".`);
    return `words[${names.indexOf(name)}]`;
  });
}

/** The order of the words: `dir`, then English's. Released scripts know it, so new words go to the end. */
async function readWordNames() {
  return ["dir", ...Object.keys(JSON.parse(await text(join(SOURCE, "words/en.json"))))];
}

/** One source and all that it imports, as a module. */
async function bundle(entry, { format = "esm", define, taken = [] }) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(SOURCE, entry)], bundle: true, write: false, charset: "utf8", legalComments: "none",
    format, define, target: TARGET, plugins: [styleAsText, takeFrom(taken)],
  });
  return outputFiles[0].text;
}

/** Make of a module a function of what there is, which gives what it brings. */
function asFunction(code) {
  const [whole, exported] = /export \{([^}]*)\};\s*$/.exec(code);
  const brought = exported.split(",").map((name) => name.trim().replace(/^(\w+) as (\w+)$/, "$2: $1"));
  return code.replace(whole, "").replace(/^/, "export default (SHARED) => {") + `return {${brought}};};`;
}

/** Whether `"a" === b` is turned round, and which quotes stand around texts: what brotli likes best differs from file to file. */
const TASTES = [true, false].flatMap((lhs_constants) => [0, 1].map((quote_style) => [{ lhs_constants }, { quote_style }]));

/** The smallest form of `code`. Names of properties must agree in all files, so the first taste settles them. */
async function shrink(code, isModule) {
  let best;
  for (const [compress, format] of TASTES) {
    const bytes = await shrinkTo(code, isModule, compress, format);
    if (!best || weigh(bytes) < weigh(best)) best = bytes;
  }
  return best;
}

async function shrinkTo(code, isModule, compress, format) {
  const options = {
    ecma: 2020, module: isModule, toplevel: true, format: { ascii_only: false, wrap_func_args: false, comments: false, ...format },
    mangle: { properties: { regex: new RegExp(`^(${INNER.join("|")})$`), builtins: true } },
    compress: { passes: 4, pure_getters: true, unsafe_arrows: true, keep_fargs: false, hoist_funs: true, unsafe_methods: true, ...compress },
  };
  // Terser would reuse the names of variables as well: only those of properties must agree.
  const cache = { vars: { props: {} }, props: nameCache.props };
  const { code: small } = await minify(code.replace(/\bconst(?=[ {[])/g, "let"), { ...options, nameCache: cache });
  nameCache.props = cache.props;
  return Buffer.from(small);
}

/** The version of the whole product, from pyproject.toml's [project] table. */
async function readVersion() {
  const project = await text(join(HERE, "../../pyproject.toml"));
  const found = /^\[project\][^[]*?^version\s*=\s*"([^"]+)"/ms.exec(project);
  if (!found) throw new Error("pyproject.toml names no [project] version");
  return found[1];
}

/** The first of the words that no usual report needs: the list goes on with it in a second file. */
const FIRST_RARE = "left";

/** "no", as many pages say, is Bokmål. {"de.json": bytes, "de-more.json": bytes, …}: each language as a list in the order of readWordNames(), in two files. */
async function readWords() {
  const names = await readWordNames();
  const files = {};
  for (const file of [...(await readdir(join(SOURCE, "words"))), "no.json"].sort()) {
    const words = { dir: "ltr", ...JSON.parse(await text(join(SOURCE, "words", file === "no.json" ? "nb.json" : file))) };
    const list = names.map((name) => words[name]);
    const usual = names.indexOf(FIRST_RARE);
    files[file] = Buffer.from(JSON.stringify(list.slice(0, usual)));
    files[file.replace(".", "-more.")] = Buffer.from(JSON.stringify(list.slice(usual)));
  }
  return files;
}

const isMore = (name) => name.endsWith("-more.json");

/** As many line feeds at its end as it takes for a hash that begins like a file's name: the loader cuts the one out of the other. */
function salted(bytes) {
  return /^[\da-zA-Z]{8}/.test(sha256(bytes, "base64")) ? bytes : salted(Buffer.concat([bytes, Buffer.from("\n")]));
}

/** What later files take of `name`: its own exports, and what its entry re-exports for them. */
function takenBy(name) {
  if (name === "kit") return [];
  if (name === "search") return [...FILES.kit[1], ...FILES.place[1]];
  return WITHOUT_DIALOG.includes(name) ? FILES.kit[1] : [...FILES.kit[1], ...FILES.dialog[1]];
}

async function buildFiles() {
  const version = await readVersion();
  const words = await readWords();
  const define = {
    LANGUAGES: JSON.stringify(Object.keys(words).filter((name) => !isMore(name)).map((name) => ` ${name.slice(0, -5)}`).join("") + " "),
    WORDS_VERSION: JSON.stringify(sha256(Buffer.concat(Object.values(words)), "hex").slice(0, 8)),
  };
  const files = {};
  const chunks = {};
  const brought = [];
  const weights = {};
  // The kit knows the hashes of all others, so it comes last; the loader knows the kit's. Only the place's file fetches
  // the search: no reader pays for its name.
  for (const name of [...Object.keys(FILES).filter((name) => name !== "kit"), "kit"]) {
    const { dialog, files: index, search = null, ...rare } = chunks;
    const known = JSON.stringify(name === "kit" ? { dialog, files: index } : rare);
    const code = await bundle(FILES[name][0], { taken: takenBy(name), define: { ...define, FILES: known, SEARCH: JSON.stringify(search) } });
    const bytes = salted(await shrink(name === "kit" ? code : asFunction(code), true));
    const file = `typo-reports-${name}-${sha256(bytes, "base64").slice(0, 8)}.js`; // as loader.js makes it
    files[file] = bytes;
    chunks[name] = sha256(bytes, "base64");
    brought.push(file);
    weights[name] = weigh(bytes);
  }
  const loader = await shrink(await bundle("loader.js", { format: "iife", define: { KIT: JSON.stringify(chunks.kit) } }), false);
  files["typo-reports.js"] = files[`typo-reports-${version}.js`] = loader;
  for (const [name, bytes] of Object.entries(words)) files["words/" + name] = bytes;
  weights.loader = weigh(loader);
  weights.English = weigh(words["en.json"]);
  weights.language = Math.max(...Object.keys(words).filter((name) => !isMore(name)).map((name) => weigh(words[name])));
  const sum = (...names) => names.reduce((all, name) => all + weights[name], 0);
  weights.report = sum("loader", "kit", "dialog", "English");
  weights.heaviest = sum("loader", "kit", "dialog", "language");
  weights.phone = weights.heaviest + sum("files", "touch");
  weights.marking = weights.place + weights.search;
  weights.readers = weights.phone + sum("choose", "later");
  return { version, files, brought, weights, integrity: "sha384-" + createHash("sha384").update(loader).digest("base64") };
}

/** Which files belong to which version: what an upgrade must keep. */
async function readVersions() {
  try {
    return JSON.parse(await text(join(HERE, "versions.json")));
  } catch {
    return {};
  }
}

const orderOf = (names) => [names.length, sha256(names.join(" "), "hex").slice(0, 16)];

/** A released script finds its words by their places: those that it knows must stand where they stood. */
function checkOrder([count, order, usual], names) {
  if (orderOf(names.slice(0, count))[1] !== order || names[usual] !== FIRST_RARE) throw new Error("Words of a released version have moved: new ones go to the end.");
}

async function main() {
  const { version, files, brought, weights, integrity } = await buildFiles();
  const versions = await readVersions();
  const names = await readWordNames();
  for (const [released, { words }] of Object.entries(versions)) if (released !== version) checkOrder(words, names);
  versions[version] = { file: `typo-reports-${version}.js`, integrity, needs: brought, words: [...orderOf(names), names.indexOf(FIRST_RARE)] };
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
