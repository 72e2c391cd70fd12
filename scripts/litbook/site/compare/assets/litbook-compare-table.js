// Draw papers side by side: a column for each paper, a row for each thing that is compared.
"use strict";

(() => {
  const { make, makeButton, addressOf, listNames } = globalThis.litbookDom;
  const AUTHORS = 8; // names that are shown of one paper
  /**
   * @typedef {Litbook.Compared} Compared
   * @typedef {Litbook.Detail} Detail
   * @typedef {"themeTitle" | "kind" | "venue" | "method" | "dataset" | "task" | "models" | "benchmarks"} Field
   */

  /** @type {[Field, string][]} */
  const LISTED = [
    ["method", "Method name"],
    ["dataset", "New data set"],
    ["task", "New task"],
    ["models", "Models"],
    ["benchmarks", "Benchmarks"],
  ];
  /** @type {[Field, string][]} */
  const SHARED = [
    ["themeTitle", "theme"],
    ["kind", "kind"],
    ["venue", "venue"],
    ["models", "model"],
    ["benchmarks", "benchmark"],
  ];

  // --- Short names, and what papers share ---

  /** Return the last word of a name, or all of it if that word has no capital ("Example team").
   * @param {string} author */
  function lastName(author) {
    const last = author.trim().split(/\s+/).at(-1) ?? "";
    return /^\p{Ll}/u.test(last) ? author.trim() : last;
  }

  /** Return authors and year as they are cited, or the first words of the title.
   * @param {Detail} detail @param {string} citekey */
  function shorten({ authors = [], year, title }, citekey) {
    const last = authors.map(lastName);
    const names = last.length > 2 ? `${last[0]} et al.` : last.join(" and ");
    if (names) return year ? `${names} ${year}` : names;
    return (title ?? citekey).split(/\s+/).slice(0, 4).join(" ");
  }

  /** Return the papers with short names, no two of them alike.
   * @type {Litbook.Compare["name"]} */
  function name(details) {
    const shorts = details.map(([citekey, detail]) => shorten(detail, citekey));
    return details.map(([citekey, detail], at) => {
      const isAlike = (/** @type {string} */ short) => short === shorts[at];
      const letter = "abcdefgh"[shorts.slice(0, at).filter(isAlike).length];
      return { citekey, detail, short: shorts.filter(isAlike).length > 1 ? `${shorts[at]} (${letter})` : shorts[at] };
    });
  }

  /** @param {Detail} detail @param {Field} field */
  function valuesOf(detail, field) {
    const value = detail[field];
    return Array.isArray(value) ? value : value ? [value] : [];
  }

  /** @param {Field} field @param {string} value */
  const say = (field, value) => (field === "kind" ? value.replaceAll("-", " ") : value);

  /** Return the values of a field that two or more of the papers have, in lower case, with those papers.
   * @param {Compared[]} papers @param {Field} field */
  function findShared(papers, field) {
    /** @type {Map<string, {value: string, holders: Compared[]}>} */
    const held = new Map();
    for (const paper of papers) {
      for (const [key, value] of new Map(valuesOf(paper.detail, field).map((one) => [one.toLowerCase(), one]))) {
        const { holders = [] } = held.get(key) ?? {};
        held.set(key, { value: held.get(key)?.value ?? value, holders: [...holders, paper] });
      }
    }
    return new Map([...held].filter(([, { holders }]) => holders.length > 1));
  }

  /** Return the section on what the papers share.
   * @type {Litbook.Compare["makeSharing"]} */
  function makeSharing(papers) {
    const everyone = papers.length === 2 ? "both" : `all ${papers.length}`;
    const items = SHARED.flatMap(([field, label]) =>
      [...findShared(papers, field).values()].map(({ value, holders }) => {
        const who = holders.length === papers.length ? everyone : holders.map(({ short }) => short).join(", ");
        return make("li", {}, `${label} `, make("strong", {}, say(field, value)), ` (${who})`);
      }),
    );
    const heading = make("h2", { id: "litbook-shared" }, "In common");
    const shared = items.length
      ? make("ul", { class: "litbook-compare-shared" }, ...items)
      : make("p", {}, "No theme, kind, venue, model or benchmark, as far as their titles and abstracts state.");
    return make("section", { "aria-labelledby": "litbook-shared" }, heading, shared);
  }

  // --- Cells ---

  /** Return a dash, which the page explains. */
  const nothing = () => make("span", { class: "litbook-not-stated", role: "img", "aria-label": "not found" }, "–");

  /** @param {Compared} paper @param {number} number */
  function makeSource(paper, number) {
    const label = `sentence ${number}`;
    return make(
      "a",
      { href: `${addressOf(paper.citekey)}#sentence-${number}`, "aria-label": `${label} of ${paper.short}` },
      label,
    );
  }

  /** @param {Compared} paper */
  function makeGist(paper) {
    const { gist, gistSentence } = paper.detail;
    if (!gist || !gistSentence) return nothing();
    return make(
      "blockquote",
      {},
      make("p", {}, `“${gist}”`),
      make("p", { class: "litbook-compare-source" }, "— ", makeSource(paper, gistSentence)),
    );
  }

  /** Return the numbers by the sentences that state them, each sentence quoted once.
   * @param {Compared} paper */
  function makeNumbers(paper) {
    const { findings = [] } = paper.detail;
    if (!findings.length) return nothing();
    const sentences = [...new Set(findings.map(({ sentence }) => sentence))].sort((one, other) => one - other);
    return make(
      "ul",
      { class: "litbook-compare-numbers" },
      ...sentences.map((sentence) => {
        const here = findings.filter((finding) => finding.sentence === sentence);
        const numbers = here.flatMap(({ number, measured }, at) => [
          at ? "; " : "",
          make("strong", {}, number),
          measured ? ` ${measured}` : "",
        ]);
        const quote = make("q", {}, here[0].quote);
        return make(
          "li",
          {},
          make("p", {}, ...numbers),
          make("p", { class: "litbook-compare-source" }, quote, " — ", makeSource(paper, sentence)),
        );
      }),
    );
  }

  /** Return the rows of what people extracted: one for each column of which a paper has a value.
   * @param {Compared[]} papers */
  function makeExtracted(papers) {
    const headings = new Set(papers.flatMap(({ detail }) => (detail.extracted ?? []).map(([heading]) => heading)));
    return [...headings].map((heading) =>
      makeRow(heading, papers, (paper) => {
        const [, values] = paper.detail.extracted?.find(([other]) => other === heading) ?? [heading, []];
        if (!values.length) return nothing();
        const items = values.map(([value, quote, sentence]) =>
          make(
            "li",
            {},
            make("p", {}, make("strong", {}, value)),
            ...(quote
              ? [
                  make(
                    "p",
                    { class: "litbook-compare-source" },
                    make("q", {}, quote),
                    ...(sentence ? [" — ", makeSource(paper, sentence)] : []),
                  ),
                ]
              : []),
          ),
        );
        return make("ul", { class: "litbook-compare-numbers" }, ...items);
      }),
    );
  }

  /** Return what makes the cells of a field; values that papers share are marked.
   * @param {Compared[]} papers @param {Field} field */
  function makeValues(papers, field) {
    const shared = findShared(papers, field);
    const everyone = papers.length === 2 ? "in both" : `in all ${papers.length}`;
    return (/** @type {Compared} */ paper) => {
      const values = valuesOf(paper.detail, field);
      if (!values.length) return nothing();
      const items = values.map((value) => {
        const text = say(field, value);
        const holders = shared.get(value.toLowerCase())?.holders.length;
        if (!holders) return [text];
        const mark = holders === papers.length ? everyone : `in ${holders} of ${papers.length}`;
        return [make("strong", {}, text), " ", make("span", { class: "litbook-compare-mark" }, mark)];
      });
      return items.length === 1
        ? make("span", {}, ...items[0])
        : make("ul", {}, ...items.map((item) => make("li", {}, ...item)));
    };
  }

  // --- The table ---

  /** Return what makes the cells with buttons to move and remove papers.
   * @param {Compared[]} papers @param {(what: Litbook.Move, citekey: string) => void} act */
  function makeChanges(papers, act) {
    return (/** @type {Compared} */ paper) => {
      const at = papers.indexOf(paper);
      /** @type {[what: Litbook.Move, text: string, off: boolean][]} */
      const buttons = [
        ["left", "← Left", at === 0],
        ["right", "Right →", at === papers.length - 1],
        ["remove", "Remove", false],
      ];
      return make(
        "span",
        { class: "litbook-compare-how" },
        ...buttons.map(([what, text, off]) => {
          const label = `${what === "remove" ? "Remove" : `Move ${what}`}: ${paper.short}`;
          return makeButton(text, () => act(what, paper.citekey), {
            "data-do": `${what} ${paper.citekey}`,
            "aria-label": label,
            ...(off && { disabled: "" }),
          });
        }),
      );
    };
  }

  /** @param {string} label @param {Compared[]} papers @param {(paper: Compared) => Litbook.Child} makeCell @param {string} [className] */
  function makeRow(label, papers, makeCell, className = "") {
    const cells = papers.map((paper) =>
      make(
        "td",
        { role: "cell" },
        make("span", { class: "litbook-stacked-label", "aria-hidden": "true" }, `${paper.short}: `),
        makeCell(paper),
      ),
    );
    return make(
      "tr",
      { role: "row", ...(className && { class: className }) },
      make("th", { scope: "row", role: "rowheader" }, label),
      ...cells,
    );
  }

  /** Return the table that compares papers. Its roles are explicit, because a narrow page stacks its cells with CSS.
   * @type {Litbook.Compare["makeTable"]} */
  function makeTable(papers, act) {
    const heads = papers.map((paper) =>
      make(
        "th",
        { scope: "col", role: "columnheader", abbr: paper.short },
        make("span", { class: "litbook-compare-short" }, paper.short),
        make("a", { href: addressOf(paper.citekey) }, paper.detail.title || paper.citekey),
        ...(paper.detail.flag ? [" ", make("strong", { class: "litbook-flag" }, paper.detail.flag)] : []),
      ),
    );
    const list = (/** @type {Field} */ field) => makeValues(papers, field);
    const states = (/** @type {Field} */ field) => papers.some((paper) => valuesOf(paper.detail, field).length);
    const rows = [
      makeRow("Gist", papers, makeGist),
      makeRow("Authors", papers, (paper) => listNames(paper.detail.authors ?? [], AUTHORS) || nothing()),
      makeRow("Year", papers, (paper) => (paper.detail.year ? String(paper.detail.year) : nothing())),
      makeRow("Venue", papers, list("venue")),
      makeRow("Theme", papers, list("themeTitle")),
      makeRow("Kind", papers, list("kind")),
      ...makeExtracted(papers),
      ...LISTED.filter(([field]) => states(field)).map(([field, label]) => makeRow(label, papers, list(field))),
      ...(papers.some((paper) => paper.detail.findings?.length)
        ? [makeRow("Results in numbers", papers, makeNumbers)]
        : []),
      makeRow("Order", papers, makeChanges(papers, act), "litbook-compare-change"),
    ];
    const corner = make("td", { role: "cell" });
    const table = make(
      "table",
      { role: "table", class: "litbook-compare-table", "aria-label": `${papers.length} papers side by side` },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, corner, ...heads)),
      make("tbody", { role: "rowgroup" }, ...rows),
    );
    table.style.setProperty("--litbook-columns", String(papers.length));
    return make(
      "div",
      { class: "litbook-compare-scroll", role: "region", "aria-label": "Comparison", tabindex: "0" },
      table,
    );
  }

  globalThis.litbookCompare = { name, makeSharing, makeTable };
})();
