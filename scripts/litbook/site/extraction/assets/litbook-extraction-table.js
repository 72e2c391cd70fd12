// The table of extracted values as data: which rows a reader wants, in which order, as CSV, and crossed. It needs no page.
//
// A row holds its paper, theme and words, and for each column its values, the number by which it sorts, and its text.
"use strict";

(() => {
  const PREFIX = "x."; // of a column's id in the address, so that no id takes the place of another name
  const FORMULA = /^[=+\-@\t\r]/; // a spreadsheet evaluates a cell that begins so, and a title is untrusted text
  const NUMBER = /^-?[\d.,]+$/;
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /** @param {string} text */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** Read what an address asks for; columns and values that the table does not have are ignored.
   * @type {Litbook.Extraction["readAddress"]} */
  function readAddress(query, choices, columns) {
    const given = new URLSearchParams(query);
    /** @type {Record<string, string>} */
    const chosen = {};
    for (const [id, values] of Object.entries(choices)) {
      const value = given.get(id === "theme" ? id : PREFIX + id) ?? "";
      if (values.includes(value)) chosen[id] = value;
    }
    const sort = given.get("sort") ?? "";
    const known = ["paper", ...columns];
    return {
      words: (given.get("words") ?? "").slice(0, 200),
      chosen,
      sort: known.includes(sort.replace(/^-/, "")) ? sort : "",
      hidden: (given.get("hide") ?? "").split(",").filter((id) => columns.includes(id)),
    };
  }

  /** @type {Litbook.Extraction["writeAddress"]} */
  function writeAddress({ words, chosen, sort, hidden }) {
    const given = new URLSearchParams();
    if (words) given.set("words", words);
    for (const [id, value] of Object.entries(chosen)) if (value) given.set(id === "theme" ? id : PREFIX + id, value);
    if (sort) given.set("sort", sort);
    if (hidden.length) given.set("hide", hidden.join(","));
    return given.toString();
  }

  /** Return the rows that a reader wants, in their order.
   * @type {Litbook.Extraction["chooseRows"]} */
  function chooseRows(rows, { words, chosen, sort }) {
    const wanted = fold(words).split(/\s+/).filter(Boolean);
    const kept = rows.filter(
      (row) =>
        wanted.every((word) => fold(row.text).includes(word)) &&
        Object.entries(chosen).every(([id, value]) => !value || valuesOf(row, id).includes(value)),
    );
    return sort ? kept.sort(compareBy(sort)) : kept;
  }

  /** @param {Litbook.ExtractedRow} row @param {string} id */
  function valuesOf(row, id) {
    return id === "theme" ? [row.theme] : (row.cells[id]?.values ?? []);
  }

  /** Return what compares two rows: numbers by size, words by the alphabet, rows without a value last.
   * @param {string} sort @returns {(one: Litbook.ExtractedRow, other: Litbook.ExtractedRow) => number} */
  function compareBy(sort) {
    const id = sort.replace(/^-/, "");
    const sign = sort.startsWith("-") ? -1 : 1;
    return (one, other) => {
      const [a, b] = [one, other].map((row) => (id === "paper" ? { text: row.paper, rank: null } : row.cells[id]));
      if (!a?.text || !b?.text) return (a?.text ? 0 : 1) - (b?.text ? 0 : 1) || one.at - other.at;
      const both = a.rank !== null && b.rank !== null;
      return sign * (both ? Number(a.rank) - Number(b.rank) : order.compare(a.text, b.text)) || one.at - other.at;
    };
  }

  /** Return rows as CSV (RFC 4180).
   * @type {Litbook.Extraction["writeCsv"]} */
  function writeCsv(rows, columns) {
    const head = ["citekey", "paper", ...columns.map(({ name }) => name)];
    const lines = rows.map((row) => [row.key, row.paper, ...columns.map(({ id }) => row.cells[id]?.text ?? "")]);
    return [head, ...lines].map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
  }

  /** @param {string} cell */
  function quote(cell) {
    const plain = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  }

  /** Return the number of rows with each pair of values, by `JSON.stringify([one, other])`.
   * @type {Litbook.Extraction["countPairs"]} */
  function countPairs(rows, one, other) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const row of rows) {
      const pairs = valuesOf(row, one).flatMap((a) => valuesOf(row, other).map((b) => JSON.stringify([a, b])));
      for (const pair of new Set(pairs)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    return counts;
  }

  globalThis.litbookExtraction = { readAddress, writeAddress, chooseRows, writeCsv, countPairs };
})();
