// The search page: answer the question, apply the filters, and keep both in the address.
"use strict";

(() => {
  const PAGE = 20; // results shown at once
  const NEAR = 5; // papers near in meaning that are shown below those that match
  const NEAREST = 10; // ... or where none matches
  const PAUSE = 150; // milliseconds without a key after which the address is written
  const { search } = globalThis.litbookSearch;
  const { describeFound } = globalThis.litbookTell;
  const { findSaid, prepareSaid, putQuotedFirst } = globalThis.litbookAnswer;
  const { listChosen, readAddress, writeAddress, countGroups, readNoted, makeFilter, sortPapers } =
    globalThis.litbookFilters;
  const { root, make, makeButton, find } = globalThis.litbookDom;
  /** @typedef {Litbook.Store} Store */
  /** @typedef {Litbook.Found} Found */
  /** @type {Found} */
  const NOTHING = {
    hits: [],
    matches: 0,
    slots: [],
    gains: new Map(),
    corrected: new Map(),
    close: true,
    named: [],
    reading: { text: "", facts: [], keys: [], certain: false, against: "" },
    holders: [],
  };
  /** @type {Litbook.SaidFound} */
  const NOTHING_SAID = { answer: undefined, tensions: [], sections: [], others: [], editors: [] };
  const GROUPS = /** @type {const} */ (["tensions", "sections", "others", "editors"]);

  /** @type {HTMLElement | null} */
  const place = document.querySelector("[data-litbook-search]");
  if (!place || !globalThis.litbookResults || !globalThis.litbookCards) return;
  const region = place;
  const { makeLoader, makePaper, makeEntry, correct } = globalThis.litbookResults;
  const { makeAnswer } = globalThis.litbookCards;
  const [status, list, more, suggestion, papersGroup, near, answerCard, factLine] = [
    "[role=status]",
    "[data-papers]",
    "[data-more]",
    "[data-suggestion]",
    "[data-papers-group]",
    "[data-near]",
    "[data-answer]",
    "[data-facts]",
  ].map((selector) => find(region, selector));
  const form = find(region, "form");
  const input = find(region, "input[name=q]", HTMLInputElement);
  const suggested = find(suggestion, "button");
  const closed = new globalThis.litbookStore.Store(makeLoader(root), region.dataset.index ?? "", readGiven());
  const panel = globalThis.litbookPanel.makePanel(region, choose);
  /** @type {Store | undefined} */
  let store; // once it is open

  let state = readAddress(location.search);
  let shown = PAGE;
  let asked = 0;
  let marksChanged = true; // since the filter for them was made
  globalThis.litbookYours?.subscribe(() => {
    marksChanged = true;
  });

  /** Return the first part of the index, which the page has in it: to load it would delay every other part.
   * @returns {Litbook.Core | undefined} */
  function readGiven() {
    return JSON.parse(document.querySelector("script[data-litbook-core]")?.textContent || "null") ?? undefined;
  }

  /** Load what every question needs, and the reader's marks. */
  async function load() {
    const opened = await closed.open();
    store = opened;
    opened.need("said").catch(() => {}); // an answer waits for it
    if (!marksChanged) return opened;
    const noted = globalThis.litbookYours?.all() ?? {};
    if (Object.keys(noted).length || opened.facets.read) {
      await opened.need("keys");
      opened.facets.read = readNoted(opened.citekeys, noted);
    }
    marksChanged = false;
    return opened;
  }

  // --- The answer ---

  /** Answer the question in the field with the chosen filters. */
  async function answer() {
    const turn = ++asked;
    const question = state.q.trim();
    try {
      region.toggleAttribute("data-idle", !question && !isFiltered());
      if (!question && !isFiltered()) return await clear(turn);
      if (!store) status.textContent = "Loading the search index …";
      const index = await load();
      let saying = Promise.resolve(NOTHING_SAID);
      /** @type {Parameters<typeof search>[4]} */
      const calls = {
        early: (terms) => prepareSaid(index, terms, question),
        ranked: (asking) => {
          saying = findSaid(index, asking, question);
          saying.catch(() => {}); // it is awaited below
        },
      };
      const found = question ? await search(index, question, {}, state.plain, calls) : NOTHING;
      await index.needScores();
      const said = await saying;
      const chosen = await choosePapers(index, found, said);
      await index.needPapers([...chosen.matches.slice(0, shown), ...chosen.near]);
      if (turn !== asked) return;
      draw(index, found, chosen, said);
      status.textContent = describe(found, chosen, said);
      region.dataset.answered = "";
    } catch (error) {
      if (turn === asked)
        status.textContent = "The search index could not be loaded. Browse all papers with the link below.";
      console.error(error);
    }
  }

  /** Return the papers that match and those near to the question, with the filters applied.
   * @param {Store} index @param {Found} found @param {Litbook.SaidFound} said @returns {Promise<Litbook.ChosenPapers>} */
  async function choosePapers(index, found, said) {
    const listed = await findListed(index);
    const passes = makeFilter(index.facets, state);
    const hits = state.q.trim()
      ? putQuotedFirst(found, said)
      : allPapers(index).map((paper) => ({ paper, match: true }));
    const all = hits.filter(({ paper }) => !listed || listed.has(paper));
    const matching = all.filter(({ match }) => match).map(({ paper }) => paper);
    const others = all.filter(({ match }) => !match).map(({ paper }) => paper);
    const order = state.sort || (state.q.trim() ? "relevance" : "year");
    const matches = sortPapers(index.facets, matching.filter(passes), order);
    return {
      matches,
      near: others.filter(passes).slice(0, matches.length ? NEAR : NEAREST),
      counted: matching.length ? matching : others.slice(0, NEAREST),
    };
  }

  function isFiltered() {
    return countGroups(state) > 0 || state.since !== "" || state.papers.length > 0;
  }

  /** @param {Store} index */
  const allPapers = (index) => Array.from({ length: index.size }, (_, at) => at);

  /** Return the numbers of the papers that the address lists, or nothing if it lists none.
   * @param {Store} index @returns {Promise<Set<number> | undefined>} */
  async function findListed(index) {
    if (!state.papers.length) return undefined;
    await index.need("keys");
    return new Set(state.papers.map((key) => index.citekeys.indexOf(key)).filter((at) => at >= 0));
  }

  /** Show no results, and the filters, which list papers without a question.
   * @param {number} turn */
  async function clear(turn) {
    const nothing = { matches: [], near: [], counted: [] };
    if (!store) draw(store, NOTHING, nothing, NOTHING_SAID);
    status.textContent = "";
    const index = await load();
    await index.needScores();
    if (turn === asked) draw(index, NOTHING, { ...nothing, counted: allPapers(index) }, NOTHING_SAID);
  }

  /** Draw all that was found.
   * @param {Store | undefined} index @param {Found} found @param {Litbook.ChosenPapers} chosen
   * @param {Litbook.SaidFound} said all of them empty if there is no index yet */
  function draw(index, found, { matches, near: nearest, counted }, said) {
    const why = findReasons(found);
    /** @param {number[]} papers */
    const drawPapers = (papers) => (index ? papers.map((paper) => makePaper(index, paper, found, why)) : []);
    list.replaceChildren(...drawPapers(matches.slice(0, shown)));
    papersGroup.hidden = !matches.length;
    more.hidden = matches.length <= shown;
    fill(near, drawPapers(nearest));
    find(near, "h2").textContent = matches.length ? "Near in meaning" : "Nearest papers";
    for (const name of GROUPS)
      fill(find(region, `[data-${name}]`), index ? said[name].map((entry) => makeEntry(index, entry, found)) : []);
    answerCard.hidden = !said.answer;
    answerCard.replaceChildren(...(index && said.answer ? makeAnswer(index, said.answer, found) : []));
    drawFacts(found);
    const better = index ? correct(index, state.q, found.corrected) : "";
    suggestion.hidden = !better;
    suggested.textContent = better;
    if (index) panel.draw(index.facets, state, counted);
    globalThis.litbookYours?.decorate(region);
    list.dispatchEvent(new CustomEvent("litbook:drawn", { bubbles: true }));
    announce(index, matches);
  }

  /** @param {HTMLElement} section @param {HTMLElement[]} items */
  function fill(section, items) {
    section.hidden = !items.length;
    find(section, "ol").replaceChildren(...items);
  }

  /** Return which facts decided what is shown.
   * @param {Found} found @returns {Set<string>} */
  function findReasons(found) {
    return new Set([...found.reading.facts.map(({ name }) => name), ...listChosen(state)]);
  }

  /** Show what was read from the question as a filter; the reader can take it back.
   * @param {Found} found */
  function drawFacts({ reading }) {
    const buttons = reading.facts.map(({ name, label }) =>
      makeButton(`${label} ×`, () => takeBack(name), { "aria-label": `Remove filter: ${label}` }),
    );
    factLine.hidden = !buttons.length;
    factLine.replaceChildren(...(buttons.length ? [make("span", {}, "Only"), ...buttons] : []));
  }

  /** @param {string} name */
  function takeBack(name) {
    state.plain.add(name);
    change("pushState");
    input.focus();
  }

  /** Announce to other scripts of the page which papers were found, in their order.
   * @param {Store | undefined} index @param {number[]} papers */
  function announce(index, papers) {
    const getKeys = async (/** @type {number} */ most) => {
      const opened = await closed.open();
      await opened.need("keys");
      return papers.slice(0, most).map((paper) => opened.citekeys[paper]);
    };
    const latest = index?.facets.seen.values.at(-1);
    const newer = latest && (state.q.trim() || isFiltered()) ? `?${writeAddress({ ...state, since: latest })}` : "";
    /** @type {Litbook.FoundPapers} */
    const detail = { total: papers.length, question: state.q.trim(), newer, getKeys };
    region.dispatchEvent(new CustomEvent("litbook:found", { detail }));
  }

  /** @param {Found} found @param {Litbook.ChosenPapers} chosen @param {Litbook.SaidFound} said */
  function describe(found, chosen, said) {
    const question = state.q.trim();
    if (question && !/[\p{L}\p{N}]/u.test(question)) return "Please type a word or a question.";
    const since = state.since ? ` new after ${state.since}` : "";
    const limits = state.papers.length ? ` in this list${since}` : since;
    return describeFound(found, chosen, {
      limits,
      filtered: isFiltered(),
      asked: Boolean(question),
      answered: Boolean(said.answer),
    });
  }

  // --- Address, keys, events ---

  /** Write the state to the address, as a new entry of the history or over the last one.
   * @param {"pushState" | "replaceState"} how */
  function saveAddress(how) {
    const query = writeAddress(state);
    if (how === "pushState" && location.search.slice(1) === query) return;
    try {
      history[how]({ q: state.q }, "", `${location.pathname}${query ? `?${query}` : ""}`);
    } catch {
      // some browsers forbid it for files, or too many times in a row: the results are shown regardless
    }
  }

  function restore() {
    state = readAddress(location.search);
    state.q = history.state?.q ?? state.q;
    input.value = state.q;
    shown = PAGE;
    return answer();
  }

  /** Read the field and answer.
   * @param {"pushState" | "replaceState"} how */
  function change(how) {
    clearTimeout(pause);
    state.q = input.value;
    shown = PAGE;
    saveAddress(how);
    return answer();
  }

  /** @param {"choice" | "clear"} what */
  function choose(what) {
    typing = false;
    if (what === "clear") state = { ...readAddress(""), q: state.q, sort: state.sort, plain: state.plain };
    else panel.read(state);
    void change("pushState");
  }

  /** Move the focus between the field and the results.
   * @param {KeyboardEvent} event */
  function move(event) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const found = region.querySelectorAll(".litbook-answer h2 a, a.litbook-result-title");
    const links = [...found];
    const at = links.findIndex((link) => link === document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    if (event.key === "Escape" && at >= 0) input.focus();
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  }

  /** Put the focus on the first result, for a reader who asked on another page and pressed Enter. */
  function enter() {
    if (document.activeElement !== document.body || !state.q) return;
    const first = /** @type {HTMLElement | null} */ (
      region.querySelector(".litbook-answer h2 a, a.litbook-result-title")
    );
    if (!first) return;
    first.classList.add("litbook-arrived"); // no ring until the reader moves by keyboard
    document.addEventListener("keydown", () => first.classList.remove("litbook-arrived"), { once: true });
    first.focus({ preventScroll: true });
  }

  let typing = false; // whether typing may overwrite the last entry of the history
  let pause = 0; // the address waits while a reader types: writing it takes longer than answering
  input.addEventListener("focus", () => {
    load().catch(() => {});
  });
  input.addEventListener("input", () => {
    state.q = input.value;
    state.plain = new Set();
    shown = PAGE;
    if (!typing) saveAddress("pushState");
    typing = true;
    clearTimeout(pause);
    pause = setTimeout(() => saveAddress("replaceState"), PAUSE);
    void answer();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typing = false;
    void change("pushState");
  });
  suggested.addEventListener("click", () => {
    input.value = suggested.textContent;
    void change("pushState");
    input.focus();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += PAGE;
    await answer();
    list.children[before]?.querySelector("a")?.focus();
  });
  region.addEventListener("keydown", move);
  window.addEventListener("popstate", () => {
    clearTimeout(pause);
    typing = false;
    void restore();
  });
  window.addEventListener("pagehide", () => {
    if (typing) saveAddress("replaceState");
  });
  restore().then(enter);
  load().catch(() => {}); // who opened this page will ask: what every question needs comes ahead
})();
