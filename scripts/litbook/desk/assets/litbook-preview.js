"use strict";
// The preview's part of each page: it shows a page again when its file has changed, what is wrong with the review, and
// what is still to do here. Nothing of it is in the published site.
(() => {
  const { make, makeButton, count } = litbookDom;
  const SCROLL = "litbook-preview-scroll";
  /** Return the address of this page, relative to the site's root. */
  function ownPage() {
    const path = decodeURIComponent(location.pathname).slice(1);
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  }

  // --- In place: the same page, at the same place ---

  function reload() {
    sessionStorage.setItem(SCROLL, JSON.stringify({ page: ownPage(), y: window.scrollY }));
    location.reload();
  }

  function restoreScroll() {
    const kept = JSON.parse(sessionStorage.getItem(SCROLL) ?? "null");
    sessionStorage.removeItem(SCROLL);
    if (kept?.page !== ownPage()) return;
    history.scrollRestoration = "manual";
    const back = () => window.scrollTo({ top: kept.y, behavior: "instant" });
    back();
    document.fonts.ready.then(back);
  }

  // --- The editor ---

  let editor = "";

  /**
   * Open a file of the review in the editor, and say where that fails.
   * @param {string} file
   * @param {number} line
   */
  async function edit(file, line) {
    const answer = await fetch("/_litbook/edit", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Litbook": "1" },
      body: JSON.stringify({ file, line }),
    });
    if (!answer.ok) say(`${await answer.text()} (${file}:${line})`);
  }

  /**
   * Return a button that opens a place in the editor; without an editor, the place as text.
   * @param {{file: string, line: number}} place
   */
  function makePlace({ file, line }) {
    const text = line ? `${file}:${line}` : file;
    if (!editor || !file.includes(".")) return make("span", { class: "litbook-preview-place" }, text);
    const attributes = { class: "litbook-preview-place", title: `Open in ${editor}` };
    return makeButton(text, () => void edit(file, line), attributes);
  }

  /**
   * Put a link to its line in the editor beside each paragraph, heading and list item.
   * @param {string} file
   * @param {[number, string][]} blocks
   */
  function offerEdits(file, blocks) {
    for (const old of document.querySelectorAll(".litbook-preview-edit")) old.remove();
    if (!editor) return;
    const found = document.querySelectorAll("article :is(h1, h2, h3, h4, p, li:not(:has(> p)))");
    const elements = [...found].filter((element) => !element.closest("nav, .litbook-contents, .litbook-crumbs"));
    const lines = litbookLines.matchLines(
      blocks,
      elements.map((element) => element.textContent ?? ""),
    );
    elements.forEach((element, at) => {
      const line = lines[at] ?? 0;
      if (!line) return;
      const label = `Edit ${file}, line ${line}`;
      const attributes = { class: "litbook-preview-edit", "aria-label": label };
      element.append(makeButton("edit", () => void edit(file, line), attributes));
    });
  }

  // --- The panel ---

  /** @typedef {{file: string, line: number, what: string, remedy: string}} Fault */
  /** @typedef {{papers: number, cited: number, sentences: number, citing: number, joining: number}} Gauge */
  /** @type {{building: boolean, waiting: number, faults: Fault[], warnings: Fault[]}} */
  let state = { building: true, waiting: 0, faults: [], warnings: [] };
  /** @type {{file: string, blocks: [number, string][], tasks: Fault[], gauge: Gauge | null}} */
  let here = { file: "", blocks: [], tasks: [], gauge: null };
  let serial = -1;

  const status = make("p", { class: "litbook-preview-status", role: "status" });
  const lists = make("div", { class: "litbook-preview-lists" });
  const panel = make("aside", { class: "litbook-preview", "aria-label": "Preview" }, lists, status);
  const kept = new Map([
    ["tasks", false],
    ["warnings", false],
  ]);

  /** @param {string} text */
  function say(text) {
    status.replaceChildren(make("strong", {}, text.trim()));
  }

  /** @param {Fault[]} faults */
  function makeList(faults) {
    const items = faults.map((fault) =>
      make(
        "li",
        {},
        makePlace(fault),
        make("span", { class: "litbook-preview-what" }, fault.what),
        ...(fault.remedy ? [make("span", { class: "litbook-preview-remedy" }, fault.remedy)] : []),
      ),
    );
    return make("ul", {}, ...items);
  }

  /**
   * Return a list that can be folded, and stays as the reader left it.
   * @param {string} name
   * @param {string} title
   * @param {Fault[]} faults
   */
  function makeFold(name, title, faults) {
    const fold = make("details", {}, make("summary", {}, title), makeList(faults));
    if (kept.get(name)) fold.setAttribute("open", "");
    fold.addEventListener("toggle", () => kept.set(name, fold.hasAttribute("open")));
    return fold;
  }

  function makeGauge() {
    const gauge = here.gauge;
    if (!gauge) return [];
    const share = gauge.sentences ? Math.round((100 * gauge.citing) / gauge.sentences) : 0;
    const joining = gauge.citing ? Math.round((100 * gauge.joining) / gauge.citing) : 0;
    const meter = make("meter", { min: "0", max: String(gauge.papers || 1), value: String(gauge.cited) });
    meter.setAttribute("aria-label", "Papers of this theme that the chapter cites");
    const text = `${gauge.cited} of ${count(gauge.papers, "paper")} cited · ${share}% of sentences cite, ${joining}% of these join papers`;
    return [make("span", { class: "litbook-preview-gauge" }, meter, text)];
  }

  function draw() {
    const { faults, warnings } = state;
    const parts = [];
    if (faults.length) {
      const title = make("p", { class: "litbook-preview-title" }, make("strong", {}, count(faults.length, "fault")));
      title.append("; the page shows the last build without any.");
      parts.push(title, makeList(faults));
    }
    if (warnings.length) parts.push(makeFold("warnings", count(warnings.length, "warning"), warnings));
    if (here.tasks.length) parts.push(makeFold("tasks", `${here.tasks.length} to do here`, here.tasks));
    lists.replaceChildren(...parts);
    const rest = state.waiting ? `Up to date, but for ${count(state.waiting, "notebook")} still to run` : "Up to date";
    const saying = state.building ? "Building …" : faults.length ? "Waiting for the next save" : rest;
    status.replaceChildren(make("span", { class: "litbook-preview-dot" }), saying, ...makeGauge());
    panel.classList.toggle("litbook-preview-building", state.building);
    panel.classList.toggle("litbook-preview-faulty", faults.length > 0);
    document.documentElement.style.setProperty("--litbook-preview-height", `${panel.offsetHeight}px`);
  }

  async function describe() {
    const answer = await fetch(`/_litbook/page?${new URLSearchParams({ page: ownPage() })}`);
    if (!answer.ok) return;
    const described = await answer.json();
    editor = described.editor;
    here = described;
    offerEdits(here.file, here.blocks);
    draw();
  }

  /** @param {any} event */
  function hear(event) {
    if (event.event === "page") {
      if (event.page === ownPage()) reload();
    } else if (event.event === "tasks") {
      describe();
    } else {
      const waits = document.querySelector("[data-litbook-missing]");
      if (event.serial < serial || (waits && serial !== -1 && event.serial > serial && !event.faults.length)) reload();
      serial = event.serial;
      state = event;
      draw();
    }
  }

  function start() {
    document.body.append(panel);
    restoreScroll();
    draw();
    describe();
    const events = new EventSource(`/_litbook/events?page=${encodeURIComponent(ownPage())}`);
    events.addEventListener("message", (message) => hear(JSON.parse(message.data)));
    events.addEventListener("error", () => say("The preview has ended. Start it again with: litbook preview"));
    window.addEventListener("pagehide", () => events.close());
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  start();
})();
