import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("layout/dom", "compare/compare-table");
const { name } = globalThis.litbookCompare;
const shortNames = (...details) => name(details.map((detail, at) => [`key${at}`, detail])).map(({ short }) => short);

test("papers are named by authors and year", () => {
  const names = shortNames(
    { authors: ["Ada Example"], year: 2020 },
    { authors: ["Ada Example", "Bo Fake"] },
    { authors: ["Ada Example", "Bo Fake", "Cy Sham"], year: 2021 },
    { authors: ["Example team"], year: 2022 },
  );
  assert.deepEqual(names, ["Example 2020", "Example and Fake", "Example et al. 2021", "Example team 2022"]);
});

test("papers without authors are named by their title or citekey", () => {
  assert.deepEqual(shortNames({ title: "An invented title about owls" }, {}), ["An invented title about", "key1"]);
});

test("equal names get letters", () => {
  const [one, other] = [
    { authors: ["Ada Example"], year: 2020 },
    { authors: ["Bo Fake"], year: 2020 },
  ];
  assert.deepEqual(shortNames(one, other, one, one), [
    "Example 2020 (a)",
    "Fake 2020",
    "Example 2020 (b)",
    "Example 2020 (c)",
  ]);
});
