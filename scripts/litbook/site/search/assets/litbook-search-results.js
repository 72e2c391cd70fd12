// Draw papers and entries that were found, for the search page and for the dialog that every page can open. It needs
// `litbook-search-engine.js`.
"use strict";

(() => {
  const { root, make, loadScript, addressOf } = globalThis.litbookDom;
  const { findSentence } = globalThis.litbookSentences;
  const { findMeant } = globalThis.litbookMeaning;
  const LONGEST = 420; // characters of a sentence that are shown

  /** Return what loads a part of the index.
   * @type {Litbook.Results["makeLoader"]} */
  function makeLoader(base) {
    return (name, version) => loadScript(`${base}search-index/${name}.js${version ? `?v=${version}` : ""}`);
  }

  /** Return a text with matching words in <mark>; those that only mean the same look different and have a title.
   * @param {Litbook.Store} store @param {string} text @param {Map<string, Litbook.Gain>} gains */
  function markWords(store, text, gains) {
    const line = document.createDocumentFragment();
    let from = 0;
    for (const { at, length, words } of store.reader.locate(text)) {
      const found = words.filter((word) => !word.common && !word.asking && gains.has(word.term));
      if (!found.length) continue;
      const meant = found.every((word) => gains.get(word.term)?.meant);
      const mark = make(
        "mark",
        meant ? { class: "litbook-meant", title: "near in meaning" } : {},
        text.slice(at, at + length),
      );
      line.append(text.slice(from, at), mark);
      from = at + length;
    }
    line.append(text.slice(from));
    return line;
  }

  /** Return the sentence that explains best why a text was found, and what to mark in it.
   * @param {Litbook.Store} store @param {Pick<Litbook.Found, "gains" | "place">} found @param {string} text */
  function explain(store, found, text) {
    const byWords = findSentence(store, text, found.gains);
    if (byWords.share || !found.place) return { sentence: byWords.text, gains: found.gains };
    const meant = findMeant(store, text, found.place);
    return { sentence: findSentence(store, text, meant).text, gains: meant };
  }

  /** Shorten a sentence around its first mark.
   * @param {Litbook.Store} store @param {string} text @param {Map<string, Litbook.Gain>} gains */
  function quote(store, text, gains) {
    if (text.length <= LONGEST) return markWords(store, text, gains);
    const words = [...store.reader.locate(text)];
    const first = words.find((one) => one.words.some((word) => gains.has(word.term)))?.at ?? 0;
    const from = Math.max(0, Math.min(first - LONGEST / 3, text.length - LONGEST));
    const start = words.find(({ at }) => at >= from)?.at ?? 0;
    const end = words.findLast(({ at, length }) => at + length <= start + LONGEST);
    const cut = text.slice(start, end ? end.at + end.length : start + LONGEST);
    const line = document.createDocumentFragment();
    line.append(start ? "… " : "", markWords(store, cut, gains), start + cut.length < text.length ? " …" : "");
    return line;
  }

  /** @param {Litbook.Facet} facet @param {number} paper */
  function valueIn(facet, paper) {
    const number = facet.papers[paper];
    return number < 0 ? "" : (facet.short ?? facet.names ?? facet.values)[number];
  }

  /** @param {HTMLElement} item @param {string} className @param {...(string | Node)} content */
  function addLine(item, className, ...content) {
    if (content.some((piece) => piece && (typeof piece !== "string" || piece.trim())))
      item.append(make("p", { class: className }, ...content));
  }

  /** Return the first and the last of several names.
   * @param {string} authors */
  function nameEnds(authors) {
    const names = authors.split(", ").filter(Boolean);
    if (names.length < 3) return names.join(" and ");
    return `${names[0]} … ${names[names.length - 1]}`;
  }

  /** Draw a paper: title, one line that says what it is, and the sentence for which it was found. `why` names facts that
   * decided, such as "venue".
   * @type {Litbook.Results["makePaper"]} */
  function makePaper(store, number, found, why = new Set()) {
    const paper = store.papers[number];
    const title = paper.title || paper.citekey;
    const link = make("a", { class: "litbook-result-title", href: addressOf(paper.citekey) }, title);
    const item = make("li", { class: "litbook-result", "data-paper": paper.citekey }, link);
    if (paper.flag) item.append(" ", make("strong", { class: "litbook-flag" }, paper.flag));
    const { theme, year, venue, kind } = store.facets;
    const parts = [
      nameEnds(paper.authors),
      valueIn(year, number),
      why.has("venue") ? valueIn(venue, number) : "",
      why.has("kind") ? valueIn(kind, number).replaceAll("-", " ") : "",
      valueIn(theme, number),
    ];
    const line = make("p", { class: "litbook-result-by" }, parts.filter(Boolean).join("\u00a0· "));
    if (why.has("code") && /^https?:/.test(paper.code))
      line.append("\u00a0· ", make("a", { href: paper.code }, "code"));
    if (line.textContent) item.append(line);
    const { sentence, gains } = explain(store, found, paper.abstract);
    addLine(item, "litbook-result-sentence", sentence ? quote(store, sentence, gains) : "");
    return item;
  }

  /** @type {Litbook.Results["makeEntry"]} */
  function makeEntry(store, entry, found) {
    const link = make("a", { class: "litbook-result-title", href: findHref(entry) }, entry.heading);
    const item = make("li", { class: "litbook-result" }, link);
    if (entry.pageTitle !== entry.heading) addLine(item, "litbook-result-by", entry.pageTitle);
    if (entry.kind === "page" || entry.kind === "tension") return item;
    const { sentence, gains } = explain(store, { gains: found.gains }, entry.text);
    addLine(item, "litbook-result-sentence", sentence ? quote(store, sentence, gains) : "");
    return item;
  }

  /** @type {Litbook.Results["findHref"]} */
  function findHref({ page, anchor }) {
    return `${root}${page}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  }

  /** Return the question with its misspelt words corrected, or "" if there are none.
   * @type {Litbook.Results["correct"]} */
  function correct(store, question, corrected) {
    if (!corrected.size) return "";
    const words = question.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? [];
    const better = words
      .map((word) => corrected.get(store.reader.normalise(word)) ?? word)
      .join("")
      .trim();
    return better === question.trim() ? "" : better;
  }

  globalThis.litbookResults = { makeLoader, makePaper, makeEntry, findHref, quote, correct };
})();
