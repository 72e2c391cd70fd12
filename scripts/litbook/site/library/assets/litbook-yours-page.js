// Draw the page "Your papers": what is marked, the files that it is exported to and imported from, and how to forget it.
// Titles, names and notes reach the page only as text.
"use strict";

(function () {
  const { root, make, makeButton, loadScript, download, addressOf, count } = globalThis.litbookDom;
  const SHOWN = 100; // papers of a group that are shown at once
  const GONE = "This review does not have this paper at the moment.";
  const GROUPS = [
    { name: "Starred", has: (entry) => entry.starred, remove: "Remove the star", fields: { starred: false } },
    { name: "To read", has: (entry) => entry.state === "to read", remove: "Not to read", fields: { state: "" } },
    { name: "Read", has: (entry) => entry.state === "read", remove: "Not read", fields: { state: "" } },
    { name: "With notes", has: (entry) => entry.note !== "", remove: "Delete the note", fields: { note: "" } },
  ];
  const yours = globalThis.litbookYours;
  const formats = globalThis.litbookYoursFormats;
  /** @type {any} */
  const region = document.querySelector("[data-litbook-yours]");
  if (!region || !yours || !formats) return;
  /** @param {string} selector @returns {any} */
  const find = (selector) => region.querySelector(selector);
  const [body, groups, notice, status] = ["[data-body]", "[data-groups]", "[data-notice]", ".litbook-yours-status"].map(find);
  const review = document.querySelector('meta[name="litbook-review"]')?.getAttribute("content") ?? "";
  const reviewTitle = document.title.replace(/^Your papers - /, "");
  /** @type {Promise<{papers: any[], byKey: Map<string, any>, themes: string[][]}> | undefined} */
  let loading;
  const open = new Set(); // groups of which a reader asked for all

  /** Load what names the papers of this review, once. */
  function loadPapers() {
    const src = `${root}search-index/identify.js${region.dataset.index ? `?v=${region.dataset.index}` : ""}`;
    loading ??= loadScript(src, "The list of papers could not be loaded.")
      .then(() => unpack(globalThis.litbookIndex.find((/** @type {any} */ part) => part.part === "identify")));
    return loading;
  }

  /** @param {any} part */
  function unpack(part) {
    const [dois, arxiv] = [part.dois.split(" "), part.arxiv.split(" ")];
    const papers = part.titles.length ? part.keys.split(" ").map((/** @type {string} */ key, /** @type {number} */ at) => ({
      key, title: part.titles[at], by: part.by[at], year: part.years[at], doi: dois[at], arxiv: arxiv[at], theme: part.placed[at],
    })) : [];
    return { papers, byKey: new Map(papers.map((/** @type {any} */ paper) => [paper.key, paper])), themes: part.themes };
  }

  /** Return an item of a list: the title as a link, who wrote it, and what comes after.
   * @param {string} key @param {any} paper what is known of it @param {...Node} more */
  function makeItem(key, paper, ...more) {
    const title = paper ? make("a", { href: addressOf(key) }, paper.title) : make("span", { class: "litbook-gone" }, key);
    const by = paper ? [paper.by, paper.year || ""].filter(Boolean).join(", ") : GONE;
    return make("li", { "data-paper": key }, title, " ", make("span", { class: "litbook-by" }, by), ...more);
  }

  /** Say what happened, with a way back where there is one.
   * @param {string} text @param {Map<string, any>} [before] */
  function report(text, before) {
    status.replaceChildren(text);
    if (!before) return;
    const undo = makeButton("Undo", () => {
      report(yours.restore(before) ? "Undone." : yours.trouble);
      focusOn(find("h1"));
    });
    status.append(undo);
    undo.focus();
  }

  /** @param {HTMLElement} element */
  function focusOn(element) {
    element.tabIndex = -1;
    element.focus();
  }

  /** Change papers in one step, and offer to take it back.
   * @param {Map<string, any>} changes @param {string} said */
  function changeAll(changes, said) {
    const before = yours.snapshot(changes.keys());
    if (yours.change(changes)) report(said, before);
    else report(yours.trouble);
  }

  // --- What is marked ---

  async function draw() {
    const entries = Object.entries(yours.all());
    let byKey = new Map();
    try {
      if (entries.length) ({ byKey } = await loadPapers());
    } catch (error) {
      report(`${/** @type {Error} */ (error).message} Titles are missing; marks and notes are all there.`);
    }
    drawNotice();
    const drawn = GROUPS.map((group) => makeGroup(group, entries.filter(([, entry]) => group.has(entry)), byKey)).filter(Boolean);
    groups.replaceChildren(...(drawn.length ? drawn : [makeEmpty()]));
    yours.decorate(groups);
    drawExport(drawn.length > 0);
    find("[data-forget]").disabled = !drawn.length && !yours.findAside().length;
    body.hidden = false;
  }

  function makeEmpty() {
    const link = make("a", { href: `${root}all-papers.html` }, "all papers");
    return make("p", {}, "Nothing is marked yet. Open one of ", link, " and press “To read”, “Read”, “Star” or “Note”.");
  }

  /** @param {any} group @param {[string, any][]} entries @param {Map<string, any>} byKey */
  function makeGroup({ name, remove, fields }, entries, byKey) {
    if (!entries.length) return undefined;
    const titled = entries.map(([key, entry]) => ({ key, entry, paper: byKey.get(key) }))
      .sort((a, b) => String(b.entry.changed ?? "").localeCompare(String(a.entry.changed ?? "")));
    const items = titled.slice(0, open.has(name) ? Infinity : SHOWN).map(({ key, entry, paper }) => {
      const button = makeButton(remove, () => changeAll(new Map([[key, fields]]), `${remove}: done.`));
      button.append(make("span", { class: "litbook-unseen" }, `: ${paper?.title ?? key}`));
      return makeItem(key, paper, ...(name === "With notes" ? [make("p", { class: "litbook-note-text" }, entry.note)] : [make("br", {})]), button);
    });
    const section = make("section", {}, make("h2", {}, `${name} (${entries.length})`), make("ul", { class: "litbook-papers" }, ...items));
    if (items.length < entries.length) section.append(makeButton(`Show all ${entries.length}`, () => { open.add(name); void draw(); }));
    return section;
  }

  function drawNotice() {
    const aside = yours.findAside();
    notice.hidden = yours.usable && !yours.damaged && !aside.length;
    if (!yours.usable) notice.textContent = "This browser does not let this site store anything, so marks and notes cannot be kept. “Bring your library” below works all the same.";
    else if (yours.damaged) notice.textContent = "What is kept here could not be read in full. Nothing of it is thrown away: with your next change it is set aside as it is, and you can save it from this page.";
    else if (aside.length) {
      notice.replaceChildren("Something was kept here that could not be read; it is set aside as it was. ",
        makeButton("Save it as a file", () => save("set-aside.txt", "text/plain", yours.readAside().join("\n\n"))));
    }
  }

  // --- Export ---

  /** @param {string} name @param {string} type @param {string} text */
  const save = (name, type, text) => download(text, `${type};charset=utf-8`, name);

  /** @param {boolean} has */
  function drawExport(has) {
    for (const button of region.querySelectorAll("[data-export]")) button.disabled = !has;
    if (globalThis.litbookDetails) return;
    find("[data-export=bib]").disabled = true;
    find("#your-bib").hidden = false;
    find("#your-bib").textContent = "This copy of the review has no details of its papers to make BibTeX from.";
  }

  /** Return the address of this site, or nothing where it is opened from a folder. */
  function findSite() {
    const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href;
    if (canonical) return new URL("./", canonical).href;
    return location.protocol.startsWith("http") ? new URL(root, location.href).href : "";
  }

  /** @param {string} format */
  async function exportAs(format) {
    const about = { review, title: reviewTitle, saved: new Date().toISOString() };
    const entries = yours.all();
    if (format === "json") return save("your-papers.json", "application/json", formats.writeJson(yours.entries(), about));
    const { byKey } = await loadPapers();
    const details = await loadDetails(Object.keys(entries).filter((key) => byKey.has(key)));
    const papers = Object.entries(entries).map(([key, entry]) => {
      const [paper, detail] = [byKey.get(key), details.get(key)];
      const address = `${findSite()}book/papers/${encodeURIComponent(key)}.html`;
      return { ...entry, key, address, title: paper?.title ?? key, authors: detail?.authors?.join(", ") ?? paper?.by ?? "", year: detail?.year ?? paper?.year ?? "", bibtex: detail?.bibtex };
    });
    if (format === "md") return save("your-papers.md", "text/markdown", formats.writeMarkdown(papers, about));
    const known = papers.filter((paper) => paper.bibtex);
    save("your-papers.bib", "application/x-bibtex", `${known.map((paper) => formats.writeBibtex(paper.bibtex, paper)).join("\n\n")}\n`);
    if (known.length < papers.length) report(`${count(papers.length - known.length)} that this review does not have at the moment ${papers.length - known.length === 1 ? "is" : "are"} not in the file. The JSON file has all.`);
  }

  /** Return what another part of this site tells of papers; a reading list can do without.
   * @param {string[]} keys @returns {Promise<Map<string, any>>} */
  async function loadDetails(keys) {
    try {
      return await globalThis.litbookDetails?.load(keys) ?? new Map();
    } catch (error) {
      console.warn(error);
      return new Map();
    }
  }

  // --- Import, and what needs to be asked ---

  /** Ask in the page; the answer that changes nothing is always there.
   * @param {HTMLElement} place @param {string} question @param {string} yes @param {() => void} act @param {HTMLElement} back what gets the focus then */
  function ask(place, question, yes, act, back) {
    const close = () => { place.replaceChildren(); };
    const text = make("p", {}, question);
    const box = make("div", { class: "litbook-ask" }, text,
      makeButton(yes, () => { close(); back.focus(); act(); }), makeButton("Leave all as it is", () => { close(); back.focus(); }));
    place.replaceChildren(box);
    focusOn(text);
  }

  /** @param {File} file @param {HTMLElement} field */
  async function importFile(file, field) {
    report("");
    let found;
    try {
      found = formats.read(globalThis.litbookLibrary.decode(await file.arrayBuffer()));
    } catch (error) {
      return report(`${file.name}: ${/** @type {Error} */ (error).message}`);
    }
    yours.snapshot([]); // reads what another tab may have written
    const { changes, added, changed, same } = formats.plan(yours.entries(), found);
    if (!changes.size) return report(`${file.name}: all that it holds is here already (${count(same)}).`);
    const other = found.review && found.review !== review ? " It was exported from another review." : "";
    const told = [added && `${added} not marked here yet`, changed && `${changed} whose marks or notes change`, same && `${same} that ${same === 1 ? "stays" : "stay"} as ${same === 1 ? "it is" : "they are"}`];
    const question = `${file.name} has marks or notes on ${count(found.papers.size)}: ${told.filter(Boolean).join(", ")}.${other} No note of yours is lost: where both have one, the file’s follows yours.`;
    ask(find("[data-import-ask]"), question, "Bring them in", () => changeAll(changes, `${count(changes.size)} brought in.`), field);
  }

  find("#your-import").addEventListener("change", (/** @type {any} */ event) => {
    const [file] = event.target.files;
    if (file) void importFile(file, event.target).finally(() => { event.target.value = ""; });
  });
  for (const button of region.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => {
      report("");
      exportAs(button.dataset.export).catch((error) => report(`Nothing was exported. ${error.message}`));
    });
  }
  find("[data-forget]").addEventListener("click", (/** @type {any} */ event) => {
    const total = Object.keys(yours.all()).length;
    const question = `Forget the marks and notes on ${count(total)}? This cannot be undone: export them first if you may want them again.`;
    ask(find("[data-forget-ask]"), question, "Forget them", () => {
      report(yours.forget() ? "Forgotten." : "This browser does not let this site change what it stores.");
      focusOn(find("h1"));
    }, event.target);
  });

  globalThis.litbookYoursPage = { region, makeItem, report, loadPapers, changeAll };
  yours.subscribe(() => { void draw(); });
  void draw();
})();
