// An index of invented papers in Node, with the scripts that search it.

import { load, table } from "./scripts.mjs";

for (const name of ["words", "unpack", "store", "query", "slots", "sentences", "meaning", "engine", "answer", "tell"])
  load(`search/search-${name}`);

const parts = table("index");

/** Return a loader that "loads" parts of the index, notes their names, and fails for those named in `failing`. */
export function makeLoader(asked = [], failing = new Set()) {
  return async (name) => {
    asked.push(name);
    if (failing.has(name)) throw new Error(`${name} was not found.`);
    if (!globalThis.litbookIndex) globalThis.litbookIndex = [];
    globalThis.litbookIndex.push(structuredClone(parts[name]));
  };
}

/** Return a new store of the index of four papers whose citekeys tell nothing. */
export function makeKept() {
  const kept = table("kept");
  return makeStore(async (name) => {
    globalThis.litbookIndex.push(structuredClone(kept[name]));
  });
}

/** Return a new store of the index. */
export function makeStore(loader = makeLoader(), core = undefined) {
  globalThis.litbookIndex = [];
  return new globalThis.litbookStore.Store(loader, "", core);
}

/** Return a store of papers made by hand, with one term: by paper its count and fields, packed, and the text's length. */
export function makeFleet(counts, lengths) {
  const postings = counts.flatMap((count, at) => (count ? [[at, count]] : []));
  const write = (numbers) => numbers.map((number) => number.toString(32)).join(""); // none above 31
  const steps = write(postings.map(([at], place) => at - (place ? postings[place - 1][0] : -1)));
  const values = write(postings.map(([, count]) => count));
  const facet = { values: [], papers: counts.map(() => -1) };
  const facets = { theme: facet, kind: facet, year: facet, venue: facet, code: facet, seen: facet };
  const fleet = {
    core: {
      ...parts.core,
      papers: counts.length,
      papersAPart: counts.length,
      files: [
        ["scores", 0],
        ["codes", 0],
        ["acronyms", 0],
        ["words", 1],
        ["terms", 1],
        ["papers", 1],
      ],
      sizes: { words: "1", terms: "1" },
      wordStarts: [["", 0]],
      idStarts: [],
      saidStarts: [],
      termStarts: "0",
      nearStarts: [],
      facets: Object.fromEntries(Object.entries(facets).map(([name, one]) => [name, { ...one, papers: [] }])),
    },
    scores: {
      part: "scores",
      lengths: lengths.map((length) => "0123456789abcdefghijklmnopqrstuvwxyz"[Math.round(length / 6)]).join(""),
      themeTerms: [],
      facets: Object.fromEntries(Object.entries(facets).map(([name, { papers }]) => [name, papers])),
    },
    codes: { part: "codes", codes: [] },
    acronyms: { part: "acronyms", acronyms: [] },
    "words-0": { part: "words", first: 0, terms: "0boat", holders: [postings.length], written: "" },
    "terms-0": { part: "terms", first: 0, steps, values },
    "papers-0": { part: "papers", first: 0, rows: counts.map((_, at) => [`ship${at}`, "", "", ""]) },
  };
  return makeStore(async (name) => {
    globalThis.litbookIndex.push(fleet[name]);
  });
}
