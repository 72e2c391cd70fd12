// Reduce words to terms by the rules in the index, and compare spellings. It needs no page.
"use strict";

(() => {
  // A word as it is written, with its accents, raised signs and apostrophes.
  const WRITTEN = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}^'’]*[\p{L}\p{N}\p{M}])?/gu;

  /** @param {Litbook.Rules} rules @returns {Litbook.Reader} */
  function makeReader(rules) {
    const common = new Set(rules.common);
    const asking = new Set(rules.asking);
    const folds = new Map(Object.entries(rules.folds));
    const keptMark = new RegExp(`[${rules.keptMarks}]`, "u");
    const chunks = new RegExp(`[\\p{L}\\p{N}${rules.keptMarks}]+(?:-[\\p{L}\\p{N}${rules.keptMarks}]+)*`, "gu");
    const spaceless = new RegExp(`([${rules.spaceless}]+)`, "u");
    const unread = new RegExp(rules.unread, "g");
    const spellings = new Map(Object.entries(rules.spellings));
    /** @type {Map<string, string>} */
    const stems = new Map();

    /** @param {string} text */
    function normalise(text) {
      return text
        .normalize("NFKD")
        .toLowerCase()
        .replace(/\P{ASCII}/gu, (sign) => folds.get(sign) ?? (/\p{M}/u.test(sign) && !keptMark.test(sign) ? "" : sign))
        .normalize("NFC")
        .replace(/[\u2010-\u2013\u2212]/g, "-")
        .replace(/[\u2018\u2019\u02bc]/g, "'")
        .replace(/([\p{L}\p{N}])\^(?=[\p{L}\p{N}])/gu, "$1")
        .replace(/'s(?![\p{L}\p{N}])/gu, "")
        .replaceAll("'", "")
        .replaceAll("_", " ");
    }

    /** @param {string} word */
    function stem(word) {
      const before = stems.get(word);
      if (before !== undefined) return before;
      let stemmed = spellings.get(word) ?? word;
      for (const [old, replacement] of rules.infixes) {
        stemmed = stemmed.slice(0, 1) + stemmed.slice(1).replaceAll(old, replacement);
      }
      const prefix = rules.prefixes.find(
        ([one, least]) => stemmed.startsWith(one) && stemmed.length - one.length >= least,
      );
      if (prefix) stemmed = stemmed.slice(prefix[0].length);
      for (const step of rules.steps) {
        const rule = step.find(
          ([ending, , least]) => stemmed.endsWith(ending) && stemmed.length - ending.length >= least,
        );
        if (rule) stemmed = stemmed.slice(0, stemmed.length - rule[0].length) + rule[1];
      }
      if (stems.size < 50_000) stems.set(word, stemmed);
      return stemmed;
    }

    /** Return the words that a chunk is cut into; of a script without spaces, each two neighbouring signs.
     * @param {string} chunk @returns {string[]} */
    function cut(chunk) {
      if (!spaceless.test(chunk)) return [chunk];
      return chunk.split(spaceless).flatMap((piece) => {
        const signs = [...piece];
        if (signs.length < 2 || !spaceless.test(piece)) return piece ? [piece] : [];
        return signs.slice(1).map((sign, at) => signs[at] + sign);
      });
    }

    /** Return the words of a text with their terms; the parts of a hyphenated word are followed by the joined word.
     * @param {string} text */
    function read(text) {
      /** @type {Litbook.Word[]} */
      const words = [];
      /** @param {string} word @param {boolean} joined */
      const add = (word, joined) =>
        words.push({ word, term: stem(word), common: !joined && common.has(word), asking: asking.has(word), joined });
      for (const [chunk] of normalise(text).replace(unread, " ").matchAll(chunks)) {
        const parts = chunk.split("-");
        for (const part of parts) for (const word of cut(part)) add(word, false);
        if (parts.length > 1 && !spaceless.test(chunk)) add(parts.join(""), true);
      }
      return words;
    }
    /** Return the words of a text with their places in it; in a script without spaces, those that each sign is part of.
     * @param {string} text @returns {Litbook.Located[]} */
    function locate(text) {
      return [...text.matchAll(WRITTEN)].flatMap(({ 0: written, index }) => {
        if (!spaceless.test(written)) return [{ at: index, length: written.length, words: read(written) }];
        const signs = [...written];
        let at = index;
        return signs.map((sign, number) => {
          const words = [...read((signs[number - 1] ?? "") + sign), ...read(sign + (signs[number + 1] ?? ""))];
          at += sign.length;
          return { at: at - sign.length, length: sign.length, words };
        });
      });
    }
    return { normalise, stem, read, locate };
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
