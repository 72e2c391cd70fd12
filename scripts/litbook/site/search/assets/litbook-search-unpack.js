// Unpack what parts of the index hold as letters: folded strings, postings, vectors, facets. It needs no page.
"use strict";

(() => {
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const MIDDLE = 31; // letter of the value 0 in a vector

  /** Unfold sorted strings, each of which begins with the number of letters that it shares with the one before it.
   * @param {string} folded @returns {string[]} */
  function unfold(folded) {
    const words = [];
    let word = "";
    for (const piece of folded ? folded.split(" ") : []) {
      word = word.slice(0, SIGNS.indexOf(piece[0])) + piece.slice(1);
      words.push(word);
    }
    return words;
  }

  const DIGITS = new Uint8Array(128);
  for (const [at, sign] of [...SIGNS].entries()) DIGITS[sign.charCodeAt(0)] = at;

  /** Read the numbers in a word: in base 32, all digits but a number's last from the second half of the signs.
   * @param {string} word */
  function readNumbers(word) {
    const numbers = new Int32Array(word.length);
    let count = 0;
    let number = 0;
    for (let at = 0; at < word.length; at++) {
      const digit = DIGITS[word.charCodeAt(at)];
      number = number * 32 + (digit & 31);
      if (digit > 31) continue;
      numbers[count++] = number;
      number = 0;
    }
    return numbers.subarray(0, count);
  }

  /** Return the holders of a term and their values; where none is written, each is 0.
   * @param {string} steps from one holder to the next @param {string} values @returns {Litbook.Postings} */
  function unpackPostings(steps, values) {
    const holders = readNumbers(steps);
    for (let at = 0, holder = -1; at < holders.length; at++) {
      holder += holders[at];
      holders[at] = holder;
    }
    return { holders, values: values ? readNumbers(values) : new Int32Array(holders.length) };
  }

  /** @param {Litbook.VectorsPart} part @returns {Litbook.Vectors} */
  function unpackVectors({ rows: written, step, weights: shares, squares }) {
    const columns = written.split(" ");
    const [size, papers] = [columns.length, shares.length];
    const rows = new Float32Array(size * papers);
    const weights = new Float32Array(papers);
    for (let paper = 0; paper < papers; paper++) {
      let sum = 0;
      for (let at = 0; at < size; at++) {
        const value = DIGITS[columns[at].charCodeAt(paper)] - MIDDLE;
        rows[paper * size + at] = value;
        sum += value * value;
      }
      const length = Math.sqrt(sum) || 1;
      for (let at = 0; at < size; at++) rows[paper * size + at] /= length;
      weights[paper] = 2 ** (DIGITS[shares.charCodeAt(paper)] / 8) * length * step;
    }
    return { rows, size, weights, squares };
  }

  /** @param {Record<string, Litbook.PackedFacet>} facets @returns {Litbook.Facets} */
  function unpackFacets(facets) {
    const unpacked = Object.entries(facets).map(([name, facet]) => [name, unpackFacet(facet)]);
    return /** @type {any} */ (Object.fromEntries(unpacked));
  }

  /** Return a facet whose values are numbers again.
   * @param {Litbook.PackedFacet} facet @returns {Litbook.Facet<any>} */
  function unpackFacet({ papers, width = 1, ...facet }) {
    if (typeof papers !== "string") return { ...facet, papers };
    const numbers = Array.from({ length: papers.length / width }, (_, paper) => {
      let number = 0;
      for (let at = paper * width; at < (paper + 1) * width; at++) number = number * 64 + DIGITS[papers.charCodeAt(at)];
      return number - 1;
    });
    return { ...facet, papers: numbers };
  }

  /** Return the number that a letter stands for.
   * @param {string} letter */
  function readLetter(letter) {
    return DIGITS[letter.charCodeAt(0)];
  }

  const SUMS = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const encoder = new TextEncoder();

  /** Return the CRC-32 of a text (ISO/IEC 3309, as in ZIP), byte by byte from a table: there are thousands of words.
   * @param {string} text */
  function sum(text) {
    let crc = -1;
    for (const byte of encoder.encode(text)) crc = (crc >>> 8) ^ SUMS[(crc ^ byte) & 255];
    return ~crc >>> 0;
  }

  /** Return the words that signs stand for, and what finds signs in a text. The place of a word's sign follows from the
   * word, and it is the next free one where a word before it has that; `codes.py` does the same.
   * @param {Litbook.PackedCodes[]} packed @returns {{codes: Map<string, string>, coded: RegExp | undefined}} */
  function unpackCodes(packed) {
    /** @type {Map<string, string>} */
    const codes = new Map();
    let ranges = "";
    for (const [runs, folded] of packed) {
      const signs = runs.flatMap(([first, count]) =>
        Array.from({ length: count }, (_, at) => String.fromCharCode(first + at)),
      );
      for (const [first, count] of runs) ranges += String.fromCharCode(first, 0x2d, first + count - 1); // "a-z"
      for (const word of unfold(folded)) {
        let at = sum(` ${word}`) % signs.length;
        while (codes.has(signs[at])) at = (at + 1) % signs.length;
        codes.set(signs[at], ` ${word}`);
      }
    }
    return { codes, coded: ranges ? new RegExp(`[${ranges}]`, "g") : undefined };
  }

  globalThis.litbookUnpack = { unfold, unpackCodes, unpackPostings, unpackVectors, unpackFacets, readLetter };
})();
