import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("layout/dom");
const { addressOf, citeNames, count, keyOf, listNames } = globalThis.litbookDom;

test("a count has the singular for one thing only", () => {
  assert.deepEqual(
    [0, 1, 2].map((number) => count(number)),
    ["0 papers", "1 paper", "2 papers"],
  );
  assert.equal(count(1, "entry", "entries"), "1 entry");
  assert.equal(count(3, "entry", "entries"), "3 entries");
});

test("long lists of names are shortened, and the others are counted", () => {
  const names = ["Ada", "Bo", "Cy", "Di"];
  assert.equal(listNames(names, 4), "Ada, Bo, Cy, Di");
  assert.equal(listNames(names, 3), "Ada, Bo and 2 others");
  assert.equal(citeNames(names, 4), "Ada, Bo, Cy, Di");
  assert.equal(citeNames(names, 3), "Ada et al.");
  assert.equal(listNames([], 3), "");
});

test("a citekey survives the way to an address and back", () => {
  for (const key of ["smith2020deep", "müller/2021?x#y", "a b%20c"]) {
    assert.equal(keyOf({ href: new URL(addressOf(key), "https://site.example/review/").href }), key);
  }
  assert.equal(keyOf({ href: "https://site.example/review/book/chapters/theme.html" }), "");
  assert.equal(keyOf({ href: "https://site.example/book/papers/deep/er.html" }), "");
});
