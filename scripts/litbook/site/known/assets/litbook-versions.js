// Compare two versions of the review on the page "What changed": what became of papers, and which sections were
// rewritten, between two days. Loaded by litbook-known.js; the address holds the choice.
"use strict";

(() => {
  const { root, make, addressOf, count } = globalThis.litbookDom;
  const HEADINGS = new Map([
    ["new", "New papers"],
    ["noticed", "Retracted, withdrawn, corrected or cleared"],
    ["retouched", "Title or abstract changed"],
    ["moved", "Moved to another theme"],
    ["excluded", "Excluded"],
    ["readmitted", "No longer excluded"],
    ["dropped", "No longer in any source"],
  ]);
  const MONTH = 30 * 24 * 3600 * 1000; // in milliseconds
  const COMES = ["new", "readmitted"];
  const GOES = ["excluded", "dropped"];

  /** Return the versions, newest first: each day with a change and each release, under the name that readers choose.
   * @type {Litbook.VersionsApi["listVersions"]} */
  function listVersions(changes) {
    const names = new Map((changes.releases ?? []).map(({ date, version }) => [date, version]));
    const days = new Set([...changes.papers, ...changes.sections].map((item) => item.date));
    return [...new Set([...days, ...names.keys()])]
      .sort()
      .reverse()
      .map((date) => ({
        date,
        name: names.has(date) ? `${sayDate(date)}, version ${names.get(date)}` : sayDate(date),
      }));
  }

  /** Return a day as people write it: "3 February 2031".
   * @param {string} date */
  function sayDate(date) {
    const day = new Date(`${date}T00:00:00Z`);
    return day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  /** Return which version to begin with: the newest that is a month older than the last, or the first of all.
   * @type {Litbook.VersionsApi["chooseFirst"]} */
  function chooseFirst(versions) {
    const last = Date.parse(versions[0]?.date ?? "");
    const found = versions.findIndex(({ date }) => last - Date.parse(date) >= MONTH);
    return found < 0 ? versions.length - 1 : found;
  }

  /** Return what is different on a later day: one entry for a paper, since what was undone in between does not count.
   * @type {Litbook.VersionsApi["compareVersions"]} */
  function compareVersions(changes, before, after) {
    const within = (/** @type {{ date: string }} */ item) => item.date > before && item.date <= after;
    /** @type {Map<string, Litbook.ReviewChanges["papers"]>} */
    const steps = new Map();
    for (const item of changes.papers.filter(within).reverse())
      if (HEADINGS.has(item.how)) steps.set(item.citekey, [...(steps.get(item.citekey) ?? []), item]);
    const papers = [...steps.values()].flatMap(sumUp);
    return { papers, sections: changes.sections.filter(within) };
  }

  /** @param {Litbook.ReviewChanges["papers"]} steps what happened to one paper, oldest first */
  function sumUp(steps) {
    const came = steps.find((item) => [...COMES, ...GOES].includes(item.how));
    const went = steps.findLast((item) => [...COMES, ...GOES].includes(item.how));
    const others = steps.filter((item) => !COMES.includes(item.how) && !GOES.includes(item.how));
    if (came && went) {
      const [before, after] = [GOES.includes(came.how), COMES.includes(went.how)]; // was it there, is it there
      if (!before && !after) return [];
      if (!before) return [came];
      if (!after) return [went];
    }
    const noticed = others.filter((item) => item.how === "noticed"); // what a reader should know before all else
    return (noticed.length ? noticed : others).slice(-1);
  }

  /** @param {Litbook.ReviewChanges["papers"]} papers */
  function drawPapers(papers) {
    return [...HEADINGS].flatMap(([how, heading]) => {
      const found = papers.filter((item) => item.how === how);
      const lines = found.map(({ citekey, title, how: kind }) =>
        make("li", {}, kind === "dropped" ? title : make("a", { href: addressOf(citekey) }, title)),
      );
      return found.length ? [make("h3", {}, `${heading}: ${found.length}`), make("ul", {}, ...lines)] : [];
    });
  }

  /** @param {Litbook.ReviewChanges["sections"]} sections */
  function drawSections(sections) {
    const pages = new Map(sections.map(({ page }) => [page, sections.filter((item) => item.page === page)]));
    const lines = [...pages].map(([page, items]) => {
      const links = items
        .filter(({ heading: name }) => name !== page || items.length === 1)
        .map(({ url, heading: name }) => make("a", { href: `${root}${url}` }, name));
      const parts = links.flatMap((link, at) => (at ? [", ", link] : [link]));
      return make("li", {}, ...(items.length === 1 && items[0]?.heading === page ? [] : [`${page}: `]), ...parts);
    });
    const heading = `Sections rewritten: ${sections.length}`;
    return sections.length ? [make("h3", {}, heading), make("ul", {}, ...lines)] : [];
  }

  /** Draw the choice and its result below a place.
   * @type {Litbook.VersionsApi["draw"]} */
  function draw(place, changes) {
    const versions = listVersions(changes);
    if (versions.length < 2) return;
    const asked = new URLSearchParams(location.search);
    /** @param {string} name @param {number} fallback */
    const choose = (name, fallback) => {
      const options = versions.map(({ date, name: label }) => make("option", { value: date }, label));
      const select = /** @type {HTMLSelectElement} */ (make("select", { name }, ...options));
      const wanted = versions.findIndex(({ date }) => date === asked.get(name));
      select.selectedIndex = wanted < 0 ? fallback : wanted;
      return select;
    };
    const [from, to] = [choose("from", chooseFirst(versions)), choose("to", 0)];
    const result = make("div", { "aria-live": "polite" });
    const show = () => {
      const [before, after] = [from.value, to.value].sort();
      const { papers, sections } = compareVersions(changes, before, after);
      const nothing = papers.length + sections.length === 0;
      const said = nothing
        ? `No difference between ${sayDate(before)} and ${sayDate(after)}.`
        : `Between ${sayDate(before)} and ${sayDate(after)}: ${[
            ...(papers.length ? [count(papers.length)] : []),
            ...(sections.length ? [count(sections.length, "section")] : []),
          ].join(" and ")}.`;
      result.replaceChildren(make("p", {}, said), ...drawPapers(papers), ...drawSections(sections));
    };
    for (const select of [from, to])
      select.addEventListener("change", () => {
        show();
        history.replaceState(null, "", `?from=${from.value}&to=${to.value}${location.hash}`);
      });
    const heading = make("h2", { id: "compare-versions" }, "Compare two versions");
    const choice = make(
      "p",
      { class: "litbook-versions" },
      make("label", {}, "From ", from),
      " ",
      make("label", {}, "to ", to),
    );
    place.after(make("section", { "aria-labelledby": "compare-versions" }, heading, choice, result));
    show();
  }

  globalThis.litbookVersions = { listVersions, compareVersions, chooseFirst, draw };
})();
