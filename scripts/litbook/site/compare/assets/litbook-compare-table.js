// Draw papers side by side: one column a paper, one row for each thing that is compared.
// Strangers' text (titles, names, quotations) reaches the page only as text nodes and attributes.
"use strict";

(function () {
  const { make, makeButton, addressOf, listNames } = globalThis.litbookDom;
  const AUTHORS = 8; // names that are shown of one paper
  const LISTED = { method: "Method, as named", models: "Models", benchmarks: "Benchmarks" };
  const SHARED = { themeTitle: "theme", kind: "kind", venue: "venue", models: "model", benchmarks: "benchmark" };

  /**
   * @typedef {{citekey: string, short: string, detail: any}} Chosen
   * @typedef {(what: "left" | "right" | "remove", citekey: string) => void} Act
   */

  // --- What papers are called, and what they share ---

  /** Return the last word of a name, or all of it where that is no name ("Example team").
   * @param {string} author */
  function lastName(author) {
    const last = author.trim().split(/\s+/).at(-1) ?? "";
    return /^\p{Ll}/u.test(last) ? author.trim() : last;
  }

  /** @param {any} detail @param {string} citekey */
  function shorten({ authors = [], year, title }, citekey) {
    const last = authors.map(lastName);
    const names = last.length > 2 ? `${last[0]} et al.` : last.join(" and ");
    if (names) return year ? `${names} ${year}` : names;
    return (title ?? citekey).split(/\s+/).slice(0, 4).join(" ");
  }

  /** Return the papers with short names, each of them another one.
   * @param {[string, any][]} details @returns {Chosen[]} */
  function name(details) {
    const shorts = details.map(([citekey, detail]) => shorten(detail, citekey));
    return details.map(([citekey, detail], at) => {
      const alike = shorts.filter((short) => short === shorts[at]).length > 1;
      return { citekey, detail, short: alike ? `${shorts[at]} (${"abcdefgh"[shorts.slice(0, at).filter((short) => short === shorts[at]).length]})` : shorts[at] };
    });
  }

  const fold = (value) => value.toLowerCase();

  /** @param {any} detail @param {string} field @returns {string[]} */
  function valuesOf(detail, field) {
    const value = detail[field];
    return Array.isArray(value) ? value : value ? [String(value)] : [];
  }

  /** Return for a field what two or more of the papers have, with those that have it.
   * @param {Chosen[]} papers @param {string} field @returns {Map<string, {value: string, holders: Chosen[]}>} */
  function findShared(papers, field) {
    const held = new Map();
    for (const paper of papers) {
      for (const [key, value] of new Map(valuesOf(paper.detail, field).map((one) => [fold(one), one]))) {
        if (!held.has(key)) held.set(key, { value, holders: [] });
        held.get(key).holders.push(paper);
      }
    }
    return new Map([...held].filter(([, { holders }]) => holders.length > 1));
  }

  /** Return the paragraph or list that tells what the papers share.
   * @param {Chosen[]} papers */
  function makeSharing(papers) {
    const items = Object.entries(SHARED).flatMap(([field, label]) => [...findShared(papers, field).values()].map(({ value, holders }) => {
      const who = holders.length === papers.length ? (papers.length === 2 ? "both" : `all ${papers.length}`) : holders.map(({ short }) => short).join(", ");
      return make("li", {}, `${label} `, make("strong", {}, field === "kind" ? value.replaceAll("-", " ") : value), ` (${who})`);
    }));
    const heading = make("h2", { id: "litbook-shared" }, "What they share");
    const told = items.length ? make("ul", { class: "litbook-compare-shared" }, ...items)
      : make("p", {}, "As far as their titles and abstracts state it: no theme, kind or venue, and no model or benchmark.");
    return make("section", { "aria-labelledby": "litbook-shared" }, heading, told);
  }

  // --- Cells ---

  const notStated = () => make("span", { class: "litbook-not-stated" }, "not stated");
  const notKnown = () => make("span", { class: "litbook-not-stated" }, "not known");

  /** @param {Chosen} paper @param {number} number */
  function makeSource(paper, number) {
    const label = `sentence ${number}`;
    return make("a", { href: `${addressOf(paper.citekey)}#sentence-${number}`, "aria-label": `${label} of ${paper.short}` }, label);
  }

  /** @param {Chosen} paper */
  function makeGist(paper) {
    const { gist, gistSentence } = paper.detail;
    if (!gist) return notStated();
    return make("blockquote", {}, make("p", {}, `“${gist}”`), make("p", { class: "litbook-compare-source" }, "— ", makeSource(paper, gistSentence)));
  }

  /** Return the numbers by the sentences in which they stand, each sentence quoted once.
   * @param {Chosen} paper */
  function makeNumbers(paper) {
    const { findings = [] } = paper.detail;
    if (!findings.length) return notStated();
    const sentences = [...new Set(findings.map(({ sentence }) => sentence))].sort((one, other) => one - other);
    return make("ul", { class: "litbook-compare-numbers" }, ...sentences.map((sentence) => {
      const here = findings.filter((finding) => finding.sentence === sentence);
      const told = here.flatMap(({ number, measured }, at) => [at ? "; " : "", make("strong", {}, number), measured ? ` ${measured}` : ""]);
      const quote = make("q", {}, here[0].quote);
      return make("li", {}, make("p", {}, ...told), make("p", { class: "litbook-compare-source" }, quote, " — ", makeSource(paper, sentence)));
    }));
  }

  /** @param {Chosen[]} papers @param {string} field */
  function makeValues(papers, field) {
    const shared = findShared(papers, field);
    return (paper) => {
      const values = valuesOf(paper.detail, field);
      if (!values.length) return field in LISTED ? notStated() : notKnown();
      const items = values.map((value) => {
        const text = field === "kind" ? value.replaceAll("-", " ") : value;
        const holders = shared.get(fold(value))?.holders.length;
        if (!holders) return [text];
        const mark = holders === papers.length ? (papers.length === 2 ? "in both" : `in all ${papers.length}`) : `in ${holders} of ${papers.length}`;
        return [make("strong", {}, text), " ", make("span", { class: "litbook-compare-mark" }, mark)];
      });
      return items.length === 1 ? make("span", {}, ...items[0]) : make("ul", {}, ...items.map((item) => make("li", {}, ...item)));
    };
  }

  // --- The table ---

  /** @param {Chosen[]} papers @param {Act} act */
  function makeChanges(papers, act) {
    return (paper) => {
      const at = papers.indexOf(paper);
      const buttons = [["left", "← Left", at === 0], ["right", "Right →", at === papers.length - 1], ["remove", "Remove", false]];
      return make("span", { class: "litbook-compare-how" }, ...buttons.map(([what, text, off]) => {
        const label = `${what === "remove" ? "Remove" : `Move ${what}`}: ${paper.short}`;
        return makeButton(text, () => act(what, paper.citekey), { "data-do": `${what} ${paper.citekey}`, "aria-label": label, ...(off && { disabled: "" }) });
      }));
    };
  }

  /** @param {string} label @param {Chosen[]} papers @param {(paper: Chosen) => Node | string} makeCell @param {string} [className] */
  function makeRow(label, papers, makeCell, className = "") {
    const cells = papers.map((paper) => make("td", { role: "cell" },
      make("span", { class: "litbook-stacked-label", "aria-hidden": "true" }, `${paper.short}: `), makeCell(paper)));
    return make("tr", { role: "row", ...(className && { class: className }) }, make("th", { scope: "row", role: "rowheader" }, label), ...cells);
  }

  /** Return the table that compares papers. Its roles are said once more, for where a narrow page stacks its cells.
   * @param {Chosen[]} papers @param {Act} act */
  function makeTable(papers, act) {
    const heads = papers.map((paper) => make("th", { scope: "col", role: "columnheader", abbr: paper.short },
      make("span", { class: "litbook-compare-short" }, paper.short),
      make("a", { href: addressOf(paper.citekey) }, paper.detail.title || paper.citekey)));
    const list = (field) => makeValues(papers, field);
    const rows = [
      makeRow("Order", papers, makeChanges(papers, act), "litbook-compare-change"),
      makeRow("Gist", papers, makeGist),
      makeRow("Authors", papers, (paper) => listNames(paper.detail.authors ?? [], AUTHORS) || notKnown()),
      makeRow("Year", papers, (paper) => (paper.detail.year ? String(paper.detail.year) : notKnown())),
      makeRow("Venue", papers, list("venue")),
      makeRow("Theme", papers, list("themeTitle")),
      makeRow("Kind", papers, list("kind")),
      ...Object.entries(LISTED).map(([field, label]) => makeRow(label, papers, list(field))),
      makeRow("Results in numbers", papers, makeNumbers),
    ];
    const corner = make("td", { role: "cell" });
    const table = make("table", { role: "table", class: "litbook-compare-table", "aria-label": `${papers.length} papers side by side` },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, corner, ...heads)),
      make("tbody", { role: "rowgroup" }, ...rows));
    table.style.setProperty("--litbook-columns", String(papers.length));
    return make("div", { class: "litbook-compare-scroll", role: "region", "aria-label": "Comparison", tabindex: "0" }, table);
  }

  globalThis.litbookCompare = { name, makeSharing, makeTable };
})();
