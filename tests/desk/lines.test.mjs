import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/scripts.mjs";

load("desk/lines");
const { matchLines } = globalThis.litbookLines;

test("a paragraph has the line of the block whose words it begins with", () => {
  const blocks = [
    [1, "Invented dough"],
    [3, "Dough that rests for long rises higher than dough that does not"],
    [7, "No one has asked why"],
  ];
  const texts = [
    "Invented dough",
    "Dough that rests for long rises higher than dough that does not.",
    "No one has asked why.",
  ];
  assert.deepEqual(matchLines(blocks, texts), [1, 3, 7]);
});

test("words that the build adds, such as names of cited authors, do not matter", () => {
  const blocks = [[5, "show that dough rests, in   loaves"]];
  const texts = ["Pretend et al. (2020) show that dough rests 3, in twelve loaves."];
  assert.deepEqual(matchLines(blocks, texts), [5]);
});

test("what the build draws itself has no line, and takes none from what follows", () => {
  const blocks = [
    [1, "Invented dough"],
    [9, "The last paragraph of the page"],
  ];
  const texts = ["Invented dough", "A paper about proving ovens", "2020", "The last paragraph of the page"];
  assert.deepEqual(matchLines(blocks, texts), [1, 0, 0, 9]);
});

test("one word, as in a table, is not taken for the beginning of a paragraph", () => {
  const long = `Dough ${"and then some other words ".repeat(12)}`;
  assert.deepEqual(matchLines([[4, "Dough"]], [long]), [0]);
  assert.deepEqual(matchLines([[4, "Dough"]], ["Dough"]), [4]);
});
