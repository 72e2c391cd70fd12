// Draw the search page: answer the question, apply the filters, and keep both in the address.
"use strict";

(() => {
  const PAGE = 20; // results shown at once
  const SECTIONS = 5; // sections of chapters shown
  const FIGURES = 3; // figures and terms shown
  const PAUSE = 150; // milliseconds without a key after which the address is written
  const FEW_VALUES = 8; // values of a filter shown before a reader asks for all
  const { search, searchSections } = globalThis.litbookSearch;
  const { FACETS, readAddress, writeAddress, countGroups, readNoted, makeFilter, countValues, sortPapers } =
    globalThis.litbookFilters;
  const { root, make, makeButton, find, count } = globalThis.litbookDom;
  /** @typedef {Litbook.Store} Store */
  /** @typedef {Litbook.Found} Found */
  /** @type {Found} */
  const NOTHING = { hits: [], slots: [], gains: new Map(), corrected: new Map(), close: true };
  const GROUPS = { theme: "Theme", kind: "Kind", year: "Year", venue: "Venue", code: "Code", read: "Your reading" };

  /** @type {HTMLElement | null} */
  const place = document.querySelector("[data-litbook-search]");
  if (!place || !globalThis.litbookResults) return;
  const region = place;
  const { makeLoader, makePaper, makeSection, correct } = globalThis.litbookResults;
  const [status, list, more, values, suggestion, newer, papersGroup, active, clearing] = [
    "[role=status]",
    "[data-papers]",
    "[data-more]",
    "[data-values]",
    "[data-suggestion]",
    "[data-new]",
    "[data-papers-group]",
    "[data-active]",
    "[data-clear]",
  ].map((selector) => find(region, selector));
  const form = find(region, "form");
  const input = find(region, "input[name=q]", HTMLInputElement);
  const panel = find(region, "[data-filters]", HTMLDetailsElement);
  const [sort, matching] = ["[data-sort]", "[data-match]"].map((selector) => find(region, selector, HTMLSelectElement));
  const suggested = find(suggestion, "button");
  const closed = new globalThis.litbookStore.Store(makeLoader(root), region.dataset.index ?? "");
  /** @type {Store | undefined} */
  let store; // once it is open

  let state = readAddress(location.search);
  let shown = PAGE;
  let asked = 0;
  let marksChanged = true; // since the filter for them was made
  globalThis.litbookYours?.subscribe(() => {
    marksChanged = true;
  });
  /** @typedef {{box: HTMLInputElement, count: HTMLElement, item: HTMLElement}} Row */
  /** @type {Map<Litbook.FacetName, Row[]>} */
  const boxes = new Map();

  /** Load what every question needs, and the reader's marks. */
  async function load() {
    const opened = await closed.open();
    store = opened;
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
    try {
      if (!state.q.trim() && !isFiltered()) return clear();
      if (!store) status.textContent = "Loading the search index …";
      const index = await load();
      const found = state.q.trim() ? await search(index, state.q) : NOTHING;
      const listed = await findListed(index);
      const every = state.q.trim() ? found.hits.map((hit) => hit.paper) : allPapers(index);
      const all = listed ? every.filter((paper) => listed.has(paper)) : every;
      const passing = all.filter(makeFilter(index.facets, state));
      const papers = sortPapers(index.facets, passing, state.sort || (state.q.trim() ? "relevance" : "year"));
      await index.needPapers(papers.slice(0, shown));
      if (turn !== asked) return;
      // Papers do not wait for the sections, which are a third of the index.
      draw(index, found, papers);
      drawCounts(index, all);
      const sections = state.q.trim() && !isFiltered() ? await searchSections(index, found) : [];
      if (turn === asked) drawSections(index, found, papers.length, sections);
    } catch (error) {
      if (turn === asked)
        status.textContent = "The search index could not be loaded. The complete list of papers is linked below.";
      console.error(error);
    }
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

  function clear() {
    draw(store, NOTHING, []);
    drawSections(store, NOTHING, 0, []);
    status.textContent = "";
    if (store) drawCounts(store, allPapers(store));
  }

  /** @param {Store | undefined} index @param {Found} found @param {number[]} papers none if there is no index yet */
  function draw(index, found, papers) {
    list.replaceChildren(...(index ? papers.slice(0, shown).map((paper) => makePaper(index, paper, found)) : []));
    globalThis.litbookYours?.decorate(list);
    papersGroup.hidden = !papers.length;
    more.hidden = papers.length <= shown;
    const better = index ? correct(index, state.q, found.corrected) : "";
    suggestion.hidden = !better;
    suggested.textContent = better;
    drawNewLink(index);
    list.dispatchEvent(new CustomEvent("litbook:drawn", { bubbles: true }));
    announce(papers);
  }

  /** Show what the chapters say about the question, and how much was found.
   * @param {Store | undefined} index @param {Found} found @param {number} total @param {Litbook.ScoredSection[]} sections */
  function drawSections(index, found, total, sections) {
    const chapters = sections.filter(({ section }) => section.kind === "section").slice(0, SECTIONS);
    const others = sections.filter(({ section }) => section.kind !== "section").slice(0, FIGURES);
    for (const [selector, group] of /** @type {const} */ ([
      ["[data-sections]", chapters],
      ["[data-figures]", others],
    ])) {
      const section = find(region, selector);
      section.hidden = !group.length;
      find(section, "ol").replaceChildren(...(index ? group.map((one) => makeSection(index, one.section, found)) : []));
    }
    status.textContent = describe(found, total, chapters.length, others.length);
  }

  /** Announce to other scripts of the page which papers were found, in their order.
   * @param {number[]} papers */
  function announce(papers) {
    const getKeys = async (/** @type {number} */ most) => {
      const index = await closed.open();
      await index.need("keys");
      return papers.slice(0, most).map((paper) => index.citekeys[paper]);
    };
    /** @type {Litbook.FoundPapers} */
    const detail = { total: papers.length, question: state.q.trim(), getKeys };
    region.dispatchEvent(new CustomEvent("litbook:found", { detail }));
  }

  /** @param {Found} found @param {number} total @param {number} chapters @param {number} others */
  function describe({ close }, total, chapters, others) {
    const question = state.q.trim();
    if (question && !/[\p{L}\p{N}]/u.test(question)) return "Please type a word or a question.";
    const also = [chapters && count(chapters, "section"), others && count(others, "figure or term", "figures or terms")]
      .filter(Boolean)
      .join(" and ");
    const since = `${state.papers.length ? " of this list" : ""}${state.since ? ` new after ${state.since}` : ""}`;
    if (!total && isFiltered()) return `No paper${since} matches with these filters.`;
    if (!total) {
      return (
        "Nothing here matches. Try other or fewer words, the name of a method or of an author, " +
        "or look through the complete list of papers."
      );
    }
    if (!close) return "Nothing here is close. The nearest papers:";
    const order = question && (state.sort || "relevance") === "relevance" ? ", best first" : "";
    const papers =
      total > shown
        ? `The ${order ? "best" : "first"} ${shown} of ${total} papers${since} found${order}`
        : `${count(total)}${since} found${order}`;
    return `${papers}${also ? `; then ${also}` : ""}.`;
  }

  /** Offer a link to bookmark that shows only papers added after today's.
   * @param {Store | undefined} index */
  function drawNewLink(index) {
    const latest = index?.facets.seen.values.at(-1);
    newer.hidden = !latest || (!state.q.trim() && !isFiltered());
    if (latest) find(newer, "a").setAttribute("href", `?${writeAddress({ ...state, since: latest })}`);
  }

  // --- The filters ---

  /** Draw the groups of filters, unless they are there.
   * @param {Store} index */
  function drawFilters({ facets }) {
    if (boxes.size) return;
    values.replaceChildren(
      ...FACETS.filter((name) => facets[name]?.values.length).map((name) => makeGroup(facets, name)),
    );
    drawChoice();
  }

  /** @param {Litbook.Facets} facets @param {Litbook.FacetName} name */
  function makeGroup(facets, name) {
    const { values: known, names = known } = facets[name] ?? { values: [] };
    const rows = known.map((value, at) => makeValue(name, value, label(name, names[at])));
    boxes.set(name, rows);
    const order = orderValues(facets, name, rows);
    const group = make("fieldset", { class: "litbook-filter" }, make("legend", {}, GROUPS[name]), makeNot(name));
    const items = make("ul", {}, ...order.map(({ item }) => item));
    order.slice(FEW_VALUES).forEach(({ item, box }) => {
      item.hidden = order.length > FEW_VALUES + 2 && !state.chosen[name].has(box.value);
    });
    group.append(items);
    if (items.querySelector("li[hidden]")) group.append(makeShowAll(items, order.length));
    return group;
  }

  /** @param {string} name @param {string} value */
  function label(name, value) {
    if (name === "code") return "has a link to code";
    return name === "kind" ? value.replaceAll("-", " ") : value;
  }

  /** Return years newest first, venues by their number of papers, other values as they are.
   * @param {Litbook.Facets} facets @param {Litbook.FacetName} name @param {Row[]} rows */
  function orderValues(facets, name, rows) {
    if (name === "year") return [...rows].reverse();
    if (name !== "venue") return rows;
    const counts = countValues(facets, readAddress(""), name, [...facets.venue.papers.keys()]);
    return rows
      .map((row, at) => ({ row, count: counts[at] }))
      .sort((a, b) => b.count - a.count)
      .map(({ row }) => row);
  }

  /** @param {string} name @param {string} value @param {string} text @returns {Row} */
  function makeValue(name, value, text) {
    const box = make("input", { type: "checkbox", name, value });
    const number = make("span", { class: "litbook-filter-count" });
    return { box, count: number, item: make("li", {}, make("label", {}, box, " ", text, " ", number)) };
  }

  /** @param {string} name */
  function makeNot(name) {
    const box = make("input", { type: "checkbox", name: "not", value: name });
    return make("label", { class: "litbook-filter-not" }, box, " not these");
  }

  /** @param {HTMLElement} items @param {number} total */
  function makeShowAll(items, total) {
    const button = makeButton(`Show all ${total}`, () => {
      const first = items.querySelector("li[hidden]");
      for (const item of items.querySelectorAll("li[hidden]")) item.removeAttribute("hidden");
      button.remove();
      first?.querySelector("input")?.focus();
    });
    return button;
  }

  /** Tick what is chosen. */
  function drawChoice() {
    for (const [name, rows] of boxes) for (const { box } of rows) box.checked = state.chosen[name].has(box.value);
    for (const name of boxes.keys())
      find(values, `input[name=not][value=${name}]`, HTMLInputElement).checked = state.not.has(name);
    sort.value = state.sort || "relevance";
    matching.value = state.any ? "any" : "all";
  }

  /** Show for each value how many papers it would give.
   * @param {Store} index @param {number[]} papers those that match the question */
  function drawCounts(index, papers) {
    drawFilters(index);
    for (const [name, rows] of boxes) {
      const counts = countValues(index.facets, state, name, papers);
      rows.forEach(({ count: number }, at) => {
        number.textContent = `(${counts[at]})`;
      });
    }
    const inUse = countGroups(state) + Number(state.since !== "") + Number(state.papers.length > 0);
    active.textContent = inUse ? `: ${inUse} in use` : "";
    clearing.hidden = !inUse;
  }

  function readChoice() {
    for (const [name, rows] of boxes) {
      const unknown = [...state.chosen[name]].filter((value) => !rows.some(({ box }) => box.value === value));
      state.chosen[name] = new Set([...unknown, ...rows.filter(({ box }) => box.checked).map(({ box }) => box.value)]);
    }
    state.not = new Set(
      [...boxes.keys()].filter((name) => values.querySelector(`input[name=not][value=${name}]:checked`)),
    );
    state.sort = sort.value === "relevance" ? "" : sort.value;
    state.any = matching.value === "any";
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
    drawChoice();
    return answer();
  }

  /** Read the field and answer.
   * @param {"pushState" | "replaceState"} how */
  function change(how) {
    clearTimeout(pause);
    state.q = input.value;
    shown = PAGE;
    saveAddress(how);
    void answer();
  }

  /** Move the focus between the field and the results.
   * @param {KeyboardEvent} event */
  function move(event) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const found = region.querySelectorAll(".litbook-results a");
    const links = [...found];
    const at = links.findIndex((link) => link === document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    if (event.key === "Escape" && at >= 0) input.focus();
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  }

  let typing = false; // whether typing may overwrite the last entry of the history
  let pause = 0; // the address waits while a reader types: writing it takes longer than answering
  input.addEventListener("focus", () => {
    load()
      .then((index) => index.preload())
      .catch(() => {});
  });
  input.addEventListener("input", () => {
    state.q = input.value;
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
    change("pushState");
  });
  panel.addEventListener("change", () => {
    typing = false;
    readChoice();
    change("pushState");
  });
  panel.addEventListener("toggle", () => {
    if (panel.open && !boxes.size)
      load()
        .then(drawFilters)
        .then(answer)
        .catch((error) => console.error(error));
  });
  clearing.addEventListener("click", () => {
    Object.assign(state, readAddress(""), { q: state.q, sort: state.sort });
    drawChoice();
    change("pushState");
  });
  suggested.addEventListener("click", () => {
    input.value = suggested.textContent;
    change("pushState");
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
  void restore();
})();
