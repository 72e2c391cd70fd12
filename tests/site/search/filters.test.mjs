import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("layout/dom", "search/search-filters");
const { countGroups, countValues, makeFilter, makeState, readAddress, readNoted, sortPapers, writeAddress } =
  globalThis.litbookFilters;

// Five invented papers.
const FACETS = {
  theme: { values: ["boats", "bread"], names: ["Boats", "Bread"], papers: [0, 0, 1, 1, -1] },
  kind: { values: ["method", "survey"], papers: [0, 1, 0, 1, -1] },
  year: { values: ["2020", "2023"], papers: [0, 1, 1, -1, 0] },
  venue: { values: ["Regatta"], papers: [0, -1, -1, -1, -1] },
  code: { values: ["yes"], papers: [0, -1, -1, -1, -1] },
  seen: { values: ["2024-01-01", "2024-02-01"], papers: [0, 0, 1, 1, -1] },
};
const ALL = [0, 1, 2, 3, 4];
const filter = (query) => ALL.filter(makeFilter(FACETS, readAddress(query)));

test("an address comes back as it was written", () => {
  const query =
    "q=boats+%26+bread&theme=boats&theme=bread&year=2020&sort=year&since=2024-01-01&plain=code,year&papers=a,b";
  assert.equal(writeAddress(readAddress(query)), query);
  assert.equal(writeAddress(makeState()), "");
});

test("unknown names and values in an address are ignored", () => {
  const state = readAddress("?sort=colour&since=yesterday&plain=colour&colour=red&papers=,,");
  assert.deepEqual(state, makeState());
});

test("what an address may hold is limited", () => {
  const many = Array.from({ length: 500 }, (_, at) => `k${at}`);
  assert.equal(readAddress(`papers=${many}`).papers.length, 400);
  assert.equal(readAddress(many.map((key) => `venue=${key}`).join("&")).chosen.venue.size, 100);
  assert.ok(writeAddress({ ...makeState(), q: "x".repeat(9999) }).length < 2100);
});

test("years are a range, and several years the range of them all", () => {
  const range = (query) => [readAddress(query).from, readAddress(query).to];
  assert.deepEqual(range("from=2020"), [2020, 0]);
  assert.deepEqual(range("year=2023&year=2020&year=x"), [2020, 2023]);
  assert.deepEqual(range("from=20&to=99999"), [0, 0]);
  assert.equal(writeAddress(readAddress("year=2020&year=2023")), "from=2020&to=2023");
  assert.deepEqual(filter("from=2021"), [1, 2]);
  assert.deepEqual(filter("to=2022"), [0, 4]);
  assert.deepEqual(filter("year=2023"), [1, 2]);
});

test("a venue is found by its series, with or without a year", () => {
  assert.deepEqual(filter("venue=Regatta"), [0]);
  assert.deepEqual(filter("venue=Regatta+2020"), [0]);
});

test("values of one group add up, groups narrow down", () => {
  assert.deepEqual(filter(""), ALL);
  assert.deepEqual(filter("theme=boats&theme=bread"), [0, 1, 2, 3]);
  assert.deepEqual(filter("theme=boats&kind=survey"), [1]);
  assert.deepEqual(filter("theme=unknown"), []);
});

test("only papers added after a day pass, those of unknown days do not", () => {
  assert.deepEqual(filter("since=2024-01-01"), [2, 3]);
  assert.deepEqual(filter("since=2024-01-01&kind=method"), [2]);
});

test("a value's count is what choosing it would give", () => {
  assert.deepEqual(countValues(FACETS, readAddress("theme=boats"), "kind", ALL), [1, 1]);
  assert.deepEqual(countValues(FACETS, readAddress("theme=boats"), "theme", ALL), [2, 2]); // its own group is left out
  assert.deepEqual(countValues(FACETS, readAddress(""), "kind", [1, 3]), [0, 2]);
  assert.deepEqual(countValues(FACETS, readAddress(""), "read", ALL), []);
  assert.equal(countGroups(readAddress("theme=boats&theme=bread&year=2020")), 2);
});

test("papers are sorted by year or theme, unknown values last, equal ones by relevance", () => {
  const given = [4, 3, 2, 1, 0];
  assert.deepEqual(sortPapers(FACETS, given, "year"), [2, 1, 4, 0, 3]);
  assert.deepEqual(sortPapers(FACETS, given, "theme"), [1, 0, 3, 2, 4]);
  assert.deepEqual(sortPapers(FACETS, given, "relevance"), given);
});

test("the reader's marks are a facet of which a paper may have several values", () => {
  const noted = {
    a: { state: "read", starred: true, note: "x" },
    b: { state: "to read", starred: false, note: "" },
  };
  const read = readNoted(["a", "b", "c", "toString"], noted);
  const names = read.papers.map((held) => held.map((number) => read.values[number]));
  assert.deepEqual(names, [["read", "starred", "with a note"], ["unread", "to read"], ["unread"], ["unread"]]);
  const passes = makeFilter({ ...FACETS, read }, readAddress("read=starred&read=to+read"));
  assert.deepEqual([0, 1, 2].filter(passes), [0, 1]);
});

test("columns that the review extracts are filters, of which a paper may have several values", () => {
  const facets = {
    ...FACETS,
    "x.grain": { title: "Grain", values: ["wheat", "rye"], papers: [[0, 1], [0], [1], [], []] },
  };
  const kept = (query) => ALL.filter(makeFilter(facets, readAddress(query)));
  assert.deepEqual(kept("x.grain=rye"), [0, 2]);
  assert.deepEqual(kept("x.grain=rye&x.grain=wheat"), [0, 1, 2]);
  assert.deepEqual(kept("x.grain=wheat&kind=survey"), [1]);
  assert.deepEqual(kept("x.colour=red"), ALL); // a column that the review no longer has
  assert.deepEqual(countValues(facets, readAddress("x.grain=rye"), "x.grain", ALL), [2, 2]);
  assert.equal(countGroups(readAddress("x.grain=rye&theme=boats")), 2);
  assert.equal(writeAddress(readAddress("theme=boats&x.grain=rye")), "theme=boats&x.grain=rye");
});

test("a column of numbers is filtered by a range, and what is not a range filters nothing", () => {
  const facets = {
    ...FACETS,
    "x.loaves": { values: ["0.5", "140", "3200"], range: true, papers: [[2], [1], [0], [], [1, 2]] },
  };
  const kept = (query) => ALL.filter(makeFilter(facets, readAddress(query)));
  assert.deepEqual(kept("x.loaves=100..500"), [1, 4]);
  assert.deepEqual(kept("x.loaves=..1"), [2]);
  assert.deepEqual(kept("x.loaves=1000.."), [0, 4]);
  assert.deepEqual(kept("x.loaves=many"), ALL);
  assert.equal(writeAddress(readAddress("x.loaves=100..500")), "x.loaves=100..500");
});
