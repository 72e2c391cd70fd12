import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

// The page that the scripts see has nothing in it.
globalThis.document = {
  documentElement: { dataset: {} },
  addEventListener() {},
  querySelector: () => null,
  querySelectorAll: () => [],
};
globalThis.location = { pathname: "/" };

load("layout/dom");
load("known/visits");
load("known/known");
load("known/versions");
const { read, enter } = globalThis.litbookVisits;
const { findSince, findNext, nameMark } = globalThis.litbookKnown;
const { listVersions, compareVersions, chooseFirst } = globalThis.litbookVersions;

test("a visit on another day moves the last day back, one on the same day does not", () => {
  const first = enter(read(null), "2033-01-02", "/review/book/index.html");
  assert.deepEqual(first, { before: "", last: "2033-01-02", chapters: [] });
  const again = enter(first, "2033-01-02", "/review/book/chapters/folding.html");
  assert.deepEqual(again, { before: "", last: "2033-01-02", chapters: ["folding"] });
  const later = enter(again, "2033-02-03", "/review/book/chapters/folding.html");
  assert.deepEqual(later, { before: "2033-01-02", last: "2033-02-03", chapters: ["folding"] });
});

test("what is stored is used as far as it is valid", () => {
  assert.deepEqual(read("{"), { before: "", last: "", chapters: [] });
  assert.deepEqual(read("null"), { before: "", last: "", chapters: [] });
  assert.deepEqual(read('{"before":"soon","last":"2033-01-02","chapters":["a",3]}'), {
    before: "",
    last: "2033-01-02",
    chapters: ["a"],
  });
});

test("only what happened after the day is listed", () => {
  const papers = [
    { date: "2033-01-03", how: "new", citekey: "a", title: "A" },
    { date: "2033-01-02", how: "noticed", citekey: "b", title: "B" },
    { date: "2033-01-04", how: "placed", citekey: "c", title: "C" },
  ];
  const sections = [{ date: "2033-01-05", page: "P", heading: "H", url: "u" }];
  const found = findSince({ version: 1, papers, sections }, "2033-01-02");
  assert.deepEqual([found.papers.map((item) => item.citekey), found.sections.length], [["a"], 1]);
});

test("the papers that opened chapters cite most come first, without those that were read", () => {
  const chapters = [
    {
      slug: "one",
      name: "One",
      url: "",
      cites: [
        ["a", "A", "Ada", 3],
        ["b", "B", "Bo", 2],
        ["c", "C", "Cy", 2],
      ],
    },
    {
      slug: "two",
      name: "Two",
      url: "",
      cites: [
        ["c", "C", "Cy", 2],
        ["d", "D", "Di", 9],
      ],
    },
    { slug: "three", name: "Three", url: "", cites: [["e", "E", "Eli", 99]] },
  ];
  const found = findNext(chapters, ["one", "two"], (key) => key === "d");
  assert.deepEqual(
    found.map((paper) => [paper.key, paper.by]),
    [
      [
        "c",
        [
          ["One", 2],
          ["Two", 2],
        ],
      ],
      ["a", [["One", 3]]],
      ["b", [["One", 2]]],
    ],
  );
  assert.deepEqual(
    findNext(chapters, [], () => false),
    [],
  );
});

test("a mark is one word, and a mark of the reader comes before what is new", () => {
  const none = { state: "", starred: false, note: "" };
  assert.equal(nameMark({ ...none, state: "read", starred: true }, true), "read");
  assert.equal(nameMark({ ...none, starred: true, note: "x" }, true), "starred");
  assert.equal(nameMark({ ...none, note: "x" }, false), "noted");
  assert.equal(nameMark(none, true), "new");
  assert.equal(nameMark(none, false), "");
});

const step = (date, how, citekey = "a2033") => ({ date, how, citekey, title: citekey });
const between = (papers, before = "2033-01-01", after = "2033-12-31") =>
  compareVersions({ papers, sections: [] }, before, after).papers.map(({ citekey, how }) => [citekey, how]);

test("versions are the days with a change and the releases, newest first", () => {
  const changes = {
    papers: [step("2033-03-01", "new"), step("2033-01-01", "new", "b2032")],
    sections: [{ date: "2033-03-01" }],
    releases: [{ date: "2033-02-01", version: "1.0.0" }],
  };
  assert.deepEqual(
    listVersions(changes).map(({ name }) => name),
    ["1 March 2033", "1 February 2033, version 1.0.0", "1 January 2033"],
  );
});

test("the comparison begins with the newest version that is a month old, or with the first of all", () => {
  const days = (...dates) => dates.map((date) => ({ date, name: date }));
  assert.equal(chooseFirst(days("2033-03-05", "2033-03-01", "2033-02-01", "2033-01-01")), 2);
  assert.equal(chooseFirst(days("2033-03-05", "2033-03-01", "2033-02-20")), 2);
});

test("two versions are compared by what is different, not by what happened in between", () => {
  assert.deepEqual(between([step("2033-02-02", "dropped"), step("2033-02-01", "new")]), []);
  assert.deepEqual(between([step("2033-02-02", "readmitted"), step("2033-02-01", "excluded")]), []);
  assert.deepEqual(between([step("2033-02-02", "retouched"), step("2033-02-01", "new")]), [["a2033", "new"]]);
  assert.deepEqual(between([step("2033-02-02", "excluded"), step("2033-02-01", "moved")]), [["a2033", "excluded"]]);
  assert.deepEqual(between([step("2033-02-02", "moved"), step("2033-02-01", "noticed")]), [["a2033", "noticed"]]);
});

test("only what is after the first version and not after the second is a difference", () => {
  const papers = [step("2033-03-01", "new", "c"), step("2033-02-01", "new", "b"), step("2033-01-01", "new", "a")];
  assert.deepEqual(between(papers, "2033-01-01", "2033-02-01"), [["b", "new"]]);
});
