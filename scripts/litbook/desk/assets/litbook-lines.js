"use strict";
// Which line of its source an element of a page was written in. The build adds words, such as names of cited authors, and
// whole blocks, such as lists of papers: the words of a block are those of its element in the same order, with others.
globalThis.litbookLines = (() => {
  const FEWEST_WORDS = 2; // fewer do not tell a long paragraph from another
  const COMPARED = 12; // words of a block
  const SLACK = 40; // words that the build may add among them
  const AHEAD = 60; // blocks that may have no element of their own

  /** @param {string} text */
  const wordsOf = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];

  /**
   * Return whether the first words of a block are in those of an element, in their order; the build adds words.
   * @param {string[]} block
   * @param {string[]} element
   */
  function begins(block, element) {
    const wanted = block.slice(0, COMPARED);
    if (wanted.length < FEWEST_WORDS && element.length > SLACK) return false;
    let at = 0;
    for (const word of element.slice(0, COMPARED + SLACK)) if (at < wanted.length && word === wanted[at]) at += 1;
    return wanted.length > 0 && at === wanted.length;
  }

  /**
   * Return the line of each element's block in the source, 0 where there is none; both are in the order of the page.
   * @type {Litbook.Lines["matchLines"]}
   */
  function matchLines(blocks, texts) {
    const read = blocks.map(([line, text]) => ({ line, words: wordsOf(text) }));
    let next = 0;
    return texts.map((text) => {
      const words = wordsOf(text);
      const ahead = read.slice(next, next + AHEAD);
      const at = words.length ? ahead.findIndex((block) => begins(block.words, words)) : -1;
      if (at === -1) return 0;
      next += at + 1;
      return ahead[at]?.line ?? 0;
    });
  }

  return { matchLines };
})();
