// Draw the page "Your papers": what is marked, how to export and import it, and how to forget it.
"use strict";

(() => {
  const { root, make, makeButton, find, loadScript, download, addressOf, count } = globalThis.litbookDom;
  const SHOWN = 100; // papers of a group that are shown at first
  const GONE = "This review does not have this paper at the moment.";
  /** @typedef {{name: string, has: (marks: Litbook.Marks) => boolean, remove: string, fields: Litbook.StoredMarks}} Group */
  /** @type {Group[]} */
  const GROUPS = [
    { name: "Starred", has: ({ starred }) => starred, remove: "Remove the star", fields: { starred: false } },
    { name: "To read", has: ({ state }) => state === "to read", remove: "Remove from To read", fields: { state: "" } },
    { name: "Read", has: ({ state }) => state === "read", remove: "Remove from Read", fields: { state: "" } },
    { name: "With notes", has: ({ note }) => note !== "", remove: "Delete the note", fields: { note: "" } },
  ];
  /** @type {HTMLElement | null} */
  const place = document.querySelector("[data-litbook-yours]");
  if (!place || !globalThis.litbookYours || !globalThis.litbookYoursFormats) return;
  const [region, yours, formats] = [place, globalThis.litbookYours, globalThis.litbookYoursFormats];
  const [heading, body, groups, notice, bibNote, importAsk, forgetAsk, status] = [
    "h1",
    "[data-body]",
    "[data-groups]",
    "[data-notice]",
    "#your-bib",
    "[data-import-ask]",
    "[data-forget-ask]",
    ".litbook-yours-status",
  ].map((selector) => find(region, selector));
  const importing = find(region, "#your-import", HTMLInputElement);
  const forgetting = find(region, "[data-forget]", HTMLButtonElement);
  /** @type {NodeListOf<HTMLButtonElement>} */
  const exporting = region.querySelectorAll("[data-export]");
  const review = document.querySelector('meta[name="litbook-review"]')?.getAttribute("content") ?? "";
  const reviewTitle = document.title.replace(/^Your papers — /, "");
  /** @type {Promise<Litbook.NamedPapers> | undefined} */
  let loading;
  /** @type {Set<string>} */
  const open = new Set(); // groups of which a reader asked for all papers

  /** Load what names the papers of this review, once. */
  function loadPapers() {
    const src = `${root}search-index/identify.js${region.dataset.index ? `?v=${region.dataset.index}` : ""}`;
    loading ??= loadScript(src, "The list of papers could not be loaded.").then(() =>
      unpack(globalThis.litbookIndex?.find((part) => part.part === "identify")),
    );
    return loading;
  }

  /** @param {Litbook.IdentifyPart} [part] @returns {Litbook.NamedPapers} */
  function unpack(part) {
    if (!part) throw new Error("The list of papers is damaged.");
    const [dois, arxiv] = [part.dois.split(" "), part.arxiv.split(" ")];
    const papers = part.titles.length
      ? part.keys.split(" ").map((key, at) => ({
          key,
          title: part.titles[at],
          by: part.by[at],
          year: part.years[at],
          doi: dois[at],
          arxiv: arxiv[at],
          theme: part.placed[at],
          flag: part.flags?.[key] ?? "",
        }))
      : [];
    return { papers, byKey: new Map(papers.map((paper) => [paper.key, paper])), themes: part.themes };
  }

  /** Return an item of a list: the title as a link, authors and year, and what comes after.
   * @type {Litbook.YoursPage["makeItem"]} */
  function makeItem(key, paper, ...more) {
    const title = paper
      ? make("a", { href: addressOf(key) }, paper.title)
      : make("span", { class: "litbook-gone" }, key);
    const by = paper ? [paper.by, paper.year || ""].filter(Boolean).join(", ") : GONE;
    const flag = paper?.flag ? [" ", make("strong", { class: "litbook-flag" }, paper.flag)] : [];
    return make("li", { "data-paper": key }, title, ...flag, " ", make("span", { class: "litbook-by" }, by), ...more);
  }

  /** Show what happened, with a button that undoes it if `before` says what was there.
   * @type {Litbook.YoursPage["report"]} */
  function report(text, before) {
    status.replaceChildren(text);
    if (!before) return;
    const undo = makeButton("Undo", () => {
      report(yours.restore(before) ? "Undone." : yours.trouble);
      focusOn(heading);
    });
    status.append(undo);
    undo.focus();
  }

  /** @param {HTMLElement} element */
  function focusOn(element) {
    element.tabIndex = -1;
    element.focus();
  }

  /** Change papers in one step, and offer to undo it.
   * @type {Litbook.YoursPage["changeAll"]} */
  function changeAll(changes, said) {
    const before = yours.snapshot(changes.keys());
    if (yours.change(changes)) report(said, before);
    else report(yours.trouble);
  }

  // --- What is marked ---

  async function draw() {
    const entries = Object.entries(yours.all());
    /** @type {Map<string, Litbook.NamedPaper>} */
    let byKey = new Map();
    try {
      if (entries.length) ({ byKey } = await loadPapers());
    } catch (error) {
      report(`${/** @type {Error} */ (error).message} Titles are missing; marks and notes are all there.`);
    }
    drawNotice();
    const drawn = GROUPS.flatMap(
      (group) =>
        makeGroup(
          group,
          entries.filter(([, entry]) => group.has(entry)),
          byKey,
        ) ?? [],
    );
    groups.replaceChildren(...(drawn.length ? drawn : [makeEmpty()]));
    yours.decorate(groups);
    drawExport(drawn.length > 0);
    const forgettable = forgetting.closest("section");
    if (forgettable) forgettable.hidden = !drawn.length && !yours.findAside().length;
    body.hidden = false;
  }

  function makeEmpty() {
    const link = make("a", { href: `${root}all-papers.html` }, "all papers");
    return make(
      "p",
      {},
      "Nothing is marked yet. Open one of ",
      link,
      " and press “To read”, “Read”, “Star” or “Note”.",
    );
  }

  /** @param {Group} group @param {[string, Litbook.StoredMarks & Litbook.Marks][]} entries
   * @param {Map<string, Litbook.NamedPaper>} byKey */
  function makeGroup({ name, remove, fields }, entries, byKey) {
    if (!entries.length) return undefined;
    const titled = entries
      .map(([key, entry]) => ({ key, entry, paper: byKey.get(key) }))
      .sort((a, b) => String(b.entry.changed ?? "").localeCompare(String(a.entry.changed ?? "")));
    const items = titled.slice(0, open.has(name) ? Infinity : SHOWN).map(({ key, entry, paper }) => {
      const button = makeButton(remove, () => changeAll(new Map([[key, fields]]), `${remove}: done.`));
      button.append(make("span", { class: "litbook-unseen" }, `: ${paper?.title ?? key}`));
      return makeItem(
        key,
        paper,
        ...(name === "With notes" ? [make("p", { class: "litbook-note-text" }, entry.note)] : [make("br", {})]),
        button,
      );
    });
    const section = make(
      "section",
      {},
      make("h2", {}, `${name} (${entries.length})`),
      make("ul", { class: "litbook-papers" }, ...items),
    );
    if (items.length < entries.length)
      section.append(
        makeButton(`Show all ${entries.length}`, () => {
          open.add(name);
          void draw();
        }),
      );
    return section;
  }

  function drawNotice() {
    const aside = yours.findAside();
    notice.hidden = yours.usable && !yours.damaged && !aside.length;
    if (!yours.usable)
      notice.textContent =
        "This browser does not let this site store anything, so marks and notes cannot be saved. “Import your library” below still works.";
    else if (yours.damaged)
      notice.textContent =
        "Your saved marks and notes could not be read in full. Nothing is lost: your next change sets the unreadable data aside, and you can save it from this page.";
    else if (aside.length) {
      notice.replaceChildren(
        "Some saved data could not be read and was set aside unchanged. ",
        makeButton("Save it as a file", () => save("set-aside.txt", "text/plain", yours.readAside().join("\n\n"))),
      );
    }
  }

  // --- Export ---

  /** @param {string} name @param {string} type @param {string} text */
  const save = (name, type, text) => download(text, `${type};charset=utf-8`, name);

  /** @param {boolean} has */
  function drawExport(has) {
    for (const button of exporting) {
      button.hidden = !has;
      button.disabled = button.dataset.export === "bib" && !globalThis.litbookDetails;
    }
    if (globalThis.litbookDetails || !has) return;
    bibNote.hidden = false;
    bibNote.textContent = "BibTeX is not available: this copy of the review lacks the details of its papers.";
  }

  /** Return the address of this site, or "" if it is opened from a folder. */
  function findSite() {
    /** @type {HTMLLinkElement | null} */
    const canonical = document.querySelector("link[rel=canonical]");
    if (canonical?.href) return new URL("./", canonical.href).href;
    return location.protocol.startsWith("http") ? new URL(root, location.href).href : "";
  }

  /** @param {string} [format] */
  async function exportAs(format) {
    const head = { review, title: reviewTitle, saved: new Date().toISOString() };
    const entries = yours.all();
    if (format === "json")
      return save("your-papers.json", "application/json", formats.writeJson(yours.entries(), head));
    const { byKey } = await loadPapers();
    const details = await loadDetails(Object.keys(entries).filter((key) => byKey.has(key)));
    const papers = Object.entries(entries).map(([key, entry]) => {
      const [paper, detail] = [byKey.get(key), details.get(key)];
      const address = `${findSite()}book/papers/${encodeURIComponent(key)}.html`;
      return {
        ...entry,
        key,
        address,
        title: paper?.title ?? key,
        authors: detail?.authors?.join(", ") ?? paper?.by ?? "",
        year: detail?.year ?? paper?.year ?? "",
        bibtex: detail?.bibtex,
      };
    });
    if (format === "md") return save("your-papers.md", "text/markdown", formats.writeMarkdown(papers, head));
    const known = papers.flatMap((paper) => (paper.bibtex ? [formats.writeBibtex(paper.bibtex, paper)] : []));
    save("your-papers.bib", "application/x-bibtex", `${known.join("\n\n")}\n`);
    if (known.length < papers.length)
      report(
        `${count(papers.length - known.length)} that this review does not have at the moment ${papers.length - known.length === 1 ? "is" : "are"} not in the file. The JSON file has all.`,
      );
  }

  /** Return the details of papers, or nothing if they cannot be loaded: a reading list can do without.
   * @param {string[]} keys @returns {Promise<Map<string, Litbook.Detail>>} */
  async function loadDetails(keys) {
    try {
      return (await globalThis.litbookDetails?.load(keys)) ?? new Map();
    } catch (error) {
      console.warn(error);
      return new Map();
    }
  }

  // --- Import, and questions to the reader ---

  /** Ask a question in the page, which can also be answered without any change.
   * @param {HTMLElement} where @param {string} question @param {string} yes @param {() => void} act
   * @param {HTMLElement} back what has the focus afterwards */
  function ask(where, question, yes, act, back) {
    const close = () => {
      where.replaceChildren();
    };
    const text = make("p", {}, question);
    const box = make(
      "div",
      { class: "litbook-ask" },
      text,
      makeButton(yes, () => {
        close();
        back.focus();
        act();
      }),
      makeButton("Cancel", () => {
        close();
        back.focus();
      }),
    );
    where.replaceChildren(box);
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
    yours.snapshot([]); // reads what another tab may have stored
    const { changes, added, changed, same } = formats.plan(yours.entries(), found);
    if (!changes.size) return report(`${file.name}: everything in it is already here (${count(same)}).`);
    const other = found.review && found.review !== review ? " It was exported from another review." : "";
    const parts = [
      added && `${added} not marked here yet`,
      changed && `${changed} whose marks or notes change`,
      same && `${same} that ${same === 1 ? "stays" : "stay"} as ${same === 1 ? "it is" : "they are"}`,
    ];
    const question = `${file.name} has marks or notes on ${count(found.papers.size)}: ${parts.filter(Boolean).join(", ")}.${other} None of your notes is lost: where both have one, the file’s is added after yours.`;
    ask(importAsk, question, "Import", () => changeAll(changes, `${count(changes.size)} imported.`), field);
  }

  importing.addEventListener("change", () => {
    const [file] = importing.files ?? [];
    if (file)
      void importFile(file, importing).finally(() => {
        importing.value = "";
      });
  });
  for (const button of exporting) {
    button.addEventListener("click", () => {
      report("");
      exportAs(button.dataset.export).catch((error) => report(`Nothing was exported. ${error.message}`));
    });
  }
  forgetting.addEventListener("click", () => {
    const total = Object.keys(yours.all()).length;
    const question = `Delete the marks and notes on ${count(total)}? This cannot be undone: export them first if you may want them again.`;
    ask(
      forgetAsk,
      question,
      "Delete them",
      () => {
        report(yours.forget() ? "Deleted." : "This browser does not let this site change what it stores.");
        focusOn(heading);
      },
      forgetting,
    );
  });

  globalThis.litbookYoursPage = { region, makeItem, report, loadPapers, changeAll };
  yours.subscribe(() => {
    void draw();
  });
  void draw();
})();
