import assert from "node:assert/strict";
import { test } from "node:test";
import { table } from "../../support/scripts.mjs";
import { makeFleet, makeLoader, makeStore } from "../../support/searching.mjs";

const { WEIGHTS, search } = globalThis.litbookSearch;
const { findSentence } = globalThis.litbookSentences;
const { findSaid, putQuotedFirst } = globalThis.litbookAnswer;
const WORDS_ONLY = { meaning: 0, theme: 0, sentence: 0, phrase: 0 };

/** Return the titles of what a question finds, best first. */
async function ask(question, store = makeStore()) {
  const { hits } = await search(store, question);
  const open = await store.open();
  await open.needPapers(hits.map(({ paper }) => paper));
  return hits.map(({ paper }) => open.papers[paper].title);
}

// --- The store ---

test("sorted words are unfolded to what was folded", () => {
  for (const [words, folded] of table("folded")) assert.deepEqual(globalThis.litbookUnpack.unfold(folded), words);
});

test("a part is loaded once, and again only if it could not be loaded", async () => {
  const asked = [];
  const failing = new Set(["keys"]);
  const store = await makeStore(makeLoader(asked, failing)).open();
  await Promise.all([store.need("papers-0"), store.need("papers-0")]);
  await assert.rejects(store.need("keys"), /keys was not found/);
  failing.clear();
  await store.need("keys");
  assert.equal(store.citekeys.length, 24);
  assert.deepEqual(asked, ["core", "scores", "codes", "acronyms", "papers-0", "keys", "keys"]);
});

test("an index of another format is refused", async () => {
  const load = makeLoader();
  const store = makeStore(async (name) => {
    await load(name);
    if (name === "core") globalThis.litbookIndex.at(-1).format = 0;
  });
  await assert.rejects(store.open(), /different builds/);
});

test("the most important terms get the budget for postings", async () => {
  const asked = [];
  const store = await makeStore(makeLoader(asked)).open();
  store.termStarts = ["a", "b", "c"];
  store.terms = ["a", "b", "c"];
  store.sizesOf = () => [200_000, 200_000, 90_000];
  store.load = async (name) => void asked.push(name);
  await store.needTerms([1, 0, 2]);
  assert.deepEqual(
    asked.filter((name) => name.startsWith("terms")),
    ["terms-1", "terms-2"],
  );
});

test("a page that has the first part of the index waits for two loads in a row, and no more", async () => {
  const load = makeLoader();
  await load("core");
  const [core] = globalThis.litbookIndex;
  const waiting = [];
  const store = makeStore((name) => new Promise((arrive) => waiting.push(() => load(name).then(arrive))), core);
  let found;
  const calls = { ranked: () => {} };
  search(store, "folding tomatoes", {}, new Set(), calls).then((one) => {
    found = one;
  });
  let loads = 0;
  for (; !found; loads++) {
    await new Promise((settle) => setImmediate(settle));
    for (const arrive of waiting.splice(0)) await arrive();
    await new Promise((settle) => setImmediate(settle));
  }
  assert.ok(found.hits.length);
  assert.equal(loads, 2);
});

// --- Slots ---

/** Return the terms of the slots of a question, with their weights, by the word that was asked for. */
async function makeSlots(question) {
  const store = await makeStore().open();
  const slots = await globalThis.litbookSlots.makeSlots(store, question, WEIGHTS);
  return new Map(
    slots.map((slot) => [slot.word, { ...slot, terms: [...slot.terms.keys()].map((id) => store.terms[id]) }]),
  );
}

test("words are matched by their terms, without common words", async () => {
  const slots = await makeSlots("which papers show the Folding of tomatoes ");
  assert.deepEqual([...slots.keys()], ["folding", "tomatoes"]);
  assert.deepEqual(slots.get("folding").terms, ["fold"]);
});

test("a question of common words only is still asked", async () => {
  assert.deepEqual([...(await makeSlots("how is it ")).keys()], ["how", "is", "it"]);
});

test("a misspelt word finds its neighbour and is corrected", async () => {
  const slot = (await makeSlots("tomatos garlands gardning ")).get("gardning");
  assert.equal(slot.corrected, "gardening");
  assert.ok(slot.terms.includes("garden"));
});

test("a word that no paper has finds what means the same", async () => {
  const slot = (await makeSlots("flower ")).get("flower");
  assert.deepEqual(slot.terms, ["garden"]);
  assert.equal(slot.meant.size, 1);
  assert.equal(slot.corrected, undefined);
});

test("only the last word may be the start of another, and only while it is being typed", async () => {
  assert.ok((await makeSlots("gar")).get("gar").terms.includes("garden"));
  assert.deepEqual((await makeSlots("gar ")).get("gar").terms, []);
  assert.deepEqual((await makeSlots("gar chess")).get("gar").terms, []);
});

test("an acronym finds its long form and the other way round", async () => {
  const long = await makeSlots("RL ");
  assert.ok(long.has("reinforc"), String([...long.keys()]));
  assert.ok((await makeSlots("reinforcement learning ")).has("rl"));
});

