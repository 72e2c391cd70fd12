// Reduce words to terms by the rules in the index, and compare spellings. It needs no page.
"use strict";

(() => {
  /** @param {Litbook.Rules} rules @returns {Litbook.Reader} */
  function makeReader(rules) {
    const common = new Set(rules.common);
    const spellings = new Map(Object.entries(rules.spellings));
    /** @type {Map<string, string>} */
    const stems = new Map();

    /** @param {string} text */
    function normalise(text) {
      return text
        .normalize("NFKD")
        .toLowerCase()
        .replace(/\p{M}/gu, "")
        .replace(/[\u2010-\u2013\u2212]/g, "-")
        .replace(/[\u2018\u2019\u02bc]/g, "'")
        .replace(/([\p{L}\p{N}])\^(?=[\p{L}\p{N}])/gu, "$1")
        .replace(/'s(?![\p{L}\p{N}])/gu, "")
        .replaceAll("'", "");
    }

    /** @param {string} word */
    function stem(word) {
      const before = stems.get(word);
      if (before !== undefined) return before;
      let stemmed = spellings.get(word) ?? word;
      for (const [old, replacement] of rules.infixes) {
        stemmed = stemmed.slice(0, 1) + stemmed.slice(1).replaceAll(old, replacement);
      }
      for (const step of rules.steps) {
        const rule = step.find(
          ([ending, , least]) => stemmed.endsWith(ending) && stemmed.length - ending.length >= least,
        );
        if (rule) stemmed = stemmed.slice(0, stemmed.length - rule[0].length) + rule[1];
      }
      if (stems.size < 50_000) stems.set(word, stemmed);
      return stemmed;
    }

    /** Return the words of a text with their terms; the parts of a hyphenated word are followed by the joined word.
     * @param {string} text */
    function read(text) {
      /** @type {Litbook.Word[]} */
      const words = [];
      for (const [chunk] of normalise(text).matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)) {
        const parts = chunk.split("-");
        for (const word of parts) words.push({ word, term: stem(word), common: common.has(word), joined: false });
        if (parts.length > 1) {
          const word = parts.join("");
          words.push({ word, term: stem(word), common: false, joined: true });
        }
      }
      return words;
    }
    return { normalise, stem, read };
  }

  /** Return the edit distance of two words, a swap of neighbours being one edit (optimal string alignment); `most` + 1
   * if it is larger than `most`.
   * @param {string} a @param {string} b @param {number} most */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    /** @type {number[]} */
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let value = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, older[j - 2] + 1);
        row.push(value);
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      older = old;
      old = row;
    }
    return old[b.length];
  }

  globalThis.litbookWords = { makeReader, distance };
})();
