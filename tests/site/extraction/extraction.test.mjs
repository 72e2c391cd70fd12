// The table of extracted values as data: filters, order, CSV and pairs. All rows are invented.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("layout/dom", "extraction/extraction-table");
const { chooseRows, countPairs, readAddress, writeAddress, writeCsv } = globalThis.litbookExtraction;

const cell = (text, { values = [], rank = null } = {}) => ({ text, values, rank });
const row = (at, key, text, design, dose) => ({
  key,
  at,
  theme: at % 2 ? "b" : "a",
  paper: `Invented ${2020 + at}`,
  text,
  cells: {
    design: cell(design.join("; "), { values: design }),
    dose: cell(dose, { rank: dose ? Number(dose) : null }),
  },
});
const ROWS = [
  row(0, "one", "Ähnlich at home", ["trial"], "40"),
  row(1, "two", "at school", ["cohort", "trial"], "9"),
  row(2, "three", "at home", ["cohort"], ""),
];
const EVERYTHING = { words: "", chosen: {}, sort: "", hidden: [] };
const keys = (state) => chooseRows(ROWS, { ...EVERYTHING, ...state }).map(({ key }) => key);

test("words, themes and choices filter together", () => {
  assert.deepEqual(keys({}), ["one", "two", "three"]);
  assert.deepEqual(keys({ words: "HOME ahnlich" }), ["one"]);
  assert.deepEqual(keys({ chosen: { design: "cohort" } }), ["two", "three"]);
  assert.deepEqual(keys({ chosen: { design: "cohort", theme: "a" } }), ["three"]);
});

test("numbers are sorted by size, and papers without a value come last in both directions", () => {
  assert.deepEqual(keys({ sort: "dose" }), ["two", "one", "three"]);
  assert.deepEqual(keys({ sort: "-dose" }), ["one", "two", "three"]);
  assert.deepEqual(keys({ sort: "-paper" }), ["three", "two", "one"]);
});

test("an address gives the state back, and unknown names and values are ignored", () => {
  const choices = { theme: ["a", "b"], design: ["cohort", "trial"] };
  const state = { words: "at home", chosen: { theme: "a", design: "trial" }, sort: "-dose", hidden: ["dose"] };
  assert.deepEqual(readAddress(writeAddress(state), choices, ["design", "dose"]), state);
  assert.deepEqual(readAddress("?x.design=tea&sort=taste&hide=taste&design=trial", choices, ["design"]), EVERYTHING);
});

test("a column may have the name of anything in the address", () => {
  const state = { ...EVERYTHING, chosen: { sort: "yes" } };
  assert.deepEqual(readAddress(writeAddress(state), { sort: ["yes", "no"] }, ["sort"]), state);
});

test("CSV holds the chosen columns, and no cell that a spreadsheet would compute", () => {
  const risky = { ...ROWS[0], paper: "=1+1", cells: { design: cell('a "b", c'), dose: cell("-4.5") } };
  const csv = writeCsv(
    [risky],
    [
      { id: "design", name: "Design" },
      { id: "dose", name: "Dose (mg)" },
    ],
  );
  assert.equal(csv, 'citekey,paper,Design,Dose (mg)\r\none,\'=1+1,"a ""b"", c",-4.5\r\n');
});

test("a paper with several values counts once in each of their cells", () => {
  const counts = countPairs(ROWS, "theme", "design");
  assert.deepEqual(
    [...counts],
    [
      ['["a","trial"]', 1],
      ['["b","cohort"]', 1],
      ['["b","trial"]', 1],
      ['["a","cohort"]', 1],
    ],
  );
});
