// Draw results, for the search page and for the dialog that every page can open. It needs `litbook-search-engine.js`.
"use strict";

(() => {
  const { root, make, loadScript, addressOf, listNames } = globalThis.litbookDom;
  const { findSentence, findMeant } = globalThis.litbookSearch;
  const LONGEST = 700; // characters of a sentence that are shown
  const AUTHORS = 6; // names that are shown of one paper
  const KINDS = { section: "Section", figure: "Figure", term: "Term" };

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
    for (const match of text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}^'’]*[\p{L}\p{N}\p{M}])?/gu)) {
      const found = store.reader.read(match[0]).filter((word) => !word.common && gains.has(word.term));
      if (!found.length) continue;
      const meant = found.every((word) => gains.get(word.term)?.meant);
      const mark = make("mark", meant ? { class: "litbook-meant", title: "near in meaning" } : {}, match[0]);
      line.append(text.slice(from, match.index), mark);
      from = match.index + match[0].length;
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

  /** @param {Litbook.Facet} facet @param {number} paper */
  function valueIn(facet, paper) {
    const number = facet.papers[paper];
    return number < 0 ? "" : (facet.names ?? facet.values)[number];
  }

  /** @param {HTMLElement} item @param {string} className @param {...(string | Node)} content */
  function addLine(item, className, ...content) {
    if (content.some((piece) => piece && (typeof piece !== "string" || piece.trim())))
      item.append(make("p", { class: className }, ...content));
  }

  /** @type {Litbook.Results["makePaper"]} */
  function makePaper(store, number, found) {
    const paper = store.papers[number];
    const link = make(
      "a",
      { class: "litbook-result-title", href: addressOf(paper.citekey) },
      paper.title || paper.citekey,
    );
    const item = make("li", { class: "litbook-result", "data-paper": paper.citekey }, link);
    const { theme, year, kind, venue } = store.facets;
    addLine(
      item,
      "litbook-result-by",
      [listNames(paper.authors.split(", "), AUTHORS), valueIn(year, number)].filter(Boolean).join(", "),
    );
    const place = [valueIn(theme, number), valueIn(kind, number).replaceAll("-", " "), valueIn(venue, number)];
    addLine(item, "litbook-result-place", place.filter(Boolean).join(" · "));
    const { sentence, gains } = explain(store, found, paper.abstract);
    addLine(item, "litbook-result-sentence", sentence ? markWords(store, sentence.slice(0, LONGEST), gains) : "");
    return item;
  }

  /** @type {Litbook.Results["makeSection"]} */
  function makeSection(store, section, found) {
    const href = `${root}${section.page}${section.anchor ? `#${encodeURIComponent(section.anchor)}` : ""}`;
    const item = make(
      "li",
      { class: "litbook-result" },
      make("a", { class: "litbook-result-title", href }, section.heading),
    );
    const where =
      section.pageTitle && section.pageTitle !== section.heading
        ? `${KINDS[section.kind]} of “${section.pageTitle}”`
        : "Page";
    addLine(item, "litbook-result-place", where);
    const { sentence, gains } = explain(store, { gains: found.gains }, section.text);
    addLine(item, "litbook-result-sentence", sentence ? markWords(store, sentence.slice(0, LONGEST), gains) : "");
    return item;
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

  globalThis.litbookResults = { makeLoader, makePaper, makeSection, correct };
})();
