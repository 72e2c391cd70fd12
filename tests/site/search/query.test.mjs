import assert from "node:assert/strict";
import { test } from "node:test";
import { makeKept, makeStore } from "../../support/searching.mjs";

const { readQuestion } = globalThis.litbookQuery;
const { search } = globalThis.litbookSearch;
const { findSaid } = globalThis.litbookAnswer;
const { describeFound } = globalThis.litbookTell;
const facet = (...values) => ({ values, papers: [] });
const FACETS = {
  kind: facet("survey", "method", "benchmark-or-dataset", "position", "theory"),
  venue: facet("ICLR", "NeurIPS", "Nature", "Findings of ACL"),
};

/** Return what a question says about facts, and the words that are left. */
async function read(question, kept) {
  const { reader } = await makeStore().open();
  const { facts, text } = readQuestion({ reader, facets: FACETS }, question, new Set(kept));
  return [facts.map(({ label }) => label), text.replace(/\s+/g, " ").trim()];
}

test("facts in a question become filters and leave its words", async () => {
  const cases = [
    ["continual learning with adapters that releases code?", ["with code"], "continual learning with adapters ?"],
    ["pruning papers with public code", ["with code"], "pruning papers"],
    ["pruning, and whose code is available", ["with code"], "pruning,"],
    ["pruning since 2023", ["since 2023"], "pruning"],
    ["pruning after 2022", ["since 2023"], "pruning"],
    ["pruning before 2020", ["until 2019"], "pruning"],
    ["pruning between 2019 and 2021", ["2019–2021"], "pruning"],
    ["pruning 2019-2021", ["2019–2021"], "pruning"],
    ["pruning published in 2020", ["2020"], "pruning"],
    ["pruning from 2020 onwards", ["since 2020"], "pruning"],
    ["surveys of pruning", ["kind: survey"], "pruning"],
    ["review articles on pruning since 2020", ["since 2020", "kind: survey"], "pruning"],
    ["data sets for pruning", ["kind: benchmark or dataset"], "pruning"],
    ["pruning at ICLR", ["at ICLR"], "pruning"],
    ["pruning at iclr 2024", ["at ICLR", "2024"], "pruning"],
    ["papers published in NeurIPS 2023 on pruning", ["at NeurIPS", "2023"], "papers on pruning"],
    ["pruning at ICLR 2024 since 2020", ["since 2020", "at ICLR"], "pruning 2024"],
    ["pruning published in Findings of ACL", ["at Findings of ACL"], "pruning"],
    ["pruning at NIPS", ["at NeurIPS"], "pruning"],
    ["pruning not on vision", ["without “vision”"], "pruning"],
    ["pruning but not about vision since 2020", ["without “vision”", "since 2020"], "pruning"],
    ["pruning not CLIP", ["without “CLIP”"], "pruning"],
    ["pruning excluding MoE.", ["without “MoE”"], "pruning ."],
    ["labels do not matter", [], "labels do not matter"],
    ["pruning -vision -speech", ["without “vision”", "without “speech”"], "pruning"],
  ];
  for (const [question, labels, text] of cases) assert.deepEqual(await read(question), [labels, text], question);
});

test("what is no fact stays a word", async () => {
  for (const question of [
    "code generation with code models",
    "a survey of pruning",
    "patterns in nature",
    "1984",
    "in-context learning",
    "labels do not matter",
    "learning at night",
    "GPT-4 since then",
    "TD-PMC2",
    "in 3 steps",
  ])
    assert.deepEqual(await read(question), [[], question]);
});

test("a fact that the reader took back stays a word", async () => {
  assert.deepEqual(await read("pruning since 2023", ["year"]), [[], "pruning since 2023"]);
});

test("a long text says nothing about facts", async () => {
  const text = `${"pruning trees in gardens ".repeat(20)} since 2023`;
  assert.deepEqual((await read(text))[0], []);
});

/** Return the citekeys of what is found. */
async function ask(question, store = makeStore()) {
  const { hits } = await search(store, question);
  const open = await store.open();
  await open.needPapers(hits.map(({ paper }) => paper));
  return hits.map(({ paper }) => open.papers[paper].citekey);
}

