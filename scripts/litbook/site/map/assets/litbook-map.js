// The map of the papers: cards, filters by theme and year, keys that walk along neighbours, and a selection that is
// saved as BibTeX. Without this script the map is a picture with links and the table stands by theme.
"use strict";

(function () {
  /** @typedef {{key: string, href: string, title: string, theme: string, number: string, year: number, data: DOMStringMap,
   *   row: HTMLTableRowElement, link: SVGAElement | undefined, x: number, y: number, shown: boolean, box: HTMLInputElement}} Paper */
  const { make, makeButton, download, keyOf, citeNames } = globalThis.litbookDom;
  const WAIT = 120, LINGER = 300; // milliseconds until a card comes and goes
  const REACH = 22;               // pixels around a mark that a finger may miss it by
  const map = document.querySelector(".litbook-map");
  const table = document.querySelector(".litbook-map-papers");
  const svg = map?.querySelector("svg");
  if (!map || !table || !svg) return;

  const links = new Map(Array.from(svg.querySelectorAll("a"), (link) => [link.getAttribute("href"), link]));
  const papers = Array.from(table.tBodies[0].rows, readPaper);
  const ofLink = new Map(papers.filter((paper) => paper.link).map((paper) => [paper.link, paper]));
  /** @type {Set<Paper>} */
  const selected = new Set();
  /** @type {Set<string>} */
  const themes = new Set();
  /** @type {{current?: Paper, carded?: Paper}} */
  let { current, carded } = {};
  let waiting = 0, leaving = 0, touched = false;

  /** @param {HTMLTableRowElement} row @returns {Paper} */
  function readPaper(row) {
    const [title, year, theme] = Array.from(row.cells, (cell) => cell.textContent.trim());
    const anchor = row.querySelector("a");
    const href = anchor.getAttribute("href");
    const link = links.get(href), mark = link?.querySelector("use");
    const key = keyOf(anchor);
    const [x, y] = ["x", "y"].map((name) => Number(mark?.getAttribute(name)));
    const box = make("input", { type: "checkbox", "aria-label": `Select ${title}` });
    const paper = { key, href, title, theme, number: row.dataset.theme, year: Number.parseInt(year, 10), data: row.dataset, row, link, x, y, shown: true, box };
    row.cells[0].prepend(box);
    box.addEventListener("change", () => toggle(paper));
    return paper;
  }

  // --- The card ---

  const card = make("div", { class: "litbook-card litbook-map-card", id: "litbook-map-card" });
  card.hidden = true;

  /** @param {Paper} paper */
  function showCard(paper) {
    hideCard();
    const year = paper.year ? String(paper.year) : "year not known";
    const lines = [
      ["title", paper.title],
      ["byline", [tellAuthors(paper), year, paper.data.venue].filter(Boolean).join(" · ")],
      ["byline", `${paper.theme} · ${paper.row.cells[3].textContent}`],
      ["quote", paper.data.gist ? `“${paper.data.gist}”` : ""],
    ];
    card.replaceChildren(...lines.filter(([, text]) => text).map(([name, text]) => make("p", { class: `litbook-card-${name}` }, text)));
    if (card.querySelector(".litbook-card-quote")) {
      card.querySelector(".litbook-card-quote").id = "litbook-map-gist";
      paper.link.setAttribute("aria-describedby", "litbook-map-gist");
    }
    const select = makeButton(selected.has(paper) ? "Deselect" : "Select", () => { toggle(paper); hideCard(); }, { tabindex: "-1" });
    card.append(make("p", { class: "litbook-map-acts" }, make("a", { href: paper.href, tabindex: "-1" }, "Open"), select));
    carded = paper;
    paper.link.classList.add("litbook-here");
    card.hidden = false;
    placeCard(paper.link.getBoundingClientRect());
  }

  /** @param {DOMRect} box */
  function placeCard(box) {
    const origin = (card.offsetParent ?? document.body).getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8));
    const below = box.bottom + card.offsetHeight + 12 < window.innerHeight || box.top < card.offsetHeight + 12;
    card.style.left = `${left - origin.left}px`;
    card.style.top = `${(below ? box.bottom + 6 : box.top - card.offsetHeight - 6) - origin.top}px`;
  }

  function stay() {
    clearTimeout(waiting);
    clearTimeout(leaving);
  }

  function hideCard() {
    stay();
    carded?.link.removeAttribute("aria-describedby");
    carded?.link.classList.remove("litbook-here");
    carded = undefined;
    card.hidden = true;
  }

  /** @param {Paper} paper */
  function tellAuthors(paper) {
    const names = (paper.data.authors ?? "").split("; ").filter(Boolean).map((name) => name.replace(/^(.*?), (.*)$/, "$2 $1"));
    return citeNames(names, 4);
  }

  // --- Selecting and saving ---

  /** @param {Paper} paper */
  function toggle(paper) {
    const chosen = !selected.delete(paper);
    if (chosen) selected.add(paper);
    paper.box.checked = chosen;
    paper.link?.classList.toggle("litbook-selected", chosen);
    const label = paper.link?.getAttribute("aria-label").replace(/, selected$/, "");
    paper.link?.setAttribute("aria-label", chosen ? `${label}, selected` : label);
    tell();
  }

  const TEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "`": "\\textasciigrave{}" };
  /** @param {string} text */
  const writeTex = (text) => text.replace(/[\\{}~^`&%$#_]/g, (sign) => TEX[sign] ?? `\\${sign}`);
  /** @param {string} name */
  const writeName = (name) => (name === "others" ? name : /,/.test(name) && !/\sand\s/i.test(name) ? writeTex(name) : `{${writeTex(name)}}`);

  /** @param {Paper} paper */
  function writeEntry({ key, title, year, data }) {
    const type = data.type || "misc";
    const fields = {
      title: `{${writeTex(title)}}`,
      author: (data.authors ?? "").split("; ").filter(Boolean).map(writeName).join(" and "),
      year: data.issued ?? (year ? String(year) : ""),
      [{ article: "journal", inproceedings: "booktitle" }[type] ?? "howpublished"]: writeTex(data.venue ?? ""),
      url: (data.url ?? "").replace(/[{}\\\s]/g, ""),
    };
    const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
    return `@${type}{${key},\n${lines.join("")}}\n`;
  }

  function save() {
    const entries = papers.filter((paper) => selected.has(paper)).map(writeEntry);
    download(entries.join("\n"), "application/x-bibtex", "selected-papers.bib");
  }

  // --- Filters ---

  const years = [...new Set(papers.map((paper) => paper.year).filter(Boolean))].sort((a, b) => a - b);
  const [since, until] = ["First year", "Last year"].map((name) => {
    const options = years.map((year) => make("option", {}, String(year)));
    const select = make("select", { "aria-label": name }, make("option", { value: "" }, "any year"), ...options);
    select.addEventListener("change", filter);
    return select;
  });
  const status = make("p", { role: "status" });
  const keys = Array.from(map.querySelectorAll(".litbook-map-legend li"), (key) => {
    const button = makeButton("", () => {
      const number = key.dataset.theme;
      if (!themes.delete(number)) themes.add(number);
      filter();
    }, { "aria-pressed": "false" });
    button.append(...key.childNodes);
    key.append(button);
    return button;
  });
  const saving = makeButton("Save the selection as BibTeX", save);
  const clearing = makeButton("Select none", () => [...selected].forEach(toggle));
  const resetting = makeButton("Show all", () => {
    themes.clear();
    since.value = until.value = "";
    filter();
  });

  function filter() {
    hideCard();
    const [first, last] = [Number(since.value) || -Infinity, Number(until.value) || Infinity];
    for (const paper of papers) {
      paper.shown = (!themes.size || themes.has(paper.number)) && (!(since.value || until.value) || (paper.year >= first && paper.year <= last));
      paper.row.hidden = !paper.shown;
      paper.link?.classList.toggle("litbook-faint", !paper.shown);
    }
    for (const button of keys) button.setAttribute("aria-pressed", String(themes.has(button.parentElement.dataset.theme)));
    for (const label of svg.querySelectorAll(".litbook-map-label")) label.classList.toggle("litbook-faint", themes.size > 0 && !themes.has(label.dataset.theme));
    setCurrent(current?.shown ? current : papers.find((paper) => paper.link && paper.shown));
    tell();
  }

  function tell() {
    const shown = papers.filter((paper) => paper.shown).length;
    status.textContent = `${shown} of ${papers.length} papers shown, ${selected.size} selected.`;
    saving.disabled = clearing.disabled = selected.size === 0;
    resetting.disabled = !themes.size && !since.value && !until.value;
  }

  // --- Keys: one tab stop, arrows to the nearest mark in their direction ---

  /** @param {Paper | undefined} paper */
  function setCurrent(paper) {
    for (const [link, other] of ofLink) link.setAttribute("tabindex", other === paper ? "0" : "-1");
    current = paper;
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  /** @param {Paper} from @param {number[]} direction */
  function findNext(from, [dx, dy]) {
    let best, least = Infinity;
    for (const paper of ofLink.values()) {
      const [x, y] = [paper.x - from.x, paper.y - from.y];
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      const way = ahead + 2 * aside;
      if (paper !== from && paper.shown && ahead > 0 && aside <= ahead && way < least) [best, least] = [paper, way];
    }
    return best;
  }

  svg.addEventListener("keydown", (event) => {
    const paper = ofLink.get(event.target.closest("a"));
    if (!paper || event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) findNext(paper, ARROWS[event.key])?.link.focus();
    else if (event.key === " ") toggle(paper);
    else return;
    event.preventDefault();
  });

  // --- Pointer and focus ---

  /** @param {Event} event */
  const paperOf = (event) => ofLink.get(event.target.closest?.("a"));
  map.addEventListener("focusin", (event) => { // not on the drawing: with such a listener it would be a tab stop itself
    const paper = paperOf(event);
    if (!paper) return;
    setCurrent(paper);
    if (paper.link.matches(":focus-visible")) showCard(paper);
  });
  map.addEventListener("focusout", (event) => { if (!card.contains(event.relatedTarget)) hideCard(); });
  svg.addEventListener("pointermove", (event) => { // and not "over": marks that scroll below a resting pointer are not meant
    const paper = paperOf(event);
    if (event.pointerType === "touch" || !paper?.shown) return;
    stay();
    if (paper !== carded) waiting = setTimeout(() => showCard(paper), WAIT);
  });
  /** @param {PointerEvent} event */
  function linger(event) {
    stay();
    if (event.pointerType !== "touch" && !carded?.link.matches(":focus-visible")) leaving = setTimeout(hideCard, LINGER);
  }
  for (const part of [svg, card]) part.addEventListener("pointerout", linger);
  card.addEventListener("pointerover", stay);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideCard(); });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (carded && !card.contains(event.target) && !svg.contains(event.target)) hideCard();
  });

  /** @param {MouseEvent} event */
  function findTouched({ clientX, clientY }) {
    const away = (paper) => {
      const box = paper.link.getBoundingClientRect();
      return Math.hypot(box.x + box.width / 2 - clientX, box.y + box.height / 2 - clientY);
    };
    const near = [...ofLink.values()].filter((paper) => paper.shown && away(paper) < REACH);
    return near.sort((a, b) => away(a) - away(b))[0];
  }

  // A finger shows the card of the nearest paper first, and opens the paper with the second tap.
  svg.addEventListener("click", (event) => {
    const paper = touched ? findTouched(event) : paperOf(event);
    if (event.shiftKey && paper) {
      event.preventDefault();
      toggle(paper);
    } else if (touched && (!paper || paper !== carded || paper !== paperOf(event))) {
      event.preventDefault();
      if (paper) showCard(paper);
      else hideCard();
    }
  });
  window.addEventListener("resize", hideCard);

  // --- The table: sorted by its heads ---

  const compare = new Intl.Collator("en", { numeric: true }).compare;
  for (const [at, head] of Array.from(table.tHead.rows[0].cells).entries()) {
    head.replaceChildren(makeButton(head.textContent, () => {
      const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
      const order = (row) => row.cells[at].textContent;
      table.tBodies[0].append(...Array.from(table.tBodies[0].rows).sort((a, b) => turn * compare(order(a), order(b))));
    }));
  }

  map.append(make("div", { class: "litbook-map-tools" }, make("p", {}, "Years from ", since, " to ", until, resetting), status, make("p", {}, saving, clearing)));
  (map.closest("article") ?? document.body).append(card);
  filter();
})();