test("two words are also tried as one", async () => {
  const slots = await makeSlots("in context ");
  assert.ok(!slots.has("incontext")); // a common word begins no compound
  assert.ok((await makeSlots("in-context ")).has("incontext"));
});

// --- Ranking ---

test("words are scored by BM25 with length normalisation", async () => {
  const [counts, lengths] = [
    [1, 3, 0, 3],
    [12, 12, 12, 36], // the index has lengths in steps
  ];
  const { hits } = await search(makeFleet(counts, lengths), "boat ", WORDS_ONLY);
  const mean = lengths.reduce((sum, one) => sum + one) / lengths.length;
  const expected = counts.map((count, at) => {
    const weighed = count / (1 - WEIGHTS.b + (WEIGHTS.b * lengths[at]) / mean);
    return weighed / (weighed + WEIGHTS.k1);
  });
  const best = Math.max(...expected);
  assert.deepEqual(
    hits.map(({ paper }) => paper),
    [1, 3, 0],
  );
  for (const { paper, score } of hits)
    assert.ok(Math.abs(score - expected[paper] / best) < 1e-12, `${paper}: ${score}`);
});

test("equal scores keep the order of the papers", async () => {
  const same = Array.from({ length: 50 }, () => 2);
  const { hits } = await search(makeFleet(same, same), "boat ", WORDS_ONLY);
  assert.deepEqual(
    hits.map(({ paper }) => paper),
    [...same.keys()],
  );
});

test("a word of the title counts more than one of the abstract", async () => {
  const { hits } = await search(makeFleet([1, 8], [10, 10]), "boat ", WORDS_ONLY);
  assert.deepEqual(
    hits.map(({ paper }) => paper),
    [1, 0],
  );
});

test("the paper whose title is asked for comes first", async () => {
  assert.equal((await ask("a survey of tidal chess 4"))[0], "A Survey of Tidal Chess 4");
  assert.equal((await ask("in-context gardening"))[0].replace(/ \d+$/, ""), "In-Context Gardening");
});

test("a rarer word counts more", async () => {
  const store = await makeStore().open();
  await store.needWords(["tomato", "learn"]);
  const [rare, common] = ["tomato", "learn"].map((term) => store.ids.get(term));
  assert.ok(store.holders[rare] < store.holders[common]);
  assert.ok(store.rarity(rare) > store.rarity(common));
});

test("a question about something else is recognised, and an empty one finds nothing", async () => {
  assert.equal((await search(makeStore(), "gardening tomatoes from examples")).close, true);
  assert.equal((await search(makeStore(), "quarterly corporate dividends")).close, false);
  assert.deepEqual((await search(makeStore(), "  ")).hits, []);
});

test("a word that is there is not the start of others when papers are counted", async () => {
  assert.equal((await search(makeStore(), "made1")).matches, 1); // made10, made11 and others only come near
});

test("corrections name the word as it was typed", async () => {
  const { corrected } = await search(makeStore(), "tidal chsss ");
  assert.deepEqual([...corrected], [["chsss", "chess"]]);
});

test("the sentence with most of the question is quoted, abbreviations end none", async () => {
  const store = makeStore();
  const { gains } = await search(store, "tomatoes ");
  const text = "Roses need water. We grow tomatoes, e.g. Red ones. Done.";
  assert.equal(findSentence(await store.open(), text, gains).text, "We grow tomatoes, e.g. Red ones.");
  const other = "Tomatoes of Smith et al. Grow well. Others do not.";
  assert.equal(findSentence(await store.open(), other, gains).text, "Tomatoes of Smith et al. Grow well.");
});

test("sections are found by heading and text, and need most of the question", async () => {
  const store = makeStore();
  const ask = async (question) => findSaid(await store.open(), await search(store, question), question);
  const { sections, answer } = await ask("folded cranes ");
  assert.deepEqual(
    sections.map(({ heading }) => heading),
    ["Paper birds"],
  );
  assert.equal(answer, undefined);
  assert.deepEqual((await ask("cranes reinforcement tomatoes weeds ")).sections, []);
});

test("papers that the answer quotes come first, whatever their words", async () => {
  const store = makeStore();
  const found = await search(store, "do tomatoes need weeds");
  const said = await findSaid(await store.open(), found, "do tomatoes need weeds");
  assert.equal(said.answer.kind, "tension");
  const quoted = said.answer.entries[0].sides.flat().map(([, , , paper]) => paper);
  const first = putQuotedFirst(found, said).slice(0, new Set(quoted).size);
  assert.deepEqual(new Set(first.map(({ paper }) => paper)), new Set(quoted));
  assert.ok(first.every(({ match }) => match));
  const since = { ...found, reading: { ...found.reading, facts: [{ name: "year" }] } };
  assert.equal(putQuotedFirst(since, said), since.hits);
  assert.equal(putQuotedFirst(found, { ...said, answer: undefined }), found.hits);
});

test("a question of any length and of any signs is answered", async () => {
  for (const question of [
    "boat ".repeat(3000),
    "\ud800",
    "((((",
    "x".repeat(5000),
    "\u0000",
    "😀 😀",
    "a".repeat(41),
  ]) {
    assert.ok(Array.isArray((await search(makeStore(), question)).hits));
  }
});