test("whatever identifies a paper finds it alone", async () => {
  for (const pasted of [
    "invented2020p00007",
    "@invented2020p00007",
    "[@invented2020p00007]",
    "\\cite{invented2020p00007}",
    "{cite}`invented2020p00007`",
    "2002.00007",
    "arXiv:2002.00007v3",
    "arXiv:2002.00007 [cs.CL]",
    "https://arxiv.org/abs/2002.00007",
    "http://www.arxiv.org/pdf/2002.00007v2.pdf",
    "https://huggingface.co/papers/2002.00007",
    "10.48550/arXiv.2002.00007",
    "10.1234/Made(7)",
    "doi:10.1234/made(7)",
    "https://doi.org/10.1234%2Fmade(7)",
    "https://dx.doi.org/10.1234/made(7).",
    "PMID: 1000007",
    "1000007",
    "https://pubmed.ncbi.nlm.nih.gov/1000007/",
    "PMC500007",
    "https://openreview.net/forum?id=Abc_dE7",
    "https://openreview.net/pdf?id=Abc_dE7",
    "https://aclanthology.org/2020.made-1.7.pdf",
    "https://github.com/invented/paper7.git",
    "https://example.org/review/book/papers/invented2020p00007.html#abstract",
  ])
    assert.deepEqual(await ask(pasted), ["invented2020p00007"], pasted);
});

test("several identifiers find their papers and nothing else", async () => {
  for (const pasted of [
    "2002.00007, arXiv:2002.00009v1",
    "doi:10.1234/made(7); https://doi.org/10.1234/made(9)",
    "PMC500007\n2002.00009\n10.9999/unknown",
  ])
    assert.deepEqual(await ask(pasted), ["invented2020p00007", "invented2020p00009"], pasted);
});

test("what identifies no paper here is a question", async () => {
  assert.deepEqual(await ask("2002.99999"), []);
  assert.equal((await search(makeStore(), "TD-PMC2")).reading.certain, false);
  assert.deepEqual(await ask("10.1234/nothing"), []);
  assert.equal((await tell("PMID 99"))[0], "No paper here has this identifier.");
});

test("authors with a year find their papers first", async () => {
  const expected = Array.from({ length: 24 }, (_, at) => `invented2020p${String(at).padStart(5, "0")}`);
  for (const label of [
    "Invented et al. 2020",
    "Invented et al., 2020",
    "Invented et al. (2020)",
    "(Invented and Made, 2020)",
    "Invented & Made (2020)",
    "Invented, Made, and Nada 2020",
    "Invented 2020",
    "ada invented, 2020",
    "Invented 2020b", // no paper has the letter
  ])
    assert.deepEqual((await ask(label)).toSorted(), expected, label);
});

test("a label finds its paper, whatever its citekey is, and a letter tells two of one label apart", async () => {
  const store = makeKept();
  for (const [label, ...keys] of [
    ["Garza Moreno & Made 2021", "kept_1"],
    ["Moreno et al. 2021", "kept_1"],
    ["Garza Moreno 2021", "kept_1"],
    ["Ana Garza Moreno, 2021", "kept_1"],
    ["Lefèvre 2021a", "kept_2"],
    ["(Lefevre, 2021b)", "kept_3"],
    ["LEFEVRE 2021", "kept_2", "kept_3"],
    ["王小明 2021", "kept_4"],
  ]) {
    assert.deepEqual((await ask(label, store)).toSorted(), keys, label);
  }
});

test("the papers of an author are found by a question that names one", async () => {
  const { hits, reading } = await search(makeStore(), "gardening papers by ada invented since 2020");
  assert.deepEqual(
    reading.facts.map(({ label }) => label),
    ["since 2020", "by ada invented"],
  );
  assert.ok(hits.length > 3);
  const other = await search(makeStore(), "learning by gardening");
  assert.deepEqual(other.reading.facts, []);
});

test("two names that are joined find the papers that both wrote", async () => {
  /** @param {string} question */
  const find = async (question) => {
    const { hits, reading } = await search(makeKept(), question);
    return [reading.facts.map(({ label }) => label).join(), hits.map(({ paper }) => paper + 1)];
  };
  assert.deepEqual(await find("by Lefèvre and Made"), ["by Lefèvre and Made", [2, 3]]);
  assert.deepEqual(await find("papers by rui made & lefevre on models"), ["by rui made & lefevre", [2]]);
  assert.deepEqual(await find("R. Made and Zoé Lefèvre"), ["by R. Made and Zoé Lefèvre", [2, 3]]);
  assert.deepEqual(await find("by Moreno and Lefèvre"), ["by Moreno and Lefèvre", []]);
  assert.deepEqual((await find("papers by Moreno and relations"))[0], "by Moreno");
});

test("an author is found by a surname with initials, in any order", async () => {
  for (const name of [
    "A. Invented",
    "Invented, A.",
    "Invented A.",
    "papers by A. Invented",
    "invented a",
    "a. invented",
  ]) {
    const { hits, reading } = await search(makeStore(), name);
    assert.match(reading.facts[0]?.label ?? "", /^by /, name);
    assert.equal(hits.length, 24, name);
    assert.ok(
      hits.every(({ match }) => match),
      name,
    );
  }
  assert.deepEqual((await search(makeStore(), "Q. Invented")).reading.facts, []);
  assert.deepEqual((await search(makeStore(), "in A. I. garden")).reading.facts, []);
});

