// Filters: what a reader chose, in the address and applied to papers. No page is needed.
//
// Within a group of filters any of the chosen values will do, or none of them may ("not"). Between groups all must hold
// ("and"), or one of them ("or"). Besides, `since` lets only papers through that came into the collection after a day,
// and `papers` only those of a list that a figure or another page made.
"use strict";

(function () {
  const FACETS = ["theme", "kind", "year", "venue", "code", "read"];
  const SORTS = ["relevance", "year", "theme"];
  const ADDRESS_MOST = 2000; // characters of a question that go into the address: servers refuse long ones
  const MOST_LISTED = 400;   // papers of a list in the address
  const NOTED = ["unread", "to read", "read", "starred", "with a note"]; // a paper may have several of them

  /**
   * @typedef {{q: string, sort: string, any: boolean, since: string, papers: string[], chosen: Object<string, Set<string>>,
   *   not: Set<string>}} State
   */

  /** @returns {State} */
  function makeState() {
    return { q: "", sort: "", any: false, since: "", papers: [], chosen: Object.fromEntries(FACETS.map((name) => [name, new Set()])), not: new Set() };
  }

  /** Read what an address asks for; what it does not know it passes over.
   * @param {string} query @returns {State} */
  function readAddress(query) {
    const given = new URLSearchParams(query);
    const state = makeState();
    state.q = given.get("q") ?? "";
    state.sort = SORTS.includes(given.get("sort") ?? "") ? given.get("sort") ?? "" : "";
    state.any = given.get("match") === "any";
    state.since = /^\d{4}-\d\d-\d\d$/.test(given.get("since") ?? "") ? given.get("since") ?? "" : "";
    state.papers = (given.get("papers") ?? "").split(",").filter(Boolean).slice(0, MOST_LISTED);
    for (const name of FACETS) state.chosen[name] = new Set(given.getAll(name).filter(Boolean).slice(0, 100));
    state.not = new Set(given.getAll("not").filter((name) => FACETS.includes(name)));
    return state;
  }

  /** Return the query of the address for a state, without `?`.
   * @param {State} state */
  function writeAddress(state) {
    const given = new URLSearchParams();
    if (state.q) given.set("q", state.q.slice(0, ADDRESS_MOST));
    for (const name of FACETS) for (const value of state.chosen[name]) given.append(name, value);
    for (const name of state.not) if (state.chosen[name].size) given.append("not", name);
    if (state.any && countGroups(state) > 1) given.set("match", "any");
    if (state.sort) given.set("sort", state.sort);
    if (state.since) given.set("since", state.since);
    if (state.papers.length) given.set("papers", state.papers.join(","));
    return given.toString().replaceAll("%2C", ",");
  }

  /** @param {State} state */
  function countGroups(state) {
    return FACETS.filter((name) => state.chosen[name].size).length;
  }

  /** Return the facet of what the reader marked: for each paper the numbers of all that holds for it.
   * @param {string[]} citekeys @param {Object<string, {state: string, starred: boolean, note: string}>} noted */
  function readNoted(citekeys, noted) {
    const papers = citekeys.map((key) => {
      const { state = "", starred = false, note = "" } = Object.hasOwn(noted, key) ? noted[key] : {};
      return [...(state === "read" ? [] : [0]), ...(state ? [NOTED.indexOf(state)] : []), ...(starred ? [3] : []), ...(note ? [4] : [])];
    });
    return { values: NOTED, papers };
  }

  /** Return the numbers of the values that a paper has in a facet.
   * @param {number | number[]} held */
  function numbersOf(held) {
    return Array.isArray(held) ? held : held < 0 ? [] : [held];
  }

  /** Return for each group that is chosen whether a paper holds to it.
   * @param {any} facets @param {State} state @param {string} [without] a group that is left out */
  function makeTests(facets, state, without) {
    return FACETS.filter((name) => name !== without && state.chosen[name].size && facets[name]).map((name) => {
      const { values, papers } = facets[name];
      const wanted = new Set([...state.chosen[name]].map((value) => values.indexOf(value)).filter((at) => at >= 0));
      const not = state.not.has(name);
      return (paper) => numbersOf(papers[paper]).some((number) => wanted.has(number)) !== not;
    });
  }

  /** Return the test that all chosen filters together are for a paper.
   * @param {any} facets @param {State} state @param {string} [without] @returns {(paper: number) => boolean} */
  function makeFilter(facets, state, without) {
    const tests = makeTests(facets, state, without);
    const { values, papers } = facets.seen;
    const isNew = (paper) => !state.since || (papers[paper] >= 0 && values[papers[paper]] > state.since);
    if (state.any && tests.length) return (paper) => isNew(paper) && tests.some((test) => test(paper));
    return (paper) => isNew(paper) && tests.every((test) => test(paper));
  }

  /** Count for a group how many papers each of its values would give, the other groups as they are.
   * @param {any} facets @param {State} state @param {string} name @param {number[]} papers those that match the question */
  function countValues(facets, state, name, papers) {
    const passes = makeFilter(facets, state.any ? { ...makeState(), since: state.since } : state, name);
    const counts = new Array(facets[name].values.length).fill(0);
    for (const paper of papers) if (passes(paper)) for (const number of numbersOf(facets[name].papers[paper])) counts[number] += 1;
    return counts;
  }

  /** Order papers that came by relevance as the reader wants them.
   * @param {any} facets @param {number[]} papers @param {string} sort */
  function sortPapers(facets, papers, sort) {
    if (sort !== "year" && sort !== "theme") return papers;
    const { values, papers: numbers } = facets[sort];
    const rank = (paper) => (numbers[paper] < 0 ? Infinity : sort === "year" ? -Number(values[numbers[paper]]) : numbers[paper]);
    return papers.map((paper, at) => ({ paper, at, rank: rank(paper) }))
      .sort((a, b) => (a.rank === b.rank ? a.at - b.at : a.rank - b.rank)).map(({ paper }) => paper);
  }

  globalThis.litbookFilters = {
    FACETS, makeState, readAddress, writeAddress, countGroups, readNoted, makeFilter, countValues, sortPapers,
  };
})();
