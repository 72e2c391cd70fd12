// Lists of papers: put in another order, filtered, taken along. Without this script they are lists.
//
// A list is an element with `data-litbook-list`, the list's name in the address (the first list of a page has none);
// below it every element with `data-paper` is an item, in one or more `ul`s. A toolbar is drawn where the page has room
// for it. With `data-groups="kept"` each `ul` is put in order by itself; otherwise all items make one list when they
// stand in another order than that of the page.
"use strict";

(function () {
  const { make, makeButton, count } = globalThis.litbookDom;
  const SORTS = { page: "as listed here", newest: "newest first", oldest: "oldest first", title: "title", author: "first author", venue: "venue" };
  const FACETS = { kind: "Kind", year: "Year", venue: "Venue" };
  const MARKS = { starred: "starred", "to-read": "to read", read: "read", note: "with a note", none: "without a mark" };
  const FIELDS = ["sort", "words", "kind", "year", "venue", "marks"];
  const UNKNOWN = "unknown";
  const PAUSE = 120; // milliseconds without a key before the words count
  const LONGEST = 200; // characters of the words
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /**
   * @typedef {{element: HTMLElement, home: Element, at: number, key: string, title: string, author: string, text: string,
   *   kind: string, year: string, venue: string}} Item
   * @typedef {{sort: string, words: string, kind: string, year: string, venue: string, marks: string}} State
   */

  /** @param {string} text */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** @param {HTMLElement} element @param {number} at @returns {Item} */
  function readItem(element, at) {
    const { paper = "", title = "", authors = "", venue = "", kind = "", year = "" } = element.dataset;
    const first = authors.split("; ")[0].split(" ").pop() ?? "";
    const home = /** @type {Element} */ (element.parentElement);
    return { element, home, at, key: paper, title, author: first, venue, kind, year, text: fold(`${title} ${authors} ${venue} ${year}`) };
  }

  /** Tell whether two items come in this order: what is not known comes last, equals as on the page.
   * @param {string} sort @returns {(one: Item, other: Item) => number} */
  function compareBy(sort) {
    const of = sort === "newest" || sort === "oldest" ? "year" : sort;
    const sign = sort === "newest" ? -1 : 1;
    return (one, other) => {
      if (of === "page" || one[of] === other[of]) return one.at - other.at;
      if (!one[of] || !other[of]) return one[of] ? -1 : 1;
      return sign * order.compare(one[of], other[of]) || one.at - other.at;
    };
  }

  /** Tell whether the reader's own mark of a paper is the wanted one. @param {string} key @param {string} wanted */
  function hasMark(key, wanted) {
    const { state = "", starred = false, note = "" } = globalThis.litbookYours?.get(key) ?? {};
    if (wanted === "starred") return Boolean(starred);
    if (wanted === "note") return Boolean(note);
    if (wanted === "none") return !state && !starred && !note;
    return state === wanted.replace("-", " ");
  }

  /** Return the test of one filter, or nothing where it lets all through.
   * @param {string} name @param {State} state @returns {((item: Item) => boolean) | undefined} */
  function makeTest(name, state) {
    const wanted = state[name];
    if (!wanted) return undefined;
    if (name === "marks") return (item) => hasMark(item.key, wanted);
    if (name === "words") {
      const words = fold(wanted).split(/\s+/).filter(Boolean);
      return (item) => words.every((word) => item.text.includes(word));
    }
    return (item) => (item[name] || UNKNOWN) === wanted;
  }

  /** @param {State} state @param {string} [without] a filter that is left out */
  function makeFilter(state, without) {
    const tests = ["words", "marks", ...Object.keys(FACETS)].filter((name) => name !== without)
      .map((name) => makeTest(name, state)).filter((test) => test !== undefined);
    return (/** @type {Item} */ item) => tests.every((test) => test(item));
  }

  /** One list with its toolbar. */
  class List {
    /** @param {HTMLElement} root @param {HTMLElement} tools @param {number} number */
    constructor(root, tools, number) {
      this.root = root;
      this.tools = tools;
      this.id = `litbook-list-${number}`;
      this.prefix = root.dataset.litbookList ? `${root.dataset.litbookList}.` : "";
      this.items = [...root.querySelectorAll("[data-paper]")].map((element, at) => readItem(/** @type {HTMLElement} */ (element), at));
      this.homes = [...new Set(this.items.map((item) => item.home))];
      this.whole = root.dataset.groups === "kept" || this.homes.length < 2 ? null : this.makeWhole();
      this.sorted = "page";
      this.typing = false;
      this.pause = 0;
      this.drawTools();
      this.read();
      this.draw();
    }

    /** Return the list of all items in one order; it is empty and hidden while they stand in their groups. */
    makeWhole() {
      const list = make("ul", { class: "litbook-papers", hidden: "" });
      this.root.append(list);
      return list;
    }

    // --- The toolbar ---

    drawTools() {
      this.words = make("input", {
        type: "search", placeholder: "Title, author, venue", "aria-label": "Only papers with these words in title, authors or venue",
        autocomplete: "off", spellcheck: "false", maxlength: String(LONGEST), enterkeyhint: "search",
      });
      this.choices = { sort: this.makeChoice("sort", Object.entries(SORTS)) };
      this.panel = make("div", { class: "litbook-list-filters", id: `${this.id}-filters`, hidden: "" });
      const facets = Object.keys(FACETS).filter((name) => new Set(this.items.map((item) => item[name])).size > 1);
      for (const name of facets) this.addFilter(name, FACETS[name]);
      if (globalThis.litbookYours?.usable) this.addFilter("marks", "Yours");
      this.opener = make("button", { type: "button", "aria-expanded": "false", "aria-controls": this.panel.id });
      this.status = make("p", { role: "status", class: "litbook-list-count" });
      this.clearer = make("button", { type: "button", hidden: "" }, "Clear filters");
      const first = make("div", { class: "litbook-list-row" }, this.words, this.label("Order", this.choices.sort));
      if (this.panel.firstChild) first.append(this.opener);
      this.tools.replaceChildren(first, this.panel,
        make("div", { class: "litbook-list-row" }, make("div", { class: "litbook-list-state" }, this.status, this.clearer), this.makeTakeAlong()));
      this.tools.setAttribute("role", "group");
      this.tools.setAttribute("aria-label", "Order and filters of the list");
      this.listen();
    }

    /** @param {string} name @param {string} label */
    addFilter(name, label) {
      this.choices[name] = this.makeChoice(name, []);
      this.panel.append(this.label(label, this.choices[name]));
    }

    /** @param {string} text @param {HTMLSelectElement} choice */
    label(text, choice) {
      return make("span", { class: "litbook-list-choice" }, make("label", { for: choice.id }, text), choice);
    }

    /** @param {string} name @param {[string, string][]} options */
    makeChoice(name, options) {
      const choice = make("select", { id: `${this.id}-${name}` });
      choice.append(...options.map(([value, text]) => new Option(text, value)));
      return choice;
    }

    makeTakeAlong() {
      const place = make("div", { class: "litbook-list-take" });
      const selection = globalThis.litbookSelection, exporter = globalThis.litbookExport;
      if (selection) {
        const attach = () => select.setAttribute("aria-pressed", String(Boolean(selection.attach(this.root))));
        const select = makeButton("Select", attach, { "aria-pressed": "false" });
        place.append(select);
      }
      if (exporter) {
        const label = make("span", { id: `${this.id}-export` }, "Export:");
        const formats = Object.entries({ bib: "BibTeX", ris: "RIS", csv: "CSV" }).map(([format, name]) => {
          const save = () => void exporter.save(this.shown.map((item) => item.key), format, this.root.dataset.file || "papers");
          return makeButton(name, save, { title: "The papers that are shown" });
        });
        place.append(make("span", { role: "group", "aria-labelledby": label.id, class: "litbook-list-formats" }, label, ...formats));
      }
      return place;
    }

    listen() {
      this.words.addEventListener("input", () => {
        clearTimeout(this.pause);
        this.pause = setTimeout(() => this.change(), PAUSE);
      });
      this.words.addEventListener("change", () => {
        this.change();
        this.typing = false;
      });
      for (const choice of Object.values(this.choices)) {
        choice.addEventListener("change", () => {
          this.typing = false;
          this.change();
          this.typing = false;
        });
      }
      this.opener.addEventListener("click", () => this.open(this.panel.hidden));
      this.clearer.addEventListener("click", () => {
        this.state = { ...this.readAddress(""), sort: this.state.sort };
        this.typing = false;
        this.keep();
        this.draw();
        this.words.focus();
      });
    }

    /** @param {boolean} open */
    open(open) {
      this.panel.hidden = !open;
      this.opener.setAttribute("aria-expanded", String(open));
    }

    // --- The address ---

    /** @param {string} query @returns {State} */
    readAddress(query) {
      const given = new URLSearchParams(query);
      const [sort, words, kind, year, venue, marks] = FIELDS.map((name) => given.get(this.prefix + name) ?? "");
      const known = (/** @type {string} */ name, /** @type {string} */ value) => (
        name in this.choices && this.items.some((item) => (item[name] || UNKNOWN) === value) ? value : "");
      return {
        sort: Object.hasOwn(SORTS, sort) ? sort : "page", words: words.slice(0, LONGEST),
        kind: known("kind", kind), year: known("year", year), venue: known("venue", venue),
        marks: "marks" in this.choices && Object.hasOwn(MARKS, marks) ? marks : "",
      };
    }

    /** Take the state from the address, and show it. */
    read() {
      this.state = this.readAddress(location.search);
      this.typing = false;
      if (Object.keys(this.choices).some((name) => name !== "sort" && this.state[name])) this.open(true);
    }

    /** Take over what the reader changed. */
    change() {
      clearTimeout(this.pause);
      const typed = this.words.value !== this.state.words;
      const state = { ...this.state, words: this.words.value };
      for (const [name, choice] of Object.entries(this.choices)) state[name] = choice.value;
      if (FIELDS.every((name) => state[name] === this.state[name])) return;
      this.state = state;
      this.keep();
      this.typing = typed;
      this.draw();
    }

    /** Write the state into the address: a step in the history, or in place of the last one while the reader types. */
    keep() {
      const given = new URLSearchParams(location.search);
      for (const name of FIELDS) {
        given.delete(this.prefix + name);
        const value = this.state[name];
        if (value && !(name === "sort" && value === "page")) given.set(this.prefix + name, value);
      }
      const query = given.toString();
      try {
        history[this.typing ? "replaceState" : "pushState"](history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
      } catch { // some browsers forbid it for files, or too many times in a row: the list is as asked for all the same
      }
    }

    // --- The list ---

    draw() {
      const passes = makeFilter(this.state);
      this.shown = [];
      for (const item of this.items) {
        const hidden = !passes(item);
        if (item.element.hidden !== hidden) item.element.hidden = hidden;
        if (!hidden) this.shown.push(item);
      }
      this.putInOrder();
      this.shown.sort(compareBy(this.state.sort));
      this.hideEmptyGroups();
      this.drawState();
      this.root.dispatchEvent(new CustomEvent("litbook:drawn", { bubbles: true }));
    }

    putInOrder() {
      if (this.sorted === this.state.sort) return;
      this.sorted = this.state.sort;
      const items = [...this.items].sort(compareBy(this.sorted));
      /** @type {Map<Element, HTMLElement[]>} */
      const places = new Map(this.homes.map((home) => [home, []]));
      if (this.whole) places.set(this.whole, []);
      for (const item of items) places.get(this.whole && this.sorted !== "page" ? this.whole : item.home)?.push(item.element);
      for (const [place, elements] of places) if (elements.length) place.append(...elements);
    }

    hideEmptyGroups() {
      const holding = new Set(this.shown.map((item) => item.element.parentElement));
      for (const home of this.homes) /** @type {HTMLElement} */ (home.closest("[data-group]") ?? home).hidden = !holding.has(home);
      if (this.whole) this.whole.hidden = !holding.has(this.whole);
    }

    drawState() {
      const { state } = this;
      if (this.words.value !== state.words) this.words.value = state.words;
      this.choices.sort.value = state.sort;
      for (const name of Object.keys(this.choices)) if (name !== "sort") this.drawChoice(name);
      const filters = Object.keys(this.choices).filter((name) => name !== "sort" && state[name]).length;
      const all = this.items.length;
      this.opener.textContent = filters ? `Filters (${filters})` : "Filters";
      this.status.textContent = filters || state.words ? `${this.shown.length} of ${count(all)}` : count(all);
      this.clearer.hidden = !filters && !state.words;
    }

    /** Draw the values of a filter, each with the number of papers that it would show. @param {string} name */
    drawChoice(name) {
      const passes = makeFilter(this.state, name);
      /** @type {Map<string, number>} */
      const counts = new Map();
      const left = this.items.filter(passes);
      if (name === "marks") for (const mark of Object.keys(MARKS)) counts.set(mark, left.filter((item) => hasMark(item.key, mark)).length);
      else for (const item of left) counts.set(item[name] || UNKNOWN, (counts.get(item[name] || UNKNOWN) ?? 0) + 1);
      const chosen = this.state[name];
      if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
      const values = name === "marks" ? [...counts.keys()] : [...counts.keys()].sort((one, other) => (
        one === UNKNOWN || other === UNKNOWN ? Number(one === UNKNOWN) - Number(other === UNKNOWN)
          : (name === "year" ? -1 : 1) * order.compare(one, other)));
      const label = (/** @type {string} */ value) => (name === "marks" ? MARKS[value] : value === UNKNOWN ? "not known" : value);
      const options = values.map((value) => new Option(`${label(value)} (${counts.get(value)})`, value));
      this.choices[name].replaceChildren(new Option("any", ""), ...options);
      this.choices[name].value = chosen;
    }
  }

  function start() {
    const roots = [...document.querySelectorAll("[data-litbook-list]")];
    /** @type {List[]} */
    const lists = roots.flatMap((root, number) => {
      const tools = root.querySelector(".litbook-list-tools");
      return tools ? [new List(/** @type {HTMLElement} */ (root), /** @type {HTMLElement} */ (tools), number)] : [];
    });
    window.addEventListener("popstate", () => {
      for (const list of lists) {
        clearTimeout(list.pause);
        list.read();
        list.draw();
      }
    });
    if (lists.some((list) => "marks" in list.choices)) {
      globalThis.litbookYours?.subscribe?.(() => lists.forEach((list) => list.draw()));
    }
  }

  // Other scripts of the page, which all are deferred, have then said what they can do.
  document.addEventListener("DOMContentLoaded", start);
})();
