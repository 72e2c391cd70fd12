// "Import your library" on the page "Your papers": read a reader's files, in slices so that the page stays responsive, and
// show which papers of this review are in them. Nothing that was read is stored.
"use strict";

(() => {
  if (!globalThis.litbookYoursPage) return;
  const { root, make, makeButton, find, count } = globalThis.litbookDom;
  const { region, makeItem, report, loadPapers, changeAll } = globalThis.litbookYoursPage;
  const { findReader, decode, makeMatcher } = globalThis.litbookLibrary;
  const SLICE = 25; // milliseconds of reading after which the browser may handle other events
  const MOST = 100_000_000; // bytes of a file
  const MOST_LINKED = 400; // papers that the address of a search may list
  const MOST_NAMED = 500; // entries that are listed although no paper here is one of them
  const OPEN = 12; // papers up to which all themes are open
  const place = find(region, "[data-library]");
  const area = find(region, "[data-drop]");
  const chooser = find(region, "#your-files", HTMLInputElement);
  let asked = 0;

  /** @typedef {Litbook.NamedPaper[]} Papers */
  /** @typedef {{known: Set<number>, entries: number, elsewhere: string[], broken: {file: string, line: number, text: string}[], refused: string[]}} Found */

  /** Read files one after the other.
   * @param {File[]} files @param {Papers} papers @param {number} turn @returns {Promise<Found>} */
  async function readFiles(files, papers, turn) {
    const match = makeMatcher(papers);
    /** @type {Found} */
    const found = { known: new Set(), entries: 0, elsewhere: [], broken: [], refused: [] };
    for (const file of files) {
      const why = await readFile(file, match, found, turn);
      if (why) found.refused.push(`${file.name}: ${why}`);
    }
    return found;
  }

  /** Add the entries of a file to what was found, and return why the file was not read, or "".
   * @param {File} file @param {(entry: Litbook.LibraryEntry) => number} match @param {Found} found @param {number} turn */
  async function readFile(file, match, found, turn) {
    if (file.size > MOST) return "it is too large.";
    const text = decode(await file.arrayBuffer());
    if (text.slice(0, 200).includes('"marks and notes"')) return "it holds marks and notes; import it above.";
    const reader = findReader(text);
    if (!reader) return "it is neither BibTeX nor RIS nor JSON of references.";
    try {
      let since = performance.now();
      for (const { entry, line, text: begin } of reader(text)) {
        if (entry && (entry.title || entry.doi || entry.arxiv)) {
          found.entries += 1;
          const at = match(entry);
          if (at < 0) found.elsewhere.push(entry.title || entry.doi || entry.arxiv || "");
          else found.known.add(at);
        } else found.broken.push({ file: file.name, line, text: begin ?? "" });
        if (performance.now() - since < SLICE) continue;
        report(`Reading ${file.name}: ${count(found.entries, "entry", "entries")} so far …`);
        await new Promise((resolve) => {
          setTimeout(resolve);
        });
        if (turn !== asked) return "";
        since = performance.now();
      }
    } catch {
      return "it is damaged: its JSON is cut short or invalid.";
    }
    return "";
  }

  /** @param {File[]} files */
  async function bring(files) {
    const turn = ++asked;
    if (!files.length) return;
    report("Reading …");
    try {
      const { papers, themes } = await loadPapers();
      const found = await readFiles(files, papers, turn);
      if (turn !== asked) return;
      draw(found, papers, themes);
    } catch (error) {
      report(`Your files could not be compared. ${/** @type {Error} */ (error).message}`);
    }
  }

  // --- What was found ---

  /** @param {Found} found @param {Papers} papers @param {Litbook.NamedPapers["themes"]} themes */
  function draw(found, papers, themes) {
    const known = papers.filter((_, at) => found.known.has(at));
    const others = papers.filter((_, at) => !found.known.has(at));
    const summary = `Your library has ${known.length} of the ${count(papers.length)} here; ${others.length} ${others.length === 1 ? "is" : "are"} new to you.`;
    const field = make("input", { type: "search", id: "your-words", autocomplete: "off", spellcheck: "false" });
    const label = make("label", { for: field.id }, "Only titles with these words");
    const lists = make("div", {});
    const fill = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (/** @type {Litbook.NamedPaper} */ paper) =>
        words.every((word) => paper.title.toLowerCase().includes(word));
      lists.replaceChildren(
        ...makeList("In your library", known.filter(fits), themes),
        ...makeList("New to you", others.filter(fits), themes),
      );
    };
    field.addEventListener("input", fill);
    fill();
    place.replaceChildren(
      make("p", {}, make("strong", {}, summary)),
      make("p", { class: "litbook-aside" }, describe(found)),
      ...found.refused.map((why) => make("p", {}, why)),
      ...(known.length ? [makeActions(known)] : []),
      label,
      field,
      lists,
      ...makeOthers(found.elsewhere),
    );
    report(summary);
  }

  /** @param {Found} found */
  function describe({ entries, elsewhere, broken }) {
    const read = `${count(entries, "entry was", "entries were")} read; ${count(elsewhere.length, "is", "are")} not in this review.`;
    if (!broken.length) return read;
    const [{ file, line, text }] = broken;
    return `${read} ${count(broken.length, "entry", "entries")} could not be read; the first is in ${file} at ${text.startsWith("{") ? "entry" : "line"} ${line}: ${text}`;
  }

  /** Return the entries that no paper of this review matches, folded, by their titles.
   * @param {string[]} names @returns {HTMLElement[]} */
  function makeOthers(names) {
    if (!names.length) return [];
    const shown = names.slice(0, MOST_NAMED).sort((one, other) => one.localeCompare(other));
    const rest = names.length - shown.length;
    const items = [...shown, ...(rest ? [`and ${rest} more`] : [])].map((name) => make("li", {}, name));
    const summary = make("summary", {}, `Not in this review (${names.length})`);
    return [make("details", { class: "litbook-elsewhere" }, summary, make("ul", {}, ...items))];
  }

  /** @param {Papers} known */
  function makeActions(known) {
    const mark = (/** @type {"read" | "to read"} */ state) =>
      makeButton(`Mark the ${known.length} as ${state}`, () => {
        changeAll(new Map(known.map(({ key }) => [key, { state }])), `${count(known.length)} marked as ${state}.`);
      });
    const line = make("p", {}, mark("read"), mark("to read"));
    if (known.length <= MOST_LINKED) {
      const href = `${root}search.html?papers=${known.map(({ key }) => encodeURIComponent(key)).join(",")}`;
      line.append(make("a", { href }, "Search the papers in your library"));
    }
    return line;
  }

  /** Return a heading and the papers by theme; the items of a theme are made when it is opened.
   * @param {string} name @param {Papers} papers @param {Litbook.NamedPapers["themes"]} themes @returns {HTMLElement[]} */
  function makeList(name, papers, themes) {
    const byTheme = themes.map(([, title], theme) => ({
      title,
      papers: papers.filter((paper) => paper.theme === theme),
    }));
    const parts = byTheme
      .filter((theme) => theme.papers.length)
      .map((theme) => {
        const details = make("details", {}, make("summary", {}, `${theme.title} (${theme.papers.length})`));
        details.addEventListener("toggle", () => {
          if (!details.open || details.querySelector("ul")) return;
          details.append(
            make("ul", { class: "litbook-papers" }, ...theme.papers.map((paper) => makeItem(paper.key, paper))),
          );
          globalThis.litbookYours?.decorate(details);
        });
        details.open = papers.length <= OPEN;
        return details;
      });
    return [make("h3", {}, `${name} (${papers.length})`), ...parts];
  }

  // --- Files are chosen or dropped; one dropped outside the area must not replace the page ---

  chooser.addEventListener("change", () => {
    void bring([...(chooser.files ?? [])]);
  });
  const isFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  const isInside = (/** @type {DragEvent} */ event) => area.contains(/** @type {Node} */ (event.target));
  document.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    area.toggleAttribute("data-over", isInside(event));
  });
  document.addEventListener("dragleave", () => area.removeAttribute("data-over"));
  document.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    area.removeAttribute("data-over");
    if (isInside(event)) void bring([...(event.dataTransfer?.files ?? [])]);
  });
})();
