import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { load, sample } from "../../support/scripts.mjs";

load("library/yours-library");
const { decode, findReader, makeMatcher, makeTitleKey, readBibtex, readJson, readRis } = globalThis.litbookLibrary;
const entriesOf = (text) => [...findReader(text)(text)];
const bytesOf = (text) => new TextEncoder().encode(text).buffer;

test("the reader is chosen by content", () => {
  assert.equal(findReader("\ufeff  [{}]"), readJson);
  assert.equal(findReader("\n\nTY  - JOUR\n"), readRis);
  assert.equal(findReader("% comment\n @article{a,}"), readBibtex);
  for (const text of ["", "title,author", "Dear reader, write to me@example{org}"])
    assert.equal(findReader(text), undefined);
});

test("exports of other programs are read without a broken entry", () => {
  const names = ["zotero.bib", "mendeley.bib", "scholar.bib", "dblp.bib", "anthology.bib", "jabref.bib"];
  for (const name of [
    ...names,
    "zotero.ris",
    "scopus.ris",
    "ieee.ris",
    "endnote.ris",
    "better-csl.json",
    "zotero.csl.json",
  ]) {
    const entries = entriesOf(sample(name).replaceAll("\r\n", "\n"));
    assert.ok(entries.length, name);
    for (const { entry, text } of entries) assert.ok(entry?.title, `${name}: ${text}`);
  }
});

test("a BibTeX entry has strings, macros and concatenation resolved", () => {
  const text =
    '@string{letters = "Invented Letters"}\n@article{ko2020, title = "A {B} " # {c}, journal = letters, year = 2020}';
  const [{ key, fields, entry, line }] = readBibtex(text);
  assert.equal(key, "ko2020");
  assert.deepEqual(
    [...fields],
    [
      ["title", "A {B} c"],
      ["journal", "Invented Letters"],
      ["year", "2020"],
    ],
  );
  assert.equal(entry.year, 2020);
  assert.equal(line, 2);
});

test("a broken entry is reported with its line, and the next one is read", () => {
  const found = [...readBibtex("@misc{a, title={One}}\n\n@misc{b,\n title={no end,\n}\n@misc{c, title={Three}}")];
  assert.deepEqual(
    found.map(({ line, entry }) => [line, entry?.title]),
    [
      [1, "One"],
      [3, undefined],
      [6, "Three"],
    ],
  );
});

test("RIS records have repeated and continued fields, and need a beginning", () => {
  const text =
    "TI  - Lost\nER  - \nTY  - JOUR\nTI  - Long\n title\nAU  - Okafor, Ada\nAU  - Li, Bo\nPY  - 2021/03\nER  - \n";
  const [lost, found] = readRis(text);
  assert.equal(lost.entry, undefined);
  assert.deepEqual(found.entry, { title: "Long title", doi: "", arxiv: "", family: "okafor", year: 2021 });
});

test("CSL-JSON and Zotero's JSON are read, notes and attachments skipped", () => {
  const items = [
    {
      title: "Owls",
      author: [{ family: "van der Veer", given: "A" }],
      issued: { "date-parts": [[2021, 3]] },
      DOI: "10.9/Ab",
    },
    { data: { itemType: "note", title: "No paper" } },
    {
      data: {
        itemType: "preprint",
        title: "Voles",
        creators: [{ lastName: "Ito" }],
        date: "May 2024",
        archiveID: "arXiv:2405.11111",
      },
    },
    { title: "Team", author: [{ literal: "Example Team" }], issued: { raw: "2019" } },
    "no record",
  ];
  const found = [...readJson(JSON.stringify({ items }))].map(({ entry }) => entry);
  assert.deepEqual(found, [
    { title: "Owls", doi: "", arxiv: "", family: "vanderveer", year: 2021 },
    { title: "Voles", doi: "", arxiv: "2405.11111", family: "ito", year: 2024 },
    { title: "Team", doi: "", arxiv: "", family: "team", year: 2019 },
    undefined,
  ]);
});