test("a word that is left out leaves out papers", async () => {
  const { hits } = await search(makeStore(), "learning -tides ");
  const store = makeStore();
  const open = await store.open();
  await open.needPapers(hits.map(({ paper }) => paper));
  assert.ok(hits.length > 3);
  for (const { paper } of hits) assert.doesNotMatch(open.papers[paper].abstract, /tides/);
});

test("only papers that have all words match, the others are near", async () => {
  const { hits, matches } = await search(makeStore(), "tomatoes weeds ");
  assert.equal(matches, 8);
  assert.ok(hits.slice(0, 8).every(({ match }) => match));
  const misspelt = await search(makeStore(), "tomatos ");
  assert.equal(misspelt.matches, 8);
  assert.equal((await search(makeStore(), "tomatoes cranes ")).matches, 0);
  assert.equal((await search(makeStore(), "RL ")).matches, 8); // also by the long form
});

test("the exact word comes before other words of its stem", async () => {
  const store = makeStore();
  for (const [question, form] of [
    ["folds ", /folds/],
    ["fold ", /\bfold\b/i],
  ]) {
    const { hits } = await search(store, question);
    const open = await store.open();
    await open.needPapers(hits.map(({ paper }) => paper));
    const { title, abstract } = open.papers[hits[0].paper];
    assert.match(`${title} ${abstract}`, form);
  }
});

test("the exact word comes first also where as many papers have another form", async () => {
  const store = makeKept();
  for (const [question, first] of [
    ["general ", "kept_1"],
    ["generative ", "kept_2"],
    ["integrity ", "kept_3"],
    ["integration ", "kept_4"],
  ])
    assert.equal((await ask(question, store))[0], first, question);
});

test("what lacks a word of a short question does not match, nor where a fact decides", async () => {
  for (const question of [
    "tomatoes weeds cranes ",
    "tomatoes weeds gardens cranes since 2020 ",
    "how do tomatoes and weeds grow in gardens beside cranes since 2020 ",
  ])
    assert.equal((await search(makeStore(), question)).matches, 0, question);
});

test("a word half typed is close", async () => {
  for (const typed of ["tom", "tomat", "in-context garde"])
    assert.equal((await search(makeStore(), typed)).close, true, typed);
});

/** Return the sentence above the papers and the answer for a question. */
async function tell(question) {
  const store = makeStore();
  const found = await search(store, question);
  const said = await findSaid(await store.open(), found, question);
  const papers = (match) => found.hits.filter((hit) => hit.match === match).map(({ paper }) => paper);
  const chosen = { matches: papers(true), near: papers(false), counted: [] };
  return [describeFound(found, chosen, { limits: "", filtered: false, asked: true }), said.answer];
}

test("a sentence says what was found, or which words no paper has together", async () => {
  assert.equal((await tell("tomatoes "))[0], "8 papers name “tomatoes”.");
  assert.equal((await tell("TomaToes "))[0], "8 papers name “TomaToes”.");
  assert.equal((await tell("weeds tomatoes "))[0], "8 papers found.");
  assert.equal((await tell("PMID 1000003"))[0], "1 paper: this is what you asked for.");
  assert.match(
    (await tell("tomatoes cranes "))[0],
    /^No close match\. No paper here names “tomatoes” and “cranes”\. 8 papers name “/,
  );
  assert.equal((await tell("treatment of cranes with dividends "))[0], "No close match.");
  assert.match((await tell("zzqxj wvvkq "))[0], /^No matches/);
});

test("at most one answer stands above the papers", async () => {
  const kinds = async (question) => {
    const [, answer] = await tell(question);
    return answer && [answer.kind, answer.person?.[0] ?? answer.entries[0].heading];
  };
  assert.deepEqual(await kinds("do tomatoes need weeds"), ["tension", "Do tomatoes need weeds?"]);
  assert.deepEqual(await kinds("which papers say that tomatoes need weeds"), ["tension", "Do tomatoes need weeds?"]);
  assert.deepEqual(await kinds("who contradicts Invented et al. 2020?"), ["tension", "Do tomatoes need weeds?"]);
  assert.deepEqual(await kinds("abbreviations"), ["page", "Acronyms"]);
  assert.deepEqual(await kinds("what is RL"), ["term", "RL"]);
  assert.deepEqual(await kinds("Ada Invented"), ["person", "Ada Invented"]);
  assert.deepEqual(await kinds("papers by ada invented"), ["person", "Ada Invented"]);
  assert.deepEqual(await kinds("A. Invented"), ["person", "Ada Invented"]);
  assert.deepEqual(await kinds("paper birds"), ["section", "Paper birds"]);
  assert.equal(await kinds("tomatoes"), undefined);
  assert.equal(await kinds("how to edit"), undefined); // a page for editors answers no reader
});
