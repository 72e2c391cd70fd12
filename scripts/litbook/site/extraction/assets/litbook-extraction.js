// Sort, filter and export the table of extracted values, choose its columns, and cross any two choices.
// Without this script the table and one matrix are there, whole.
"use strict";

(() => {
  const { make, makeButton, find, count, download } = globalThis.litbookDom;
  const { readAddress, writeAddress, chooseRows, writeCsv, countPairs } = globalThis.litbookExtraction;
  const HIDDEN = "litbook-extraction-hidden";
  const region = document.querySelector("[data-litbook-extraction]");
  if (!(region instanceof HTMLElement)) return;

  const table = find(region, "[data-table]", HTMLTableElement);
  const body = table.tBodies[0];
  const scroll = /** @type {HTMLElement} */ (table.parentElement);
  const heads = [...table.querySelectorAll("[data-head]")].map((head) => /** @type {HTMLElement} */ (head));
  const columns = heads.slice(1).map((head) => ({
    id: head.dataset.head ?? "",
    name: head.textContent ?? "",
    choices: /** @type {string[]} */ (JSON.parse(head.dataset.choices ?? "[]")),
    group: head.dataset.group ?? "",
  }));
  const themes = new Map(
    (region.dataset.themes ?? "").split("\n").map((line) => /** @type {[string, string]} */ (cutAtSpace(line))),
  );
  /** @type {Map<string, HTMLTableRowElement>} */
  const lines = new Map();
  const rows = [...body.rows].map(readRow);
  const choices = listChoices();
  const state = readAddress(
    location.search,
    choices,
    columns.map(({ id }) => id),
  );
  /** @type {Map<string, HTMLSelectElement>} */
  const selects = new Map();
  const words = make("input", { type: "search", placeholder: "Words", "aria-label": "Only papers with these words" });
  const status = make("p", { role: "status" });
  const clearer = makeButton("Clear filters", clear, { hidden: "" });

  /** @param {string} line */
  function cutAtSpace(line) {
    const at = line.indexOf(" ");
    return [line.slice(0, at), line.slice(at + 1)];
  }

  /** @param {HTMLTableRowElement} line @param {number} at @returns {Litbook.ExtractedRow} */
  function readRow(line, at) {
    const { key = "", theme = "" } = line.dataset;
    lines.set(key, line);
    /** @type {Litbook.ExtractedRow["cells"]} */
    const cells = {};
    [...line.cells].slice(1).forEach((cell, place) => {
      const shown = [...cell.querySelectorAll("a")].map((link) => link.textContent ?? "");
      const values = cell.dataset.values ? /** @type {string[]} */ (JSON.parse(cell.dataset.values)) : [];
      const rank = cell.dataset.rank === undefined ? null : Number(cell.dataset.rank);
      cells[columns[place].id] = { values, rank, text: shown.join("; ") };
    });
    const paper = line.cells[0].querySelector("a")?.textContent ?? key;
    return { key, at, theme, paper, text: line.textContent ?? "", cells };
  }

  /** Return the values of each column of choices that rows have, and the themes. */
  function listChoices() {
    /** @type {Record<string, string[]>} */
    const found = {};
    const used = [...themes.keys()].filter((slug) => rows.some((row) => row.theme === slug));
    if (used.length > 1) found.theme = used;
    for (const { id, choices: known } of columns) {
      const values = new Set(rows.flatMap((row) => row.cells[id].values));
      if (values.size > 1) found[id] = known.filter((value) => values.has(value));
    }
    return found;
  }

  function drawTools() {
    words.addEventListener("input", () => {
      state.words = words.value;
      draw();
    });
    const csv = makeButton("Download CSV", () => {
      const shown = columns.filter(({ id }) => !state.hidden.includes(id));
      download(writeCsv(chooseRows(rows, state), shown), "text/csv", "extraction.csv");
    });
    find(/** @type {HTMLElement} */ (region), "[data-tools]").append(
      words,
      ...makeFilters(),
      makeChooser(),
      csv,
      status,
      clearer,
    );
  }

  /** Return a filter for each column of choices, those of a group folded up together. */
  function makeFilters() {
    /** @type {Map<string, HTMLElement[]>} */
    const groups = new Map();
    /** @type {HTMLElement[]} */
    const single = [];
    for (const [id, values] of Object.entries(choices)) {
      const group = columns.find((column) => column.id === id)?.group ?? "";
      const place = group ? (groups.get(group) ?? []) : single;
      place.push(makeFilter(id, values));
      if (group) groups.set(group, place);
    }
    return [...single, ...[...groups].map(([group, filters]) => makeFold(group, filters))];
  }

  /** @param {string} id @param {string[]} values */
  function makeFilter(id, values) {
    const options = values.map((value) =>
      make("option", { value }, id === "theme" ? (themes.get(value) ?? value) : value),
    );
    const select = make("select", {}, make("option", { value: "" }, "any"), ...options);
    select.addEventListener("change", () => {
      state.chosen[id] = select.value;
      draw();
    });
    selects.set(id, select);
    return make("label", {}, id === "theme" ? "Theme" : nameOf(id), select);
  }

  /** Return controls that are folded up under a name. @param {string} name @param {HTMLElement[]} controls */
  function makeFold(name, controls) {
    const fold = make("details", {}, make("summary", {}, name), make("div", {}, ...controls));
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      fold.open = false;
      fold.querySelector("summary")?.focus();
    });
    return fold;
  }

  /** @param {string} id */
  function nameOf(id) {
    return columns.find((column) => column.id === id)?.name ?? id;
  }

  /** Return a list of columns to show or hide, folded up. */
  function makeChooser() {
    const boxes = columns.map(({ id, name }) => {
      const box = make("input", { type: "checkbox" });
      box.checked = !state.hidden.includes(id);
      box.addEventListener("change", () => {
        state.hidden = box.checked ? state.hidden.filter((other) => other !== id) : [...state.hidden, id];
        draw();
      });
      return make("label", {}, box, name);
    });
    return makeFold("Columns", boxes);
  }

  function drawHeads() {
    for (const head of heads) {
      const id = head.dataset.head ?? "";
      const button = makeButton(head.textContent ?? "", () => {
        state.sort = state.sort === id ? `-${id}` : state.sort === `-${id}` ? "" : id;
        draw();
      });
      head.replaceChildren(button);
    }
  }

  function clear() {
    state.words = words.value = "";
    state.chosen = {};
    draw();
    words.focus();
  }

  function draw() {
    const shown = chooseRows(rows, state);
    const kept = new Set(shown.map((row) => row.key));
    for (const row of rows) lines.get(row.key)?.classList.toggle(HIDDEN, !kept.has(row.key));
    const order = state.sort ? shown : rows;
    body.append(...order.flatMap((row) => lines.get(row.key) ?? []));
    heads.forEach((head, at) => {
      const id = head.dataset.head ?? "";
      const sort = state.sort === id ? "ascending" : state.sort === `-${id}` ? "descending" : "";
      if (sort) head.setAttribute("aria-sort", sort);
      else head.removeAttribute("aria-sort");
      for (const line of table.rows) line.cells[at].classList.toggle(HIDDEN, state.hidden.includes(id));
    });
    scroll.classList.toggle("litbook-extracted-fits", table.offsetWidth <= scroll.clientWidth);
    if (words.value !== state.words) words.value = state.words;
    for (const [id, select] of selects) select.value = state.chosen[id] ?? "";
    status.textContent = shown.length === rows.length ? count(rows.length) : `${shown.length} of ${count(rows.length)}`;
    clearer.hidden = !state.words && !Object.values(state.chosen).some(Boolean);
    const query = writeAddress(state);
    history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
  }

  // --- The matrix ---

  /** @param {HTMLElement} choice */
  function watchMatrix(choice) {
    const [one, other] = ["[data-rows]", "[data-columns]"].map((selector) => find(choice, selector, HTMLSelectElement));
    const place = find(/** @type {HTMLElement} */ (region), "[data-matrix]");
    const redraw = () => place.replaceChildren(makeMatrix(one, other));
    one.addEventListener("change", redraw);
    other.addEventListener("change", redraw);
  }

  /** Return the values of a column of choices in order, or the themes that papers have. @param {string} axis */
  function listValues(axis) {
    return axis === "theme" ? (choices.theme ?? []) : (columns.find(({ id }) => id === axis)?.choices ?? []);
  }

  /** @param {string} axis @param {string} value */
  function nameValue(axis, value) {
    return axis === "theme" ? (themes.get(value) ?? value) : value;
  }

  /** @param {HTMLSelectElement} one @param {HTMLSelectElement} other */
  function makeMatrix(one, other) {
    const counts = countPairs(rows, one.value, other.value);
    const [down, across] = [one, other].map(({ value }) => listValues(value));
    const names = [one, other].map((select) => select.selectedOptions[0].textContent ?? "");
    const lines = down.map((row) => {
      const cells = across.map((column) => {
        const number = counts.get(JSON.stringify([row, column])) ?? 0;
        if (!number) return make("td", { class: "litbook-matrix-empty" }, "0");
        const query = writeAddress({
          ...state,
          words: "",
          sort: "",
          chosen: { [one.value]: row, [other.value]: column },
        });
        return make("td", {}, make("a", { href: `?${query}#table` }, String(number)));
      });
      return make("tr", {}, make("th", { scope: "row" }, nameValue(one.value, row)), ...cells);
    });
    const corner = make("td", {}, names.join(" / "));
    const head = make(
      "tr",
      {},
      corner,
      ...across.map((value) => make("th", { scope: "col" }, nameValue(other.value, value))),
    );
    return make("table", { class: "litbook-matrix" }, make("thead", {}, head), make("tbody", {}, ...lines));
  }

  drawHeads();
  drawTools();
  draw();
  const choice = region.querySelector("[data-matrix-choice]");
  if (choice instanceof HTMLElement) watchMatrix(choice);
})();
