// Filters: read them from the address, write them to it, and apply them to papers. It needs no page.
//
// Within a group of filters any chosen value matches, and papers must match all groups. Years are a range. `since` passes
// only papers that entered the collection after a day, and `papers` only those of a list that a figure or another page
// made. Columns that the review extracts have names with a prefix; one of numbers is filtered by ranges, such as
// "100..500". `plain` names facts that were read from the question and that the reader took back.
"use strict";

(() => {
  /** @type {Litbook.FacetName[]} */
  const FACETS = ["theme", "kind", "venue", "code", "read"];
  const OWN = "x."; // of the id of a column that the review extracts
  const MOST_COLUMNS = 50; // of them in the address
  const SORTS = ["relevance", "year", "theme"];
  const FACTS = ["year", "code", "kind", "venue", "by", "without", "against"];
  const ADDRESS_MOST = 2000; // characters of a question in the address: servers refuse long ones
  const MOST_LISTED = 400; // papers of a list in the address
  const NOTED = ["unread", "to read", "read", "starred", "with a note"]; // a paper may have several of them

  /** @typedef {Litbook.SearchState} State */

  /** @returns {State} */
  function makeState() {
    const [theme, kind, venue, code, read] = FACETS.map(() => /** @type {Set<string>} */ (new Set()));
    return {
      q: "",
      sort: "",
      since: "",
      from: 0,
      to: 0,
      papers: [],
      chosen: { theme, kind, venue, code, read },
      plain: new Set(),
    };
  }

  /** Read what an address asks for; unknown names and values are ignored.
   * @param {string} query @returns {State} */
  function readAddress(query) {
    const given = new URLSearchParams(query);
    const state = makeState();
    state.q = given.get("q") ?? "";
    state.sort = SORTS.includes(given.get("sort") ?? "") ? (given.get("sort") ?? "") : "";
    state.since = /^\d{4}-\d\d-\d\d$/.test(given.get("since") ?? "") ? (given.get("since") ?? "") : "";
    const years = given.getAll("year").map(readYear).filter(Boolean).slice(0, 100);
    state.from = readYear(given.get("from")) || (years.length ? Math.min(...years) : 0);
    state.to = readYear(given.get("to")) || (years.length ? Math.max(...years) : 0);
    state.papers = (given.get("papers") ?? "").split(",").filter(Boolean).slice(0, MOST_LISTED);
    for (const name of FACETS) state.chosen[name] = new Set(given.getAll(name).filter(Boolean).slice(0, 100));
    const own = [...new Set(given.keys())].filter(isOwn).slice(0, MOST_COLUMNS);
    for (const name of own) state.chosen[name] = new Set(given.getAll(name).filter(Boolean).slice(0, 100));
    state.plain = new Set((given.get("plain") ?? "").split(",").filter((name) => FACTS.includes(name)));
    return state;
  }

  /** @param {string} name @returns {name is Litbook.OwnName} */
  function isOwn(name) {
    return name.startsWith(OWN);
  }

  /** Return the names of groups: those that every review has, and the columns that this one extracts.
   * @type {Litbook.Filters["listNames"]} */
  const listNames = (held) => [...FACETS, ...Object.keys(held).filter(isOwn)];

  /** @param {string | null} text */
  function readYear(text) {
    return /^\d{4}$/.test(text ?? "") ? Number(text) : 0;
  }

  /** Return the query of a state's address, without `?`.
   * @param {State} state */
  function writeAddress(state) {
    const given = new URLSearchParams();
    if (state.q) given.set("q", state.q.slice(0, ADDRESS_MOST));
    for (const name of listNames(state.chosen)) for (const value of state.chosen[name] ?? []) given.append(name, value);
    if (state.from && state.from === state.to) given.set("year", String(state.from));
    else {
      if (state.from) given.set("from", String(state.from));
      if (state.to) given.set("to", String(state.to));
    }
    if (state.sort) given.set("sort", state.sort);
    if (state.since) given.set("since", state.since);
    if (state.plain.size) given.set("plain", [...state.plain].join(","));
    if (state.papers.length) given.set("papers", state.papers.join(","));
    return given.toString().replaceAll("%2C", ",");
  }

  /** Return the groups, years aside, that filters are chosen of.
   * @type {Litbook.Filters["listChosen"]} */
  const listChosen = ({ chosen }) => listNames(chosen).filter((name) => chosen[name]?.size);

  /** Return how many groups of filters are in use.
   * @param {State} state */
  function countGroups(state) {
    return listChosen(state).length + Number(state.from > 0 || state.to > 0);
  }

  /** Return the facet of the reader's marks: for each paper the numbers of all that apply to it.
   * @type {Litbook.Filters["readNoted"]} */
  function readNoted(citekeys, noted) {
    const papers = citekeys.map((key) => {
      const { state = "", starred = false, note = "" } = Object.hasOwn(noted, key) ? noted[key] : {};
      return [
        ...(state === "read" ? [] : [0]),
        ...(state ? [NOTED.indexOf(state)] : []),
        ...(starred ? [3] : []),
        ...(note ? [4] : []),
      ];
    });
    return { values: NOTED, papers };
  }

  /** Return the numbers of a paper's values in a facet.
   * @param {number | number[]} held */
  function numbersOf(held) {
    return Array.isArray(held) ? held : held < 0 ? [] : [held];
  }

  /** Return the number of a value; "ICLR 2024" is the venue "ICLR".
   * @param {string[]} values @param {string} value */
  function findValue(values, value) {
    const at = values.indexOf(value);
    return at < 0 ? values.indexOf(value.replace(/[\s’']*\d+$/, "")) : at;
  }

  /** Return a test for each group in use.
   * @param {Litbook.Facets} facets @param {State} state @param {Litbook.FacetName} [without] a group that is left out
   * @returns {((paper: number) => boolean)[]} */
  function makeTests(facets, state, without) {
    const tests = listChosen(state).flatMap((name) => {
      const facet = facets[name];
      if (!facet || name === without) return [];
      const { values, papers } = facet;
      if (facet.range) return makeRangeTest(facet, [...(state.chosen[name] ?? [])]);
      const wanted = new Set(
        [...(state.chosen[name] ?? [])].map((value) => findValue(values, value)).filter((at) => at >= 0),
      );
      return [(/** @type {number} */ paper) => numbersOf(papers[paper]).some((number) => wanted.has(number))];
    });
    return state.from || state.to ? [...tests, makeYearTest(facets, state.from, state.to)] : tests;
  }

  /** Return a test for papers with a number in one of the ranges, or nothing if there is no range.
   * @param {{values: string[], papers: (number | number[])[]}} facet @param {string[]} wanted
   * @returns {((paper: number) => boolean)[]} */
  function makeRangeTest({ values, papers }, wanted) {
    const ranges = wanted.flatMap((text) => globalThis.litbookDom.readRange(text) ?? []);
    const fits = values.map((value) => ranges.some((holds) => holds(value)));
    return ranges.length ? [(paper) => numbersOf(papers[paper]).some((number) => fits[number])] : [];
  }

  /** Return a test for papers from a range of years; 0 means no limit.
   * @type {Litbook.Filters["makeYearTest"]} */
  function makeYearTest({ year: { values, papers } }, from, to) {
    const years = values.map(Number);
    return (paper) => years[papers[paper]] >= from && (!to || years[papers[paper]] <= to);
  }

  /** Return one test for all filters together.
   * @type {Litbook.Filters["makeFilter"]} */
  function makeFilter(facets, state, without) {
    const tests = makeTests(facets, state, without);
    const { values, papers } = facets.seen;
    const isNew = (/** @type {number} */ paper) =>
      !state.since || (papers[paper] >= 0 && values[papers[paper]] > state.since);
    return (paper) => isNew(paper) && tests.every((test) => test(paper));
  }

  /** Count the papers that each value of a group would give with the other groups unchanged; `papers` match the question.
   * @type {Litbook.Filters["countValues"]} */
  function countValues(facets, state, name, papers) {
    const passes = makeFilter(facets, state, name);
    const facet = facets[name];
    if (!facet) return [];
    const counts = facet.values.map(() => 0);
    for (const paper of papers)
      if (passes(paper)) for (const number of numbersOf(facet.papers[paper])) counts[number] += 1;
    return counts;
  }

  /** Return papers, given by relevance, in the order that the reader chose.
   * @type {Litbook.Filters["sortPapers"]} */
  function sortPapers(facets, papers, sort) {
    if (sort !== "year" && sort !== "theme") return papers;
    const { values, papers: numbers } = facets[sort];
    const rank = (/** @type {number} */ paper) =>
      numbers[paper] < 0 ? Infinity : sort === "year" ? -Number(values[numbers[paper]]) : numbers[paper];
    return papers
      .map((paper, at) => ({ paper, at, rank: rank(paper) }))
      .sort((a, b) => (a.rank === b.rank ? a.at - b.at : a.rank - b.rank))
      .map(({ paper }) => paper);
  }

  globalThis.litbookFilters = {
    listNames,
    listChosen,
    makeState,
    readAddress,
    writeAddress,
    countGroups,
    readNoted,
    makeYearTest,
    makeFilter,
    countValues,
    sortPapers,
  };
})();
