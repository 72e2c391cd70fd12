// The map of the papers: cards, filters by theme and year, arrow keys that move to neighbours, and a selection that is
// saved as BibTeX. Without this script the map is a picture with links, and the table is sorted by theme. What the table
// does not say of a paper comes from the index, with `litbook-details.js`, once a card or an export needs it.
"use strict";

(() => {
  /** @typedef {{key: string, href: string, title: string, theme: string, number: string, year: number,
   *   row: HTMLTableRowElement, link: SVGAElement | undefined, x: number, y: number, shown: boolean,
   *   box: HTMLInputElement}} Paper */
  const { root, hour, make, makeButton, find, keyOf, citeNames, loadScript } = globalThis.litbookDom;
  const WAIT = 120,
    LINGER = 300; // milliseconds until a card appears and disappears
  const REACH = 22; // pixels by which a finger may miss a mark
  /** @type {HTMLElement | null} */
  const region = document.querySelector(".litbook-map");
  /** @type {HTMLTableElement | null} */
  const listing = document.querySelector(".litbook-map-papers");
  const drawing = region?.querySelector("svg");
  if (!region || !listing || !drawing) return;
  const [map, svg] = [region, drawing];
  const [body, heads] = [listing.tBodies[0], Array.from(find(listing, "thead tr", HTMLTableRowElement).cells)];

  /** @type {NodeListOf<SVGAElement>} */
  const marks = svg.querySelectorAll("a[href]");
  const links = new Map(Array.from(marks, (link) => [link.getAttribute("href"), link]));
  const papers = Array.from(body.rows, readPaper);
  const ofLink = new Map(papers.flatMap((paper) => (paper.link ? [[paper.link, paper]] : [])));
  /** @type {Set<Paper>} */
  const selected = new Set();
  /** @type {Set<string>} */
  const themes = new Set();
  /** @type {Paper | undefined} */
  let current;
  /** @type {Paper | undefined} */
  let carded;
  let waiting = 0,
    leaving = 0,
    touched = false;

  /** @param {HTMLTableRowElement} row @returns {Paper} */
  function readPaper(row) {
    const [title, year, theme] = Array.from(row.cells, (cell) => cell.textContent.trim());
    const anchor = find(row, "a", HTMLAnchorElement);
    const href = anchor.getAttribute("href") ?? "";
    const link = links.get(href),
      mark = link?.querySelector("use");
    const key = keyOf(anchor);
    const number = row.dataset.theme ?? "";
    const label = link?.getAttribute("aria-label") ?? "";
    link?.setAttribute(
      "aria-label",
      label.replace(/^.* …(?=, )/, () => title),
    ); // the page has titles cut short
    const [x, y] = ["x", "y"].map((name) => Number(mark?.getAttribute(name)));
    const box = make("input", { type: "checkbox", "aria-label": `Select ${title}` });
    const paper = {
      key,
      href,
      title,
      theme,
      number,
      year: Number.parseInt(year, 10),
      row,
      link,
      x,
      y,
      shown: true,
      box,
    };
    row.cells[0].prepend(box);
    box.addEventListener("change", () => toggle(paper));
    return paper;
  }

  // --- The card ---

  const card = make("div", { class: "litbook-card litbook-map-card", id: "litbook-map-card", hidden: "" });

  /** @param {Paper} paper */
  function showCard(paper) {
    hideCard();
    const { link } = paper;
    if (!link) return;
    carded = paper;
    link.classList.add("litbook-here");
    drawCard(paper);
    void tellMore(paper);
  }

  /** @param {Paper} paper */
  async function tellMore(paper) {
    try {
      const details = await (await needDetails()).load([paper.key]);
      if (carded === paper) drawCard(paper, details.get(paper.key));
    } catch {
      // where the index cannot be loaded, the card says what the table does
    }
  }

  /** Draw the card: at once with what the table says, and again when more is known.
   * @param {Paper} paper @param {Partial<Litbook.Detail>} [detail] */
  function drawCard(paper, { authors = [], venue = "", gist = "" } = {}) {
    const year = paper.year ? String(paper.year) : "year unknown";
    const lines = [
      ["title", paper.title],
      ["byline", [citeNames(authors, 4), year, venue].filter(Boolean).join(" · ")],
      ["byline", `${paper.theme} · ${paper.row.cells[3].textContent}`],
      ["quote", gist ? `“${gist}”` : ""],
    ];
    card.replaceChildren(
      ...lines.filter(([, text]) => text).map(([name, text]) => make("p", { class: `litbook-card-${name}` }, text)),
    );
    const quote = card.querySelector(".litbook-card-quote");
    if (quote) {
      quote.id = "litbook-map-gist";
      paper.link?.setAttribute("aria-describedby", quote.id);
    }
    const select = makeButton(
      selected.has(paper) ? "Deselect" : "Select",
      () => {
        toggle(paper);
        hideCard();
      },
      { tabindex: "-1" },
    );
    card.append(
      make("p", { class: "litbook-map-acts" }, make("a", { href: paper.href, tabindex: "-1" }, "Open"), select),
    );
    card.hidden = false;
    if (paper.link) placeCard(paper.link.getBoundingClientRect());
  }

  /** Return what loads the details of papers. */
  async function needDetails() {
    if (!globalThis.litbookDetails) await loadScript(`${root}_static/litbook-details.js?${hour}`);
    return /** @type {Litbook.Details} */ (globalThis.litbookDetails);
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
    carded?.link?.removeAttribute("aria-describedby");
    carded?.link?.classList.remove("litbook-here");
    carded = undefined;
    card.hidden = true;
  }

  // --- Selecting and saving ---

  /** @param {Paper} paper */
  function toggle(paper) {
    const chosen = !selected.delete(paper);
    if (chosen) selected.add(paper);
    paper.box.checked = chosen;
    paper.link?.classList.toggle("litbook-selected", chosen);
    const label = (paper.link?.getAttribute("aria-label") ?? "").replace(/, selected$/, "");
    paper.link?.setAttribute("aria-label", chosen ? `${label}, selected` : label);
    drawState();
  }

  async function save() {
    const keys = papers.filter((paper) => selected.has(paper)).map(({ key }) => key);
    try {
      await needDetails();
      await globalThis.litbookExport?.save(keys, "bib", "selected-papers");
    } catch {
      status.textContent = "The selection cannot be saved: the index of the papers did not load.";
    }
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
  /** @type {NodeListOf<HTMLElement>} */
  const legend = map.querySelectorAll(".litbook-map-legend [data-theme]");
  const keys = Array.from(legend, (key) => {
    const number = key.dataset.theme ?? "";
    const button = makeButton(
      "",
      () => {
        if (!themes.delete(number)) themes.add(number);
        filter();
      },
      { "aria-pressed": "false" },
    );
    button.append(...key.childNodes);
    key.append(button);
    return { button, number };
  });
  /** @type {NodeListOf<SVGElement>} */
  const labels = svg.querySelectorAll(".litbook-map-label");
  const saving = makeButton("Save the selection as BibTeX", () => void save());
  const clearing = makeButton("Clear selection", () => [...selected].forEach(toggle));
  const resetting = makeButton("Show all", () => {
    themes.clear();
    since.value = until.value = "";
    filter();
  });

  const named = new Map(papers.map(({ number, theme }) => [number, theme]));

  function readAddress() {
    const asked = litbookMapAddress.read(location.search);
    for (const [number, theme] of named) if (asked.themes.includes(theme)) themes.add(number);
    [since.value, until.value] = [asked.since, asked.until].map((year) => (years.includes(Number(year)) ? year : ""));
  }

  function filter() {
    hideCard();
    const names = [...themes].map((number) => named.get(number) ?? "");
    litbookMapAddress.save({ themes: names, since: since.value, until: until.value });
    const [first, last] = [Number(since.value) || -Infinity, Number(until.value) || Infinity];
    for (const paper of papers) {
      paper.shown =
        (!themes.size || themes.has(paper.number)) &&
        (!(since.value || until.value) || (paper.year >= first && paper.year <= last));
      paper.row.hidden = !paper.shown;
      paper.link?.classList.toggle("litbook-faint", !paper.shown);
    }
    for (const { button, number } of keys) button.setAttribute("aria-pressed", String(themes.has(number)));
    for (const label of labels)
      label.classList.toggle("litbook-faint", themes.size > 0 && !themes.has(label.dataset.theme ?? ""));
    setCurrent(current?.shown ? current : papers.find((paper) => paper.link && paper.shown));
    drawState();
  }

  function drawState() {
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

  /** @type {Record<string, [dx: number, dy: number]>} */
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  /** Return the nearest shown paper in a direction; distance sideways counts double.
   * @param {Paper} from @param {[dx: number, dy: number]} direction */
  function findNext(from, [dx, dy]) {
    /** @type {Paper | undefined} */
    let best;
    let least = Infinity;
    for (const paper of ofLink.values()) {
      const [x, y] = [paper.x - from.x, paper.y - from.y];
      const ahead = x * dx + y * dy,
        aside = Math.abs(x * dy) + Math.abs(y * dx);
      const way = ahead + 2 * aside;
      if (paper !== from && paper.shown && ahead > 0 && aside <= ahead && way < least) [best, least] = [paper, way];
    }
    return best;
  }

  /** @param {Event} event */
  function paperOf({ target }) {
    /** @type {SVGAElement | null} */
    const link = target instanceof Element ? target.closest("a[href]") : null;
    return link ? ofLink.get(link) : undefined;
  }

  svg.addEventListener("keydown", (event) => {
    const paper = paperOf(event);
    if (!paper || event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) findNext(paper, ARROWS[event.key])?.link?.focus();
    else if (event.key === " ") toggle(paper);
    else return;
    event.preventDefault();
  });

  // --- Pointer and focus ---

  map.addEventListener("focusin", (event) => {
    // not on the drawing, which would become a tab stop itself
    const paper = paperOf(event);
    if (!paper) return;
    setCurrent(paper);
    if (paper.link?.matches(":focus-visible")) showCard(paper);
  });
  map.addEventListener("focusout", (event) => {
    if (!isIn(card, event.relatedTarget)) hideCard();
  });
  svg.addEventListener("pointermove", (event) => {
    // not "pointerover", which also comes when marks scroll below a resting pointer
    const paper = paperOf(event);
    if (event.pointerType === "touch" || !paper?.shown) return;
    stay();
    if (paper !== carded) waiting = setTimeout(() => showCard(paper), WAIT);
  });
  /** @param {PointerEvent} event */
  function linger(event) {
    stay();
    if (event.pointerType !== "touch" && !carded?.link?.matches(":focus-visible"))
      leaving = setTimeout(hideCard, LINGER);
  }
  svg.addEventListener("pointerout", linger);
  card.addEventListener("pointerout", linger);
  card.addEventListener("pointerover", stay);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideCard();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (carded && !isIn(card, event.target) && !isIn(svg, event.target)) hideCard();
  });

  /** @param {Element} part @param {EventTarget | null} target */
  function isIn(part, target) {
    return target instanceof Node && part.contains(target);
  }

  /** Return the shown paper whose mark is nearest to a touch.
   * @param {MouseEvent} event */
  function findTouched({ clientX, clientY }) {
    /** @type {Paper | undefined} */
    let nearest;
    let least = REACH;
    for (const [link, paper] of ofLink) {
      const box = link.getBoundingClientRect();
      const away = Math.hypot(box.x + box.width / 2 - clientX, box.y + box.height / 2 - clientY);
      if (paper.shown && away < least) [nearest, least] = [paper, away];
    }
    return nearest;
  }

  // The first tap shows the card of the nearest paper, the second opens the paper.
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

  const { compare } = new Intl.Collator("en", { numeric: true });
  for (const [at, head] of heads.entries()) {
    head.replaceChildren(
      makeButton(head.textContent, () => {
        const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
        const textOf = (/** @type {HTMLTableRowElement} */ row) => row.cells[at].textContent;
        body.append(...Array.from(body.rows).sort((a, b) => turn * compare(textOf(a), textOf(b))));
      }),
    );
  }

  map.append(
    make(
      "div",
      { class: "litbook-map-tools" },
      make("p", {}, "First versions from ", since, " to ", until, resetting),
      status,
      make("p", {}, saving, clearing),
    ),
  );
  (map.closest("article") ?? document.body).append(card);
  readAddress();
  filter();
})();
