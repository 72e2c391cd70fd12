import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("layout/dom", "lists/list");
const { compareBy, makeFilter, readAddress, writeAddress } = globalThis.litbookList;

const item = (at, fields) => ({
  at,
  key: `k${at}`,
  title: "",
  author: "",
  venue: "",
  kind: "",
  year: "",
  text: "",
  own: new URLSearchParams(),
  ...fields,
});
const ITEMS = [
  item(0, { title: "item 10", author: "Öz", year: "2020", kind: "survey", text: "item 10 ada oz" }),
  item(1, { title: "Item 9", author: "Oa", year: "", kind: "", text: "item 9 bo oa" }),
  item(2, { title: "zebra", author: "", year: "2023", kind: "method", text: "zebra" }),
  item(3, { title: "", author: "Li", year: "2020", kind: "survey", text: "li" }),
];
const EMPTY = { sort: "page", words: "", kind: "", year: "", venue: "", marks: "" };
const order = (sort) => [...ITEMS].sort(compareBy(sort)).map(({ at }) => at);
const filter = (state, without) => ITEMS.filter(makeFilter({ ...EMPTY, ...state }, without)).map(({ at }) => at);

test("items are sorted with unknown values last and equal ones as on the page", () => {
  assert.deepEqual(order("page"), [0, 1, 2, 3]);
  assert.deepEqual(order("newest"), [2, 0, 3, 1]);
  assert.deepEqual(order("oldest"), [0, 3, 2, 1]);
  assert.deepEqual(order("title"), [1, 0, 2, 3]); // numbers by value, whatever their case
  assert.deepEqual(order("author"), [3, 1, 0, 2]); // accents do not matter
  assert.deepEqual(order("venue"), [0, 1, 2, 3]);
  assert.deepEqual(order("colour"), [0, 1, 2, 3]);
});

test("words must all be in the text, without accents and case", () => {
  assert.deepEqual(filter({ words: " ÖZ  Item " }), [0]);
  assert.deepEqual(filter({ words: "item" }), [0, 1]);
  assert.deepEqual(filter({ words: "   " }), [0, 1, 2, 3]);
});

test("filters narrow down, one can be left out, and unknown is a value", () => {
  assert.deepEqual(filter({ kind: "survey", year: "2020" }), [0, 3]);
  assert.deepEqual(filter({ kind: "method", year: "2020" }), []);
  assert.deepEqual(filter({ kind: "method", year: "2020" }, "kind"), [0, 3]);
  assert.deepEqual(filter({ kind: "unknown" }), [1]);
});

test("the reader's marks are asked for when the filter is used", () => {
  const marks = { k0: { state: "to read", starred: false, note: "" }, k2: { state: "", starred: true, note: "x" } };
  assert.deepEqual(filter({ marks: "none" }), [0, 1, 2, 3]); // nothing is marked where nothing can be stored
  globalThis.litbookYours = { get: (key) => marks[key] ?? { state: "", starred: false, note: "" } };
  assert.deepEqual(filter({ marks: "to-read" }), [0]);
  assert.deepEqual(filter({ marks: "read" }), []);
  assert.deepEqual(filter({ marks: "starred" }), [2]);
  assert.deepEqual(filter({ marks: "note" }), [2]);
  assert.deepEqual(filter({ marks: "none" }), [1, 3]);
});

test("an address is read as far as its values are known", () => {
  const known = (name, value) => name === "marks" || value === "2020";
  const state = readAddress("?sort=title&words=boat&year=2020&kind=red&marks=starred", "", known);
  assert.deepEqual(state, { ...EMPTY, sort: "title", words: "boat", year: "2020", marks: "starred" });
  assert.deepEqual(readAddress("?sort=toString&marks=toString&year=1", "", known), EMPTY);
  assert.deepEqual(
    readAddress("?marks=starred", "", () => false),
    EMPTY,
  );
  assert.equal(readAddress(`?words=${"x".repeat(999)}`, "", known).words.length, 200);
});

test("lists of one page have parameters of their own, and others stay", () => {
  const query = writeAddress("?q=1&b.sort=title&sort=title", "b.", { ...EMPTY, sort: "newest", words: "a & b" });
  assert.equal(query, "q=1&sort=title&b.sort=newest&b.words=a+%26+b");
  assert.equal(readAddress(query, "b.", () => true).words, "a & b");
  assert.equal(readAddress(query, "", () => true).sort, "title");
  assert.equal(writeAddress(query, "b.", EMPTY), "q=1&sort=title");
});

test("a column that the review extracts is a filter, with several values of a paper and with none", () => {
  const own = [
    item(0, { own: new URLSearchParams("grain=wheat&grain=spelt&home=not+reported") }),
    item(1, { own: new URLSearchParams("grain=wheat") }),
    item(2, {}),
  ];
  const kept = (state, without) => own.filter(makeFilter({ ...EMPTY, ...state }, without)).map(({ at }) => at);
  assert.deepEqual(kept({ "x.grain": "wheat" }), [0, 1]);
  assert.deepEqual(kept({ "x.grain": "spelt" }), [0]);
  assert.deepEqual(kept({ "x.grain": "no value yet" }), [2]);
  assert.deepEqual(kept({ "x.grain": "wheat", "x.home": "not reported" }), [0]);
  assert.deepEqual(kept({ "x.grain": "spelt" }, "x.grain"), [0, 1, 2]);
});

test("filters by own columns are in the address, and those that the list does not have are dropped", () => {
  const known = (name, value) => name === "x.grain" && value === "wheat";
  const state = readAddress("?bread.x.grain=wheat&bread.x.colour=red&x.grain=rye", "bread.", known);
  assert.equal(state["x.grain"], "wheat");
  assert.equal(state["x.colour"], "");
  assert.equal(writeAddress("?bread.x.grain=rye&bread.x.old=1", "bread.", state), "bread.x.grain=wheat");
});

test("a column of numbers is filtered by a range, of which one end may be missing", () => {
  const own = ["3200", "140", "0.5", ""].map((value, at) =>
    item(at, { own: new URLSearchParams(value ? { loaves: value } : {}) }),
  );
  const kept = (range) => own.filter(makeFilter({ ...EMPTY, "x.loaves": range })).map(({ at }) => at);
  assert.deepEqual(kept("100..500"), [1]);
  assert.deepEqual(kept("140.."), [0, 1]);
  assert.deepEqual(kept("..140"), [1, 2]);
  assert.deepEqual(kept("-1..0.5"), [2]);
  assert.deepEqual(kept(""), [0, 1, 2, 3]);
});
