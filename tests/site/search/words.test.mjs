import assert from "node:assert/strict";
import { test } from "node:test";
import { load, table } from "../../support/scripts.mjs";

load("search/search-words");
const { distance, makeReader } = globalThis.litbookWords;
const { rules, stems, texts } = table("words");
const reader = makeReader(rules);

test("every word has the same stem as in the index", () => {
  assert.ok(Object.keys(stems).length > 3000);
  const wrong = Object.entries(stems).filter(([word, stem]) => reader.stem(word) !== stem);
  assert.deepEqual(wrong, []);
});

test("every text has the same words and terms as in the index", () => {
  assert.ok(texts.length > 100);
  for (const [text, words, terms] of texts) {
    const read = reader.read(text);
    assert.deepEqual(
      read.map(({ word }) => word),
      words,
      text,
    );
    assert.deepEqual(
      read.map(({ term }) => term),
      terms,
      text,
    );
  }
});

test("common words and joined words are marked", () => {
  const marks = reader.read("The in-context boat").map(({ word, common, joined }) => [word, common, joined]);
  const expected = [
    ["the", true, false],
    ["in", true, false],
    ["context", false, false],
    ["incontext", false, true],
    ["boat", false, false],
  ];
  assert.deepEqual(marks, expected);
});

test("distances count edits, a swap of neighbours as one", () => {
  const cases = [
    ["kitten", "sitting", 3],
    ["form", "from", 1],
    ["abcd", "abdc", 1],
    ["boat", "boat", 0],
    ["boat", "boats", 1],
    ["", "ab", 2],
  ];
  for (const [a, b, edits] of cases) {
    assert.equal(distance(a, b, 5), edits, `${a} ${b}`);
    assert.equal(distance(b, a, 5), edits, `${b} ${a}`);
  }
});

test("a distance above the limit is the limit plus one", () => {
  assert.equal(distance("kitten", "sitting", 2), 3);
  assert.equal(distance("a", "abcdef", 2), 3);
  assert.equal(distance("kitten", "sitting", 3), 3);
});
