// Show what the reader already knows: their marks at citations, in tables and tensions; what changed since their last
// visit; and what to read next. Loaded by litbook-visits.js.
"use strict";

(() => {
  const { root, hour, make, loadScript, addressOf, keyOf, count } = globalThis.litbookDom;
  const { visits } = globalThis.litbookVisits;
  const MOST = 5;
  const HOWS = new Map([
    ["new", "new"],
    ["retouched", "title or abstract changed"],
    ["noticed", "retraction or correction"],
    ["moved", "moved to another theme"],
    ["excluded", "excluded"],
    ["readmitted", "no longer excluded"],
    ["dropped", "no longer in any source"],
  ]);

  /** Return what happened after a day.
   * @type {Litbook.Known["findSince"]} */
  function findSince(changes, day) {
    return {
      papers: changes.papers.filter((item) => item.date > day && HOWS.has(item.how)),
      sections: changes.sections.filter((item) => item.date > day),
    };
  }

  /** Return the papers that the opened chapters cite most and that are not read, with the chapters that cite them.
   * @type {Litbook.Known["findNext"]} */
  function findNext(chapters, opened, isRead) {
    /** @type {Map<string, Litbook.NextPaper>} */
    const found = new Map();
    for (const chapter of chapters) {
      if (!opened.includes(chapter.slug)) continue;
      for (const [key, title, label, times] of chapter.cites) {
        if (isRead(key)) continue;
        const paper = found.get(key) ?? { key, title, label, times: 0, by: [] };
        paper.times += times;
        paper.by.push([chapter.name, times]);
        found.set(key, paper);
      }
    }
    return [...found.values()]
      .sort((one, other) => other.times - one.times || (one.key < other.key ? -1 : 1))
      .slice(0, MOST);
  }

  /** Return what a reader's marks say of a paper in one word, or nothing.
   * @type {Litbook.Known["nameMark"]} */
  function nameMark(marks, isNew) {
    if (marks.state) return marks.state;
    if (marks.starred) return "starred";
    if (marks.note) return "noted";
    return isNew ? "new" : "";
  }

  // --- At citations, in tables and tensions ---

  /** @param {ReadonlySet<string>} added */
  function markLinks(added) {
    const yours = globalThis.litbookYours;
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = document.querySelectorAll(
      ".bibtex-citation a, .litbook-evidence td:first-child a, .litbook-tension .attribution a",
    );
    for (const link of links) {
      const key = keyOf(link);
      const word = key && yours ? nameMark(yours.get(key), added.has(key)) : "";
      if (word) link.dataset.known = word;
      else delete link.dataset.known;
    }
  }

  // --- The page of changes, and the reader's own page ---

  /** @param {string} name @param {() => unknown} find */
  async function load(name, find) {
    if (!find()) await loadScript(`${root}${name}.js?v=${hour}`);
    return find();
  }

  const loadChanges = async () => {
    await load("changes", () => globalThis.litbookChanges);
    return globalThis.litbookChanges ?? { version: 1, papers: [], sections: [] };
  };

  /** @param {string} href @param {string} text @param {string} more */
  const makeLine = (href, text, more) =>
    make("li", {}, make("a", { href }, text), " ", make("span", { class: "litbook-by" }, more));

  /** @param {Element} place */
  async function drawSince(place) {
    const heading = make("h2", {}, "Since your last visit");
    if (!visits.before) {
      place.replaceChildren(
        heading,
        make("p", {}, "This is your first visit with this browser. Next time, what is new will be listed here."),
      );
      return;
    }
    const { papers, sections } = findSince(await loadChanges(), visits.before);
    const lines = [
      ...papers.map((item) => makeLine(addressOf(item.citekey), item.title, HOWS.get(item.how) ?? item.how)),
      ...sections.map((item) => makeLine(`${root}${item.url}`, `${item.page}: ${item.heading}`, "section rewritten")),
    ];
    const said = lines.length ? `After ${visits.before}:` : `Nothing has changed after ${visits.before}.`;
    place.replaceChildren(heading, make("p", {}, said), ...(lines.length ? [make("ul", {}, ...lines)] : []));
  }

  /** @param {Element} place */
  async function drawVersions(place) {
    await load("_static/litbook-versions", () => globalThis.litbookVersions);
    globalThis.litbookVersions?.draw(place, await loadChanges());
  }

  /** @param {Element} place */
  async function drawNext(place) {
    await load("reading", () => globalThis.litbookReading);
    const isRead = (/** @type {string} */ key) => globalThis.litbookYours?.get(key).state === "read";
    const found = findNext(globalThis.litbookReading ?? [], visits.chapters, isRead);
    const heading = make("h2", { id: "your-next" }, "What should I read next?");
    const lines = found.map(({ key, title, label, by }) => {
      const reason = by.map(([name, times]) => `${count(times, "time")} in ${name}`).join(", ");
      const cited = `Cited ${reason}.`;
      return makeLine(addressOf(key), title, label ? `${label}. ${cited}` : cited);
    });
    const empty = visits.chapters.length
      ? "You have read every paper that the chapters you opened cite."
      : "Open a chapter first: what it cites most will be suggested here.";
    if (!lines.length) return place.replaceChildren(heading, make("p", {}, empty));
    const why = "What the chapters that you opened cite most, without the papers that you marked as read.";
    place.replaceChildren(heading, make("p", { class: "litbook-aside" }, why), make("ol", {}, ...lines));
  }

  async function start() {
    const since = document.querySelector("[data-litbook-since]");
    const own = document.querySelector("[data-litbook-yours]");
    if (since) await Promise.all([drawSince(since), drawVersions(since)]);
    if (own) {
      const place = make("section", { "aria-labelledby": "your-next", class: "litbook-next" });
      const marked = own.querySelector("[data-groups]");
      if (marked) marked.after(place);
      else own.append(place);
      await drawNext(place);
      globalThis.litbookYours?.subscribe(() => void drawNext(place));
    }
    const draw = (/** @type {ReadonlySet<string>} */ added) => {
      markLinks(added);
      globalThis.litbookYours?.subscribe(() => markLinks(added));
    };
    if (!visits.before) return draw(new Set());
    const { papers } = findSince(await loadChanges(), visits.before);
    draw(new Set(papers.filter((item) => item.how === "new").map((item) => item.citekey)));
  }

  globalThis.litbookKnown = { findSince, findNext, nameMark };
  void start();
})();
