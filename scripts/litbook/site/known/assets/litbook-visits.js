// Remember in this browser the day of the visit before this one and the chapters that were opened, under the name of the
// review; nothing is sent. Load litbook-known.js where it has something to show.
"use strict";

(() => {
  const { root, hour, loadScript } = globalThis.litbookDom;
  const review = document.querySelector('meta[name="litbook-review"]')?.getAttribute("content") ?? "";
  const NAME = `litbook:${review}:visits`;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;

  /** Return what is stored, as far as it is valid.
   * @type {Litbook.VisitsApi["read"]} */
  function read(text) {
    /** @type {Litbook.Visits} */
    const visits = { before: "", last: "", chapters: [] };
    try {
      const stored = JSON.parse(text ?? "{}");
      for (const name of /** @type {("before" | "last")[]} */ (["before", "last"]))
        if (DAY.test(stored?.[name])) visits[name] = stored[name];
      if (Array.isArray(stored?.chapters))
        visits.chapters = stored.chapters.filter((/** @type {unknown} */ slug) => typeof slug === "string");
    } catch {
      // another script wrote here, or a write was cut short: the reader is taken as new
    }
    return visits;
  }

  /** Return the visits after a page was opened on a day.
   * @type {Litbook.VisitsApi["enter"]} */
  function enter(visits, today, path) {
    const chapter = /\/chapters\/([^/]+)\.html$/.exec(path)?.[1] ?? "";
    const chapters = chapter && !visits.chapters.includes(chapter) ? [...visits.chapters, chapter] : visits.chapters;
    return visits.last === today ? { ...visits, chapters } : { before: visits.last, last: today, chapters };
  }

  let visits = read(null);
  try {
    visits = enter(read(localStorage.getItem(NAME)), new Date().toISOString().slice(0, 10), location.pathname);
    localStorage.setItem(NAME, JSON.stringify(visits));
  } catch {
    // without storage, every visit is the first one
  }
  globalThis.litbookVisits = { visits, read, enter };

  const wanted = document.querySelector("[data-litbook-since], [data-litbook-yours]");
  const marked = Object.keys(globalThis.litbookYours?.all() ?? {}).length > 0;
  if (wanted || marked || visits.before) void loadScript(`${root}_static/litbook-known.js?v=${hour}`).catch(() => {});
})();
