import assert from "node:assert/strict";
import { test } from "node:test";
import { load, table } from "../../support/scripts.mjs";

load("layout/dom", "lists/details");
const { findFile } = globalThis.litbookDetails;
const { write } = globalThis.litbookExport;

// Invented entries, as the index has them.
const DETAILS = [
  { bibtex: "@misc{a,\n}", ris: "TY  - GEN\nER  - ", csv: 'a,"Owls, ""wild"""' },
  { bibtex: "@misc{b,\n}", ris: "TY  - JOUR\nER  - ", csv: "b,Voles" },
];

test("the file of a paper is the one that the build wrote it to", () => {
  const files = table("files");
  assert.ok(files.length > 300);
  for (const [key, total, number] of files) assert.equal(findFile(key, total), number, `${key} of ${total}`);
});

test("BibTeX and RIS entries are separated by an empty line", () => {
  assert.equal(write(DETAILS, "bib", ""), "@misc{a,\n}\n\n@misc{b,\n}\n");
  assert.equal(write(DETAILS, "ris", ""), "TY  - GEN\nER  - \n\nTY  - JOUR\nER  - \n");
});

test("CSV begins with a byte order mark and the columns, and has the line ends of RFC 4180", () => {
  assert.equal(write(DETAILS, "csv", "citekey,title"), '\ufeffcitekey,title\r\na,"Owls, ""wild"""\r\nb,Voles\r\n');
});