test("DOI and arXiv id are found where programs put them", () => {
  const identify = (fields) => {
    const [{ entry }] = readBibtex(`@misc{a, title={T}, ${fields}}`);
    return [entry.doi, entry.arxiv];
  };
  assert.deepEqual(identify("doi = {https://doi.org/10.9999/A\\_B}"), ["10.9999/a_b", ""]);
  assert.deepEqual(identify("doi = {10.48550/arXiv.2401.00002}"), ["", "2401.00002"]);
  assert.deepEqual(identify("eprint = {arXiv:2401.00002v7 [cs.CL]}"), ["", "2401.00002"]);
  assert.deepEqual(identify("eprint = {2401.00002v2}"), ["", "2401.00002"]);
  assert.deepEqual(identify("note = {see https://arxiv.org/pdf/cs/9901001}"), ["", "cs/9901001"]);
  assert.deepEqual(identify("url = {https://example.org/2401.00002}"), ["", ""]);
});

test("titles are compared without TeX, accents, case and markup", () => {
  const same = [
    ["{\\'E}tude of \\c{c}a, \\ss{} and \\alpha", "Étude of ça: ß and α"],
    ["Owls <i>in vivo</i> &amp; out", "owls in vivo out"],
    ["Straße", "STRASSE"],
    ["ﬁne–tuning", "Fine tuning"],
  ];
  for (const [one, other] of same) assert.equal(makeTitleKey(one), makeTitleKey(other));
  assert.notEqual(makeTitleKey("Owls 1"), makeTitleKey("Owls 2"));
  assert.equal(makeTitleKey("学習する梟"), "学習する梟".normalize("NFKD").replace(/\p{M}/gu, ""));
});

test("an entry matches by identifier first, then by title, a short one with author or year", () => {
  const papers = [
    { title: "Owls", by: "Ko and Li", year: 2020, doi: "10.9/a", arxiv: "2401.00002" },
    { title: "A rather long title about owls in winter", by: "Ko", year: 2020, doi: "", arxiv: "" },
  ];
  const match = makeMatcher(papers);
  const entry = { title: "Owls", doi: "", arxiv: "", family: "", year: 0 };
  assert.equal(match({ ...entry, title: "Other", doi: "10.9/a" }), 0);
  assert.equal(match({ ...entry, title: "Other", arxiv: "2401.00002" }), 0);
  assert.equal(match({ ...entry, family: "ko" }), 0);
  assert.equal(match({ ...entry, family: "su", year: 2021 }), 0);
  assert.equal(match({ ...entry, family: "su", year: 1990 }), -1);
  assert.equal(match({ ...entry, arxiv: "2401.99999", family: "ko" }), -1);
  assert.equal(match({ ...entry, title: papers[1].title.toUpperCase() }), 1);
  assert.equal(match({ ...entry, title: papers[1].title, family: "su", year: 2011 }), -1);
  assert.equal(match({ ...entry, year: 1990 }), -1);
  assert.equal(match({ ...entry, title: papers[1].title, year: 1990 }), 1);
  assert.equal(match({ ...entry, title: "" }), -1);
});

test("text is decoded as UTF-8, or as what Windows wrote before it", () => {
  assert.equal(decode(bytesOf("Łódź\r\nend\r")), "Łódź\nend\n");
  assert.equal(decode(new Uint8Array([0x4d, 0xfc]).buffer), "Mü");
});

test("damaged text ends every reader", () => {
  for (const name of ["zotero.bib", "scopus.ris"]) {
    const text = sample(name);
    for (let cut = 97; cut < text.length; cut += 97) {
      const damaged = `${text.slice(0, cut)}{"\n@a{${text.slice(cut + 5)}`;
      assert.ok(entriesOf(damaged).length < 50);
    }
  }
});

// The same cases are read by litbook's own readers in tests/site/library/test_identify.py.
const CASES = JSON.parse(readFileSync(new URL("../../support/library-cases.json", import.meta.url), "utf8"));

test("a DOI in any form is the one that litbook reads", () => {
  for (const [written, doi] of CASES.dois) {
    const [{ entry }] = readBibtex(`@misc{k, title={Kelp}, doi={${written}}}`);
    assert.equal(entry.doi, doi, written);
  }
});

test("the family name of an author is the one that litbook reads", () => {
  for (const [written, family] of CASES.families) {
    const [{ entry }] = readBibtex(`@misc{k, title={Kelp}, author={${written}}}`);
    assert.equal(entry.family, family, written);
  }
});
