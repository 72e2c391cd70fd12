// Draw the answer that stands above the papers: a disagreement with both sides, a section, a term, a page or a person.
"use strict";

(() => {
  const { root, make, addressOf, count } = globalThis.litbookDom;
  const results = globalThis.litbookResults;
  if (!results) return;
  const { findHref, quote } = results;
  const { findSentence } = globalThis.litbookSentences;
  const KINDS = { tension: "Open question", section: "In the chapters", term: "Term", page: "Page", person: "Author" };

  /** Return the contents of an answer's card.
   * @type {Litbook.Cards["makeAnswer"]} */
  function makeAnswer(store, answer, found) {
    const kind = make("p", { class: "litbook-answer-kind" }, KINDS[answer.kind]);
    if (answer.kind === "person") {
      const [name, papers, address] = answer.person;
      const number = make("p", { class: "litbook-answer-more" }, `${count(papers)} in this review`);
      return [kind, makeHeading(`${root}${address}`, name), number];
    }
    const [entry, ...others] = answer.entries;
    const heading = makeHeading(findHref(entry), entry.heading);
    if (answer.kind === "tension") return [kind, heading, makeSides(entry), ...makeOthers(others)];
    if (answer.kind === "page") return [kind, heading];
    const text = answer.kind === "term" ? entry.text : findSentence(store, entry.text, found.gains).text;
    const quoted = make("p", { class: "litbook-answer-text" }, quote(store, text, found.gains));
    return [kind, heading, quoted, make("p", { class: "litbook-answer-more" }, entry.pageTitle)];
  }

  /** @param {string} href @param {string} text */
  function makeHeading(href, text) {
    return make("h2", {}, make("a", { href }, text));
  }

  /** Draw both sides, each with its number of papers and its first quotation.
   * @param {Litbook.Said} entry */
  function makeSides({ sides = [], answers = [] }) {
    const labels = sides.length === 2 ? ["One side", "The other side"] : sides.map((_, at) => `Side ${at + 1}`);
    return make(
      "div",
      { class: "litbook-answer-sides" },
      ...sides.map((side, at) => {
        const papers = new Map(side.map(([key, name]) => [key, name]));
        const [first] = side;
        const label = make("strong", {}, `${answers[at] || labels[at]}: ${count(papers.size)}`);
        if (!first) return make("div", {}, label);
        const by = make("p", { class: "litbook-answer-more" }, make("a", { href: addressOf(first[0]) }, first[1]));
        for (const [key, name] of papers)
          if (key !== first[0]) by.append(" · ", make("a", { href: addressOf(key) }, name));
        return make("div", {}, label, make("q", {}, first[2]), by);
      }),
    );
  }

  /** Link to further disagreements that answer the question as well.
   * @param {Litbook.Said[]} others */
  function makeOthers(others) {
    if (!others.length) return [];
    const links = others.flatMap((entry, at) => [at ? " · " : "", make("a", { href: findHref(entry) }, entry.heading)]);
    return [make("p", { class: "litbook-answer-more" }, "Also: ", ...links)];
  }

  globalThis.litbookCards = { makeAnswer };
})();
