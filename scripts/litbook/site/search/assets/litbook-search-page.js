// Draw the search page: a question in, papers and sections out, everything the reader chose kept in the address.
"use strict";

(function () {
  const PAGE = 20;      // results shown at once
  const SECTIONS = 5;   // sections of chapters shown
  const FIGURES = 3;    // figures and terms shown
  const PAUSE = 150;    // milliseconds without a key after which the address is written
  const FEW_VALUES = 8; // values of a filter shown before a reader asks for all
  const { search, searchSections } = globalThis.litbookSearch;
  const { FACETS, readAddress, writeAddress, countGroups, readNoted, makeFilter, countValues, sortPapers } = globalThis.litbookFilters;
  const { makeLoader, makePaper, makeSection, correct } = globalThis.litbookResults;
  const { root, make, makeButton, count } = globalThis.litbookDom;
  const NOTHING = { hits: [], slots: [], gains: new Map(), corrected: new Map(), close: true };
  const GROUPS = { theme: "Theme", kind: "Kind", year: "Year", venue: "Venue", code: "Code", read: "Your reading" };

  /** @type {HTMLElement | null} */
  const region = document.querySelector("[data-litbook-search]");
  if (!region) return;
  /** @param {string} selector @returns {any} */
  const find = (selector) => region.querySelector(selector);
  const [form, input, status, list, more] = ["form", "input[name=q]", "[role=status]", "[data-papers]", "[data-more]"].map(find);
  const [panel, values, sort, matching, suggestion] = ["[data-filters]", "[data-values]", "[data-sort]", "[data-match]", "[data-suggestion]"].map(find);
  const store = new globalThis.litbookStore.Store(makeLoader(root), region.dataset.index ?? "");

  let state = readAddress(location.search);
  let shown = PAGE;
  let asked = 0;
  let marksChanged = true; // whether the reader's marks are others than those that can be filtered by
  globalThis.litbookYours?.subscribe(() => { marksChanged = true; });
  /** @type {Map<string, {box: HTMLInputElement, count: HTMLElement}[]>} */
  const boxes = new Map();

  /** Load what every question needs, and what this browser noted about the papers. */
  async function load() {
    await store.open();
    if (!marksChanged) return;
    const noted = globalThis.litbookYours?.all() ?? {};
    if (Object.keys(noted).length || store.facets.read) {
      await store.need("keys");
      store.facets.read = readNoted(store.citekeys, noted);
    }
    marksChanged = false;
  }

  // --- The answer ---

  /** Answer the question that is in the field, with the filters that are chosen. */
  async function answer() {
    const turn = ++asked;
    try {
      if (!store.core && (state.q.trim() || isFiltered())) status.textContent = "Loading the search index …";
      if (!state.q.trim() && !isFiltered()) return clear();
      await load();
      const found = state.q.trim() ? await search(store, state.q) : NOTHING;
      const listed = await findListed();
      const every = state.q.trim() ? found.hits.map((hit) => hit.paper) : Array.from({ length: store.size }, (_, at) => at);
      const all = listed ? every.filter((paper) => listed.has(paper)) : every;
      const passing = all.filter(makeFilter(store.facets, state));
      const papers = sortPapers(store.facets, passing, state.sort || (state.q.trim() ? "relevance" : "year"));
      await store.needPapers(papers.slice(0, shown));
      if (turn !== asked) return;
      // Papers do not wait for the sections: these are a third of the index.
      draw(found, papers);
      drawCounts(all);
      const sections = state.q.trim() && !isFiltered() ? await searchSections(store, found) : [];
      if (turn === asked) drawSections(found, papers.length, sections);
    } catch (error) {
      if (turn === asked) status.textContent = "The search index could not be loaded. The complete list of papers is linked below.";
      console.error(error);
    }
  }

  function isFiltered() {
    return countGroups(state) > 0 || state.since !== "" || state.papers.length > 0;
  }

  /** Return the papers of the list in the address, by number; nothing if the address has none.
   * @returns {Promise<Set<number> | undefined>} */
  async function findListed() {
    if (!state.papers.length) return undefined;
    await store.need("keys");
    return new Set(state.papers.map((key) => store.citekeys.indexOf(key)).filter((at) => at >= 0));
  }

  function clear() {
    draw(NOTHING, []);
    drawSections(NOTHING, 0, []);
    status.textContent = "";
    if (store.core) drawCounts(Array.from({ length: store.size }, (_, at) => at));
  }

  /** @param {any} found @param {number[]} papers */
  function draw(found, papers) {
    list.replaceChildren(...papers.slice(0, shown).map((paper) => makePaper(store, paper, found, root)));
    globalThis.litbookYours?.decorate(list);
    find("[data-papers-group]").hidden = !papers.length;
    more.hidden = papers.length <= shown;
    const better = correct(store, state.q, found.corrected);
    suggestion.hidden = !better;
    suggestion.querySelector("button").textContent = better;
    drawNewLink();
    list.dispatchEvent(new CustomEvent("litbook:drawn", { bubbles: true }));
    announce(papers);
  }

  /** Show what the chapters say to the question, and tell how much was found.
   * @param {any} found @param {number} total @param {any[]} sections */
  function drawSections(found, total, sections) {
    const chapters = sections.filter(({ section }) => section.kind === "section").slice(0, SECTIONS);
    const others = sections.filter(({ section }) => section.kind !== "section").slice(0, FIGURES);
    drawGroup("[data-sections]", chapters, found);
    drawGroup("[data-figures]", others, found);
    status.textContent = describe(found, total, chapters.length, others.length);
  }

  /** Tell the other parts of the page which papers were found, in their order.
   * @param {number[]} papers */
  function announce(papers) {
    const getKeys = async (most) => {
      await store.need("keys");
      return papers.slice(0, most).map((paper) => store.citekeys[paper]);
    };
    region.dispatchEvent(new CustomEvent("litbook:found", { detail: { total: papers.length, question: state.q.trim(), getKeys } }));
  }

  /** @param {string} selector @param {any[]} sections @param {any} found */
  function drawGroup(selector, sections, found) {
    const group = find(selector);
    group.hidden = !sections.length;
    group.querySelector("ol").replaceChildren(...sections.map(({ section }) => makeSection(store, section, found, root)));
  }

  /** @param {any} found @param {number} total @param {number} chapters @param {number} others */
  function describe({ close }, total, chapters, others) {
    const question = state.q.trim();
    if (question && !/[\p{L}\p{N}]/u.test(question)) return "Please type a word or a question.";
    const also = [chapters && count(chapters, "section"), others && count(others, "figure or term", "figures or terms")].filter(Boolean).join(" and ");
    const since = `${state.papers.length ? " of this list" : ""}${state.since ? ` new after ${state.since}` : ""}`;
    if (!total && isFiltered()) return `No paper${since} matches with these filters.`;
    if (!total) {
      return "Nothing here matches. Try other or fewer words, the name of a method or of an author, "
        + "or look through the complete list of papers.";
    }
    if (!close) return "Nothing here is close. The nearest papers:";
    const order = question && (state.sort || "relevance") === "relevance" ? ", best first" : "";
    const papers = total > shown ? `The ${order ? "best" : "first"} ${shown} of ${total} papers${since} found${order}` : `${count(total)}${since} found${order}`;
    return `${papers}${also ? `; then ${also}` : ""}.`;
  }

  /** Offer a link to bookmark that shows only what comes into the collection later. */
  function drawNewLink() {
    const line = find("[data-new]");
    const latest = store.facets?.seen.values.at(-1);
    line.hidden = !latest || !state.q.trim() && !isFiltered();
    if (!line.hidden) line.querySelector("a").setAttribute("href", `?${writeAddress({ ...state, since: latest })}`);
  }

  // --- The filters ---

  /** Draw the groups of filters, once the index is there. */
  function drawFilters() {
    if (boxes.size) return;
    values.replaceChildren(...FACETS.filter((name) => store.facets[name]?.values.length).map(makeGroup));
    drawChoice();
  }

  /** @param {string} name */
  function makeGroup(name) {
    const { values: known, names } = store.facets[name];
    const rows = known.map((value, at) => makeValue(name, value, label(name, (names ?? known)[at])));
    boxes.set(name, rows);
    const order = orderValues(name, rows);
    const group = make("fieldset", { class: "litbook-filter" }, make("legend", {}, GROUPS[name]), makeNot(name));
    const items = make("ul", {}, ...order.map(({ item }) => item));
    order.slice(FEW_VALUES).forEach(({ item, box }) => { item.hidden = order.length > FEW_VALUES + 2 && !state.chosen[name].has(box.value); });
    group.append(items);
    if (items.querySelector("li[hidden]")) group.append(makeShowAll(items, order.length));
    return group;
  }

  /** @param {string} name @param {string} value */
  function label(name, value) {
    if (name === "code") return "has a link to code";
    return name === "kind" ? value.replaceAll("-", " ") : value;
  }

  /** Years the newest first, venues by their papers, the others as they are.
   * @param {string} name @param {any[]} rows */
  function orderValues(name, rows) {
    if (name === "year") return [...rows].reverse();
    if (name !== "venue") return rows;
    const counts = countValues(store.facets, readAddress(""), name, store.facets[name].papers.map((_, at) => at));
    return rows.map((row, at) => ({ row, count: counts[at] })).sort((a, b) => b.count - a.count).map(({ row }) => row);
  }

  /** @param {string} name @param {string} value @param {string} text */
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
      items.querySelectorAll("li[hidden]").forEach((item) => item.removeAttribute("hidden"));
      button.remove();
      first?.querySelector("input")?.focus();
    });
    return button;
  }

  /** Tick what is chosen. */
  function drawChoice() {
    for (const [name, rows] of boxes) for (const { box } of rows) box.checked = state.chosen[name].has(box.value);
    values.querySelectorAll("input[name=not]").forEach((box) => { box.checked = state.not.has(box.value); });
    sort.value = state.sort || "relevance";
    matching.value = state.any ? "any" : "all";
  }

  /** Write beside each value how many papers it would give.
   * @param {number[]} papers those that match the question */
  function drawCounts(papers) {
    drawFilters();
    for (const [name, rows] of boxes) {
      const counts = countValues(store.facets, state, name, papers);
      rows.forEach(({ count: number }, at) => { number.textContent = `(${counts[at]})`; });
    }
    const active = countGroups(state) + Number(state.since !== "") + Number(state.papers.length > 0);
    find("[data-active]").textContent = active ? `: ${active} in use` : "";
    find("[data-clear]").hidden = !active;
  }

  function readChoice() {
    for (const [name, rows] of boxes) {
      const unknown = [...state.chosen[name]].filter((value) => !rows.some(({ box }) => box.value === value));
      state.chosen[name] = new Set([...unknown, ...rows.filter(({ box }) => box.checked).map(({ box }) => box.value)]);
    }
    state.not = new Set([...values.querySelectorAll("input[name=not]:checked")].map((box) => box.value));
    state.sort = sort.value === "relevance" ? "" : sort.value;
    state.any = matching.value === "any";
  }

  // --- Address, keys, events ---

  /** Write the state into the address, as a new step in the history or in place of the last one.
   * @param {"pushState" | "replaceState"} how */
  function keep(how) {
    const query = writeAddress(state);
    if (how === "pushState" && location.search.slice(1) === query) return;
    try {
      history[how]({ q: state.q }, "", `${location.pathname}${query ? `?${query}` : ""}`);
    } catch { // some browsers forbid it for files, or too many times in a row: the results are there all the same
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

  /** Take over what the reader changed, and answer.
   * @param {"pushState" | "replaceState"} how */
  function change(how) {
    clearTimeout(pause);
    state.q = input.value;
    shown = PAGE;
    keep(how);
    void answer();
  }

  /** Move the focus between the field and the results.
   * @param {KeyboardEvent} event */
  function move(event) {
    const links = [...region.querySelectorAll(".litbook-results a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    if (event.key === "Escape" && at >= 0) input.focus();
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  }

  let typing = false; // whether the last step in the history is one that typing may overwrite
  let pause = 0;      // while a reader types, the address waits: to write it takes longer than to answer
  input.addEventListener("focus", () => { load().then(() => store.preload()).catch(() => {}); });
  input.addEventListener("input", () => {
    state.q = input.value;
    shown = PAGE;
    if (!typing) keep("pushState");
    typing = true;
    clearTimeout(pause);
    pause = setTimeout(() => keep("replaceState"), PAUSE);
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
    if (panel.open && !boxes.size) load().then(drawFilters).then(answer).catch((error) => console.error(error));
  });
  find("[data-clear]").addEventListener("click", () => {
    Object.assign(state, readAddress(""), { q: state.q, sort: state.sort });
    drawChoice();
    change("pushState");
  });
  suggestion.querySelector("button").addEventListener("click", (event) => {
    input.value = event.currentTarget.textContent;
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
  window.addEventListener("pagehide", () => { if (typing) keep("replaceState"); });
  void restore();
})();
