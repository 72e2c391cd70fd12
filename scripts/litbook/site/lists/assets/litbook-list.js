// Sort, filter, select and export lists of papers. Without this script they are plain lists.
//
// A list is an element with `data-litbook-list`, which holds the list's name in the address (the first list of a page has
// none). Every element with `data-paper` in it is an item, in at least one `ul`. A toolbar is drawn where the page has a
// place for it. `data-facets` names the columns that the review extracts, `data-own` what a paper has in them; a column
// of numbers is filtered by a range, such as "100..500". With `data-groups="kept"` each `ul` is sorted by itself;
// otherwise all items form one list unless they are in the order of the page.
"use strict";

(() => {
  const { make, makeButton, makeRange, readRange, count } = globalThis.litbookDom;
  /** @type {Record<string, string>} */
  const SORTS = {
    page: "default",
    newest: "newest first",
    oldest: "oldest first",
    title: "title",
    author: "first author",
    venue: "venue",
  };
  /** @type {[Facet, string][]} */
  const FACETS = [
    ["kind", "Kind"],
    ["year", "Year of publication"],
    ["venue", "Venue"],
  ];
  /** @type {Record<string, string>} */
  const MARKS = { starred: "starred", "to-read": "to read", read: "read", note: "with a note", none: "unmarked" };
  /** @type {Field[]} */
  const FIELDS = ["sort", "words", "kind", "year", "venue", "marks"];
  /** @type {[Litbook.ExportFormat, string][]} */
  const FORMATS = [
    ["bib", "BibTeX"],
    ["ris", "RIS"],
    ["csv", "CSV"],
  ];
  const UNKNOWN = "unknown";
  const OWN = "x."; // of the id of a column that the review extracts
  const NO_VALUE = "no value yet";
  const PAUSE = 120; // milliseconds without a key before the words are applied
  const LONGEST = 200; // characters of the words
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /**
   * @typedef {"kind" | "year" | "venue"} Facet
   * @typedef {Litbook.OwnName} Own
   * @typedef {Facet | "words" | "marks" | Own} Filter
   * @typedef {Facet | "words" | "marks" | "sort"} Field
   * @typedef {Litbook.ListItem} Item
   * @typedef {Litbook.ListState} State
   */

  /** @param {string} text */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** @param {HTMLElement} element @param {number} at @returns {Item} */
  function readItem(element, at) {
    const { paper = "", authors = "", venue = "", kind = "", year = "", own = "" } = element.dataset;
    const title = element.querySelector("a")?.textContent.trim() ?? "";
    const first = authors.split("; ")[0].split(" ").pop() ?? "";
    const home = /** @type {HTMLElement} */ (element.parentElement);
    return {
      element,
      home,
      at,
      key: paper,
      title,
      author: first,
      venue,
      kind,
      year,
      text: fold(`${title} ${authors} ${venue} ${year}`),
      own: new URLSearchParams(own),
    };
  }

  /** @param {string} name @returns {name is Own} */
  const isOwn = (name) => name.startsWith(OWN);

  /** Return the values of an item by which a filter counts it.
   * @param {Item} item @param {Facet | Own} name */
  function valuesOf(item, name) {
    if (!isOwn(name)) return [item[name] || UNKNOWN];
    const values = item.own.getAll(name.slice(OWN.length));
    return values.length ? values : [NO_VALUE];
  }

  /** Return what compares two items: unknown values come last, equal ones as on the page.
   * @type {Litbook.Lists["compareBy"]} */
  function compareBy(sort) {
    const fields = { newest: "year", oldest: "year", title: "title", author: "author", venue: "venue" };
    const field = /** @type {"year" | "title" | "author" | "venue" | undefined} */ (
      new Map(Object.entries(fields)).get(sort)
    );
    const sign = sort === "newest" ? -1 : 1;
    return (one, other) => {
      const [a, b] = field ? [one[field], other[field]] : ["", ""];
      if (a === b) return one.at - other.at;
      if (!a || !b) return a ? -1 : 1;
      return sign * order.compare(a, b) || one.at - other.at;
    };
  }

  /** Return whether the reader's marks of a paper are the wanted ones. @param {string} key @param {string} wanted */
  function hasMark(key, wanted) {
    const { state, starred, note } = globalThis.litbookYours?.get(key) ?? { state: "", starred: false, note: "" };
    if (wanted === "starred") return starred;
    if (wanted === "note") return note !== "";
    if (wanted === "none") return !state && !starred && !note;
    return state === wanted.replace("-", " ");
  }

  /** Return the test of one filter, or nothing if it is not in use.
   * @param {Filter} name @param {State} state @returns {((item: Item) => boolean) | undefined} */
  function makeTest(name, state) {
    const wanted = state[name];
    if (!wanted) return undefined;
    if (name === "marks") return (item) => hasMark(item.key, wanted);
    if (name === "words") {
      const words = fold(wanted).split(/\s+/).filter(Boolean);
      return (item) => words.every((word) => item.text.includes(word));
    }
    const holds = isOwn(name) ? readRange(wanted) : undefined;
    return (item) => valuesOf(item, name).some(holds ?? ((value) => value === wanted));
  }

  /** Return one test for all filters, except one that is left out.
   * @type {Litbook.Lists["makeFilter"]} */
  function makeFilter(state, without) {
    const names = [...FIELDS, ...Object.keys(state).filter(isOwn)];
    const tests = names.flatMap((name) => (name === "sort" || name === without ? [] : (makeTest(name, state) ?? [])));
    return (item) => tests.every((test) => test(item));
  }

  /** Return what an address asks for, as far as `known` accepts the values.
   * @type {Litbook.Lists["readAddress"]} */
  function readAddress(query, prefix, known) {
    const given = new URLSearchParams(query);
    const [sort, words, kind, year, venue, marks] = FIELDS.map((name) => given.get(prefix + name) ?? "");
    const check = (/** @type {Facet | "marks" | Own} */ name, /** @type {string} */ value) =>
      known(name, value) ? value : "";
    const own = [...given.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    return {
      ...Object.fromEntries(own.filter(isOwn).map((name) => [name, check(name, given.get(prefix + name) ?? "")])),
      sort: Object.hasOwn(SORTS, sort) ? sort : "page",
      words: words.slice(0, LONGEST),
      kind: check("kind", kind),
      year: check("year", year),
      venue: check("venue", venue),
      marks: Object.hasOwn(MARKS, marks) ? check("marks", marks) : "",
    };
  }

  /** Return a query with the state of one list in it; whatever else is in it stays.
   * @type {Litbook.Lists["writeAddress"]} */
  function writeAddress(query, prefix, state) {
    const given = new URLSearchParams(query);
    for (const key of [...given.keys()]) if (key.startsWith(prefix + OWN)) given.delete(key);
    for (const name of [...FIELDS, ...Object.keys(state).filter(isOwn)]) {
      given.delete(prefix + name);
      const value = state[name];
      if (value && !(name === "sort" && value === "page")) given.set(prefix + name, value);
    }
    return given.toString();
  }

  /** One list with its toolbar. */
  class List {
    /** @param {HTMLElement} root @param {HTMLElement} tools @param {number} number */
    constructor(root, tools, number) {
      this.root = root;
      this.tools = tools;
      this.id = `litbook-list-${number}`;
      this.prefix = root.dataset.litbookList ? `${root.dataset.litbookList}.` : "";
      /** @type {NodeListOf<HTMLElement>} */
      const elements = root.querySelectorAll("[data-paper]");
      this.items = Array.from(elements, readItem);
      /** @type {Item[]} */
      this.shown = [];
      this.homes = [...new Set(this.items.map((item) => item.home))];
      this.whole = root.dataset.groups === "kept" || this.homes.length < 2 ? null : this.makeWhole();
      this.sorted = "page";
      this.typing = false;
      this.pause = 0;
      this.words = make("input", {
        type: "search",
        placeholder: "Title, author, venue",
        "aria-label": "Only papers with these words in title, authors or venue",
        autocomplete: "off",
        spellcheck: "false",
        maxlength: String(LONGEST),
        enterkeyhint: "search",
      });
      this.sort = this.makeChoice("sort", Object.entries(SORTS));
      /** @type {Map<Own, {title: string, values: string[], ranged: boolean}>} */
      this.own = readFacets(root);
      /** @type {Map<Own, Litbook.NumberRange>} */
      this.ranges = new Map();
      /** @type {Map<Facet | "marks" | Own, HTMLSelectElement>} */
      this.choices = new Map();
      this.panel = make("div", { class: "litbook-list-filters", id: `${this.id}-filters`, hidden: "" });
      this.opener = makeButton("", () => this.open(Boolean(this.panel.hidden)), {
        "aria-expanded": "false",
        "aria-controls": this.panel.id,
      });
      this.status = make("p", { role: "status", class: "litbook-list-count" });
      this.clearer = makeButton("Clear filters", () => this.clear(), { hidden: "" });
      this.drawTools();
      this.state = this.read();
      this.draw();
    }

    /** Return the list for all items in one order, which is empty and hidden while they are in their groups. */
    makeWhole() {
      const list = make("ul", { class: "litbook-papers", hidden: "" });
      this.root.append(list);
      return list;
    }

    // --- The toolbar ---

    drawTools() {
      for (const [name, label] of FACETS)
        if (new Set(this.items.map((item) => item[name])).size > 1) this.addFilter(name, label);
      for (const [name, { title, values, ranged }] of this.own)
        if (ranged) this.addRange(name, title, values);
        else if (new Set(this.items.flatMap((item) => valuesOf(item, name))).size > 1) this.addFilter(name, title);
      if (globalThis.litbookYours?.usable) this.addFilter("marks", "Yours");
      const first = make("div", { class: "litbook-list-row" }, this.words, this.label("Sort by", this.sort));
      if (this.panel.firstChild) first.append(this.opener);
      this.tools.replaceChildren(
        first,
        this.panel,
        make(
          "div",
          { class: "litbook-list-row" },
          make("div", { class: "litbook-list-state" }, this.status, this.clearer),
          this.makeTakeAlong(),
        ),
      );
      this.tools.setAttribute("role", "group");
      this.tools.setAttribute("aria-label", "Sort and filter the list");
      this.listen();
    }

    /** @param {Facet | "marks" | Own} name @param {string} label */
    addFilter(name, label) {
      const choice = this.makeChoice(name, []);
      this.choices.set(name, choice);
      this.panel.append(this.label(label, choice));
    }

    /** @param {Own} name @param {string} title @param {string[]} values */
    addRange(name, title, values) {
      const range = makeRange(title, values);
      this.ranges.set(name, range);
      this.panel.append(make("span", { class: "litbook-list-choice" }, make("span", {}, title), range.element));
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
      const selection = globalThis.litbookSelection,
        exporter = globalThis.litbookExport;
      if (selection) {
        const attach = () => select.setAttribute("aria-pressed", String(selection.attach(this.root)));
        const select = makeButton("Select", attach, { "aria-pressed": "false" });
        place.append(select);
      }
      if (exporter) {
        const label = make("span", { id: `${this.id}-export` }, "Export:");
        const formats = FORMATS.map(([format, name]) => {
          const save = () =>
            void exporter.save(
              this.shown.map((item) => item.key),
              format,
              this.root.dataset.file || "papers",
            );
          return makeButton(name, save, { title: "The papers shown" });
        });
        place.append(
          make(
            "span",
            { role: "group", "aria-labelledby": label.id, class: "litbook-list-formats" },
            label,
            ...formats,
          ),
        );
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
      const fields = [...this.ranges.values()].map(({ element }) => element);
      for (const choice of [this.sort, ...this.choices.values(), ...fields]) {
        choice.addEventListener("change", () => {
          this.typing = false;
          this.change();
          this.typing = false;
        });
      }
    }

    /** Drop all filters; the order stays. */
    clear() {
      this.state = { ...readAddress("", this.prefix, () => false), sort: this.state.sort };
      this.typing = false;
      this.saveAddress();
      this.draw();
      this.words.focus();
    }

    /** @param {boolean} open */
    open(open) {
      this.panel.hidden = !open;
      this.opener.setAttribute("aria-expanded", String(open));
    }

    // --- The address ---

    /** Take the state from the address, and open the panel if a filter is in use.
     * @returns {State} */
    read() {
      this.state = readAddress(
        location.search,
        this.prefix,
        (name, value) =>
          (isOwn(name) && this.ranges.has(name) && Boolean(readRange(value))) ||
          (this.choices.has(name) &&
            (name === "marks" || this.items.some((item) => valuesOf(item, name).includes(value)))),
      );
      this.typing = false;
      if (this.countFilters()) this.open(true);
      return this.state;
    }

    /** Return how many filters are in use, besides the words. */
    countFilters() {
      return [...this.choices.keys(), ...this.ranges.keys()].filter((name) => this.state[name]).length;
    }

    /** Apply what the reader changed. */
    change() {
      clearTimeout(this.pause);
      const typed = this.words.value !== this.state.words;
      /** @type {State} */
      const state = { ...this.state, sort: this.sort.value, words: this.words.value };
      for (const [name, choice] of [...this.choices, ...this.ranges]) state[name] = choice.value;
      if ([...FIELDS, ...this.own.keys()].every((name) => (state[name] ?? "") === (this.state[name] ?? ""))) return;
      this.state = state;
      this.saveAddress();
      this.typing = typed;
      this.draw();
    }

    /** Write the state to the address: as a new entry of the history, or over the last one while the reader types. */
    saveAddress() {
      const query = writeAddress(location.search, this.prefix, this.state);
      try {
        history[this.typing ? "replaceState" : "pushState"](
          history.state,
          "",
          `${location.pathname}${query ? `?${query}` : ""}${location.hash}`,
        );
      } catch {
        // some browsers forbid it for files, or too many times in a row: the list is drawn regardless
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
      for (const item of items)
        places.get(this.whole && this.sorted !== "page" ? this.whole : item.home)?.push(item.element);
      for (const [place, elements] of places) if (elements.length) place.append(...elements);
    }

    hideEmptyGroups() {
      const holding = new Set(this.shown.map((item) => item.element.parentElement));
      for (const home of this.homes) {
        /** @type {HTMLElement} */
        const group = home.closest("[data-group]") ?? home;
        group.hidden = !holding.has(home);
      }
      if (this.whole) this.whole.hidden = !holding.has(this.whole);
    }

    drawState() {
      const { state } = this;
      if (this.words.value !== state.words) this.words.value = state.words;
      this.sort.value = state.sort;
      for (const [name, choice] of this.choices) this.drawChoice(name, choice);
      for (const [name, range] of this.ranges) range.value = state[name] ?? "";
      const filters = this.countFilters();
      const all = this.items.length;
      this.opener.textContent = filters ? `Filters (${filters})` : "Filters";
      this.status.textContent = filters || state.words ? `${this.shown.length} of ${count(all)}` : count(all);
      this.clearer.hidden = !filters && !state.words;
    }

    /** Draw the values of a filter, each with the number of papers that it would show.
     * @param {Facet | "marks" | Own} name @param {HTMLSelectElement} choice */
    drawChoice(name, choice) {
      const left = this.items.filter(makeFilter(this.state, name));
      const counts = name === "marks" ? countMarks(left) : countValues(left, name);
      const chosen = this.state[name] ?? "";
      if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
      const label = (/** @type {string} */ value) => (name === "marks" ? MARKS[value] : value);
      const values = name === "marks" ? [...counts.keys()] : this.orderValues(name, [...counts.keys()]);
      const options = values.map((value) => new Option(`${label(value)} (${counts.get(value)})`, value));
      choice.replaceChildren(new Option("any", ""), ...options);
      choice.value = chosen;
    }

    /** Return values in the order in which a filter lists them: as the review names its choices, years from the newest,
     * others by the alphabet, and papers without a value last.
     * @param {Facet | Own} name @param {string[]} values */
    orderValues(name, values) {
      if (isOwn(name))
        return [...(this.own.get(name)?.values ?? []), NO_VALUE].filter((value) => values.includes(value));
      return values.sort((one, other) =>
        one === UNKNOWN || other === UNKNOWN
          ? Number(one === UNKNOWN) - Number(other === UNKNOWN)
          : (name === "year" ? -1 : 1) * order.compare(one, other),
      );
    }
  }

  /** Return how many items have each value. @param {Item[]} items @param {Facet | Own} name */
  function countValues(items, name) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const item of items) for (const value of valuesOf(item, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  /** Return how many items have each mark of the reader. @param {Item[]} items */
  function countMarks(items) {
    return new Map(Object.keys(MARKS).map((mark) => [mark, items.filter((item) => hasMark(item.key, mark)).length]));
  }

  /** Return the columns that the review extracts, by their names in the address. @param {HTMLElement} root */
  function readFacets(root) {
    /** @type {[id: string, title: string, values: string[], ranged?: boolean][]} */
    const facets = JSON.parse(root.dataset.facets ?? "[]");
    return new Map(
      facets.map(
        ([id, title, values, ranged = false]) =>
          /** @type {const} */ ([/** @type {Own} */ (OWN + id), { title, values, ranged }]),
      ),
    );
  }

  function start() {
    /** @type {NodeListOf<HTMLElement>} */
    const roots = document.querySelectorAll("[data-litbook-list]");
    const lists = [...roots].flatMap((root, number) => {
      /** @type {HTMLElement | null} */
      const tools = root.querySelector(".litbook-list-tools");
      return tools ? [new List(root, tools, number)] : [];
    });
    window.addEventListener("popstate", () => {
      for (const list of lists) {
        clearTimeout(list.pause);
        list.read();
        list.draw();
      }
    });
    if (lists.some((list) => list.choices.has("marks"))) {
      globalThis.litbookYours?.subscribe(() => {
        for (const list of lists) list.draw();
      });
    }
  }

  globalThis.litbookList = { compareBy, makeFilter, readAddress, writeAddress };
  // By then the page's other scripts, which are deferred, have run.
  document.addEventListener("DOMContentLoaded", start);
})();
