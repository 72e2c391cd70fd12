import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("library/yours-library", "library/yours-formats");
const { plan, read, writeBibtex, writeJson, writeMarkdown } = globalThis.litbookYoursFormats;

const HEAD = { review: "r", title: "A [review]", saved: "2024-05-06T07:08:09.000Z" };
// Invented notes with what each format has to escape.
const MARKS = {
  vole2020: {
    state: "read",
    starred: true,
    note: "One\n\n  two {braces} 100% \\ $x_1^2$ ~`#&\n> @misc{not, an={entry}}\n",
  },
  owl2021: { state: "to read", starred: false, note: "" },
  mouse: {
    state: "",
    starred: false,
    note: "# <b>bold</b> & \\< &amp; ](x/book/papers/wrong.html) Marked: read\n\\newline{}",
  },
  "rat-1999": { state: "", starred: true, note: "" },
};
const PAPERS = Object.entries(MARKS).map(([key, marks]) => ({
  ...marks,
  key,
  title: `Title [of] ](x) ${key}`,
  authors: "A](book/papers/z.html), B",
  year: 2020,
  address: `https://site.example/r/book/papers/${key}.html`,
}));
const WRITTEN = {
  JSON: writeJson(new Map(Object.entries(MARKS)), HEAD),
  Markdown: writeMarkdown(PAPERS, HEAD),
  BibTeX: PAPERS.map((paper) => writeBibtex(`@misc{${paper.key},\n  title = {{T}},\n}`, paper)).join("\n"),
};

for (const [format, text] of Object.entries(WRITTEN)) {
  test(`marks exported to ${format} come back unchanged`, () => {
    for (const file of [text, text.replaceAll("\n", "\r\n"), `\ufeff${text}`]) {
      const found = read(file);
      assert.deepEqual(Object.fromEntries(found.papers), MARKS);
      assert.equal(plan(new Map(Object.entries(MARKS)), found).changes.size, 0);
    }
  });
}

test("a reading list lists papers to read first and says when it was saved", () => {
  const lines = WRITTEN.Markdown.split("\n");
  assert.equal(lines[0], "# Your papers in “A \\[review\\]”");
  assert.ok(WRITTEN.Markdown.includes("2024-05-06"));
  assert.deepEqual(
    lines.filter((line) => line.startsWith("## ")),
    ["## To read", "## Read", "## Neither"],
  );
  assert.doesNotMatch(WRITTEN.Markdown, /(?<!\\)<b>/);
});

test("an entry without marks stays as it was", () => {
  assert.equal(
    writeBibtex("@misc{a,\n  title = {T},\n}\n", { state: "", starred: false, note: "" }),
    "@misc{a,\n  title = {T},\n}",
  );
});

test("a file without marks is refused in words", () => {
  for (const text of ["", "# Nothing", "@misc{a, title={x}}", '{"papers":{"a":7}}']) {
    assert.throws(() => read(text), /^Error: No marks or notes were found in this file\.$/);
  }
  for (const text of ["{", "[]", '{"papers":[]}', '{"papers":null}']) {
    assert.throws(() => read(text), /damaged, or was not exported here/);
  }
});

test("unknown marks are dropped, unknown fields and strange citekeys survive", () => {
  const papers =
    '{"a": {"state": "burnt", "starred": "yes", "note": 7}, "__proto__": {"starred": true, "colour": "red"}}';
  const found = read(`{"papers": ${papers}}`);
  assert.deepEqual([...found.papers], [["__proto__", { state: "", starred: true, note: "", colour: "red" }]]);
  assert.equal(found.skipped, 1);
});

test("an import loses no note, and the marks changed last win", () => {
  const [early, late] = ["2024-01-01T00:00:00.000Z", "2024-02-01T00:00:00.000Z"];
  const mine = { state: "read", starred: false, note: "mine", changed: early, colour: "red" };
  const merge = (ours, theirs) => {
    const { changes, ...counts } = plan(new Map([["a", ours]]), read(JSON.stringify({ papers: { a: theirs } })));
    return [changes.get("a"), counts];
  };
  const [later, counts] = merge(mine, { state: "to read", note: "theirs", changed: late });
  assert.deepEqual(later, { ...mine, state: "to read", note: "mine\n\ntheirs", changed: late });
  assert.deepEqual(counts, { added: 0, changed: 1, same: 0 });
  const [earlier] = merge({ ...mine, changed: late }, { state: "to read", starred: true, changed: early });
  assert.deepEqual([earlier.state, earlier.starred, earlier.note], ["read", true, "mine"]);
  assert.deepEqual(merge(mine, { state: "read", note: "mine" }), [undefined, { added: 0, changed: 0, same: 1 }]);
  assert.equal(merge(mine, { note: "mine, and more" })[0].note, "mine, and more");
});

test("papers that were not marked are counted as added", () => {
  const { added, changed, same } = plan(new Map(), read(WRITTEN.JSON));
  assert.deepEqual([added, changed, same], [4, 0, 0]);
});
