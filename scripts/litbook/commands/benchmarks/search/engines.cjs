// Ask other search libraries the same questions, for the comparison on the page about search. Run by Node:
//   node engines.cjs <folder node_modules> <file of questions and papers>
// Each library is set up as its own documentation recommends for full text: titles count three times, words may be
// misspelt and may be begun where the library can do that, and one matching word is enough.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const zlib = require("node:zlib");
const { createRequire } = require("node:module");

const [folder, file] = process.argv.slice(2);
const trials = JSON.parse(fs.readFileSync(file, "utf8"));
const load = createRequire(path.resolve(folder, "asked-from-here.js"));
const version = (name) => JSON.parse(fs.readFileSync(path.join(folder, name, "package.json"), "utf8")).version;
const FIELDS = ["title", "abstract", "authors"];

function useMiniSearch(options) {
  const MiniSearch = load("minisearch");
  return (papers) => {
    const index = new MiniSearch({ fields: FIELDS, idField: "key" });
    index.addAll(papers);
    const ask = (question) => index.search(question, { boost: { title: 3 }, ...options }).map((hit) => hit.id);
    return { ask, bytes: () => JSON.stringify(index) };
  };
}

function useFlexSearch() {
  const { Document } = load("flexsearch");
  return (papers) => {
    const index = new Document({ document: { id: "key", index: FIELDS }, tokenize: "forward", context: true });
    papers.forEach((paper) => index.add(paper));
    const weight = { title: 3, abstract: 1, authors: 1 };
    const ask = (question) => {
      const scores = new Map();
      for (const { field, result } of index.search(question, { limit: 50, suggest: true })) {
        result.forEach((key, at) => scores.set(key, (scores.get(key) ?? 0) + weight[field] / (10 + at)));
      }
      return [...scores].sort((a, b) => b[1] - a[1]).map(([key]) => key);
    };
    const bytes = () => { let all = ""; index.export((_, data) => { all += data ?? ""; }); return all; };
    return { ask, bytes };
  };
}

function useOrama() {
  const { create, insertMultiple, search, save } = load("@orama/orama");
  return async (papers) => {
    const schema = Object.fromEntries(FIELDS.map((field) => [field, "string"]));
    const index = await create({ schema });
    await insertMultiple(index, papers.map(({ key, ...paper }) => ({ id: key, ...paper })));
    const ask = async (term) => (
      await search(index, { term, limit: 10, tolerance: 1, boost: { title: 3 } })).hits.map((hit) => hit.id);
    return { ask, bytes: async () => JSON.stringify(await save(index)) };
  };
}

/** Stand-in for plain BM25: MiniSearch, which scores by BM25+, without its forgiveness. */
const ENGINES = [
  ["MiniSearch, words only", "minisearch", () => useMiniSearch({})],
  ["MiniSearch, fuzzy and prefix", "minisearch", () => useMiniSearch({ prefix: true, fuzzy: 0.2 })],
  ["FlexSearch", "flexsearch", useFlexSearch],
  ["Orama, tolerance 1", "@orama/orama", useOrama],
];

async function measure(make, { papers, questions }) {
  const { ask, bytes } = await make(papers);
  let first = 0;
  let recall = 0;
  for (const { text, relevant } of questions) {
    const found = (await ask(text)).slice(0, 10);
    first += relevant.some((key) => found.slice(0, 5).includes(key));
    recall += relevant.filter((key) => found.includes(key)).length / relevant.length;
  }
  return { first: first / questions.length, recall: recall / questions.length, bytes: zlib.gzipSync(await bytes(), { level: 6 }).length };
}

(async () => {
  const rows = [];
  for (const [name, packageName, use] of ENGINES) {
    const figures = {};
    for (const trial of trials) figures[trial.name] = await measure(use(), trial);
    rows.push({ engine: `${name} (${version(packageName)})`, figures });
    process.stderr.write(`${name}\n`);
  }
  process.stdout.write(JSON.stringify(rows));
})();
