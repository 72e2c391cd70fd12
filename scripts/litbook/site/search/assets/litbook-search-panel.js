// The filters of the search page: a rail beside the results, or on a narrow window a sheet above them.
"use strict";

(() => {
  const FEW_VALUES = 6; // values of a filter shown before a reader asks for all
  const { make, makeButton, makeRange, find } = globalThis.litbookDom;
  const { listNames, countGroups, countValues } = globalThis.litbookFilters;
  /** @type {Record<string, string>} */
  const GROUPS = { theme: "Chapter", kind: "Kind", venue: "Venue", code: "With", read: "My marks" };
  /** @typedef {{box: HTMLInputElement, count: HTMLElement, item: HTMLElement}} Row */

  /** Make the panel; `change` is called when the reader chose something.
   * @type {Litbook.Panels["makePanel"]} */
  function makePanel(region, change) {
    const panel = find(region, "[data-filters]");
    const opener = find(region, "[data-filters-open]", HTMLButtonElement);
    const [values, active, clearing, closer] = [
      "[data-values]",
      "[data-active]",
      "[data-clear]",
      "[data-filters-close]",
    ].map((selector) => find(region, selector));
    const sort = find(region, "[data-sort]", HTMLSelectElement);
    /** @type {Map<Litbook.FacetName, Row[]>} */
    const boxes = new Map();
    /** @type {Map<Litbook.FacetName, Litbook.NumberRange>} */
    const ranges = new Map();
    /** @type {Set<Litbook.FacetName>} */
    const unfolded = new Set();
    const years = {
      from: make("select", { "aria-label": "From year" }),
      to: make("select", { "aria-label": "To year" }),
    };

    /** @param {boolean} open */
    function toggle(open) {
      panel.toggleAttribute("data-open", open);
      opener.setAttribute("aria-expanded", String(open));
      if (open) closer.focus();
      else if (panel.contains(document.activeElement)) opener.focus();
    }

    /** Draw the groups of filters, unless they are there.
     * @param {Litbook.Facets} facets */
    function drawGroups(facets) {
      if (boxes.size) return;
      const names = listNames(facets).filter((name) => facets[name]?.values.length);
      const groups = names.map((name) => makeGroup(facets, name));
      const at = names.indexOf("theme") + 1;
      values.replaceChildren(...groups.slice(0, at), makeYears(facets), ...groups.slice(at));
      panel.hidden = opener.hidden = false;
    }

    /** @param {Litbook.Facets} facets @param {Litbook.FacetName} name */
    function makeGroup(facets, name) {
      const {
        values: known,
        names = known,
        short = names,
        title = GROUPS[name],
        range: ranged,
      } = facets[name] ?? { values: [] };
      if (ranged) {
        const range = makeRange(title, known);
        ranges.set(name, range);
        return make(
          "fieldset",
          { class: "litbook-filter", "data-filter": name },
          make("legend", {}, title),
          range.element,
        );
      }
      const rows = known.map((value, at) => makeRow(name, value, label(name, short[at])));
      boxes.set(name, rows);
      const items = make("ul", {}, ...rows.map(({ item }) => item));
      return make("fieldset", { class: "litbook-filter", "data-filter": name }, make("legend", {}, title), items);
    }

    /** @param {Litbook.Facets} facets */
    function makeYears({ year: { values: known } }) {
      for (const [name, select] of /** @type {const} */ ([
        ["from", years.from],
        ["to", years.to],
      ])) {
        const ordered = name === "from" ? known : [...known].reverse();
        select.replaceChildren(
          make("option", { value: "" }, name),
          ...ordered.map((year) => make("option", { value: year }, year)),
        );
      }
      const range = make("p", { class: "litbook-filter-years" }, years.from, " – ", years.to);
      return make("fieldset", { class: "litbook-filter" }, make("legend", {}, "Year"), range);
    }

    /** @type {Litbook.Panel["draw"]} */
    function draw(facets, state, papers) {
      drawGroups(facets);
      for (const [name, rows] of boxes) {
        const counts = countValues(facets, state, name, papers);
        const ranked = rows.map((row, at) => ({
          row,
          count: counts[at],
          chosen: state.chosen[name]?.has(row.box.value) ?? false,
        }));
        for (const { row, count, chosen } of ranked) {
          row.count.textContent = String(count);
          row.box.checked = chosen;
        }
        drawValues(name, ranked);
      }
      for (const [name, range] of ranges) range.value = [...(state.chosen[name] ?? [])][0] ?? "";
      chooseYear(years.from, state.from);
      chooseYear(years.to, state.to);
      sort.value = state.sort || "relevance";
      const inUse = countGroups(state) + Number(state.since !== "") + Number(state.papers.length > 0);
      active.textContent = inUse ? ` (${inUse})` : "";
      clearing.hidden = !inUse;
    }

    /** Show the values that give papers, chosen ones in any case, those with most papers first where there are many.
     * @param {Litbook.FacetName} name @param {{row: Row, count: number, chosen: boolean}[]} ranked */
    function drawValues(name, ranked) {
      const shown = ranked.filter(({ count, chosen }) => count > 0 || chosen);
      const most = unfolded.has(name) || shown.length <= FEW_VALUES + 1 ? shown.length : FEW_VALUES;
      const top = new Set(
        [...shown].sort((a, b) => Number(b.chosen) - Number(a.chosen) || b.count - a.count).slice(0, most),
      );
      for (const one of ranked) one.row.item.hidden = !top.has(one);
      const group = ranked[0].row.item.closest("fieldset");
      if (!group) return;
      group.hidden = !shown.length;
      group.querySelector("button")?.remove();
      if (most === shown.length) return;
      const button = makeButton(`All ${shown.length}`, () => {
        unfolded.add(name);
        drawValues(name, ranked);
        group.querySelector("input")?.focus();
      });
      group.append(button);
    }

    /** @type {Litbook.Panel["read"]} */
    function read(state) {
      for (const [name, rows] of boxes) {
        const unknown = [...(state.chosen[name] ?? [])].filter((value) => !rows.some(({ box }) => box.value === value));
        const chosen = rows.filter(({ box }) => box.checked).map(({ box }) => box.value);
        state.chosen[name] = new Set([...unknown, ...chosen]);
      }
      for (const [name, { value }] of ranges) state.chosen[name] = new Set(value ? [value] : []);
      if (boxes.size) {
        state.from = Number(years.from.value);
        state.to = Number(years.to.value);
      }
      state.sort = sort.value === "relevance" ? "" : sort.value;
    }

    panel.addEventListener("change", () => change("choice"));
    clearing.addEventListener("click", () => change("clear"));
    opener.addEventListener("click", () => toggle(!panel.hasAttribute("data-open")));
    closer.addEventListener("click", () => toggle(false));
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.hasAttribute("data-open")) return;
      event.stopPropagation();
      toggle(false);
    });
    return { draw, read };
  }

  /** Choose a year, also one of which there is no paper.
   * @param {HTMLSelectElement} select @param {number} year */
  function chooseYear(select, year) {
    const value = year ? String(year) : "";
    if (![...select.options].some((option) => option.value === value)) select.append(make("option", { value }, value));
    select.value = value;
  }

  /** @param {string} name @param {string} value */
  function label(name, value) {
    if (name === "code") return "code";
    return name === "kind" ? value.replaceAll("-", " ") : value;
  }

  /** @param {string} name @param {string} value @param {string} text @returns {Row} */
  function makeRow(name, value, text) {
    const box = make("input", { type: "checkbox", name, value });
    const count = make("span", { class: "litbook-filter-count" });
    return { box, count, item: make("li", {}, make("label", {}, box, make("span", {}, text), count)) };
  }

  globalThis.litbookPanel = { makePanel };
})();
