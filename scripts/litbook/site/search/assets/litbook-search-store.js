// Hold the index in the browser and load its parts on demand. It needs `litbook-search-words.js`.
//
// It needs no page: `load(name, version)` is passed in and must push a part to `litbookIndex`.
"use strict";

(() => {
  const { makeReader } = globalThis.litbookWords;
  const FORMAT = 4;
  const ALL_WORDS = 40_000; // bytes, compressed: words up to this size are all loaded to correct a word with a wrong first letter
  const BUDGET = 300_000; // bytes of postings that one question may load
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

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

  /** Read the numbers of each of some words: in base 32, all digits but a number's last from the second half of the signs.
   * @param {string} text */
  function readNumbers(text) {
    return text.split(" ").map((word) => {
      const numbers = [];
      let number = 0;
      for (let at = 0; at < word.length; at++) {
        const digit = DIGITS[word.charCodeAt(at)];
        number = number * 32 + (digit & 31);
        if (digit > 31) continue;
        numbers.push(number);
        number = 0;
      }
      return numbers;
    });
  }

  /** Return the postings of terms: steps from one holder to the next and their values, in turn.
   * @param {{steps: string, values: string}} part */
  function unpackPostings({ steps, values }) {
    const valued = readNumbers(values);
    return readNumbers(steps).map((some, at) => some.flatMap((step, place) => [step, valued[at][place]]));
  }

  /** Return the index of the last start that is not after a value, or -1.
   * @template {string | number} T @param {T[]} starts @param {T} value */
  function findPart(starts, value) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** @param {Litbook.VectorsPart} part @returns {Litbook.Vectors} */
  function unpackVectors(part) {
    const bytes = atob(part.rows);
    const size = part.squares.length;
    const rows = new Float32Array(bytes.length * 2);
    for (let at = 0; at < bytes.length; at++) {
      const scale = part.scales[Math.floor((at * 2) / size)] / 7;
      rows[at * 2] = ((bytes.charCodeAt(at) >> 4) - 8) * scale;
      rows[at * 2 + 1] = ((bytes.charCodeAt(at) & 15) - 8) * scale;
    }
    return { rows, size, norms: part.norms, squares: part.squares };
  }

  class Store {
    /** @param {Litbook.LoadPart} load @param {string} version the digest of `core.js` */
    constructor(load, version) {
      /** @type {string[]} */
      this.wordStarts = [];
      this.load = load;
      this.version = version;
      /** @type {Map<string, Promise<void>>} */
      this.asked = new Map();
      /** @type {Litbook.Core | undefined} */
      this.core = undefined;
      this.size = 0;
      /** @type {Promise<Litbook.Store> | undefined} */
      this.opening = undefined;
      /** @type {Litbook.IndexedPaper[]} */
      this.papers = [];
      /** @type {number[][]} */
      this.postings = [];
      /** @type {number[]} */
      this.holders = [];
      /** @type {string[]} */
      this.terms = [];
      /** @type {Map<string, number>} */
      this.ids = new Map();
      /** @type {string[]} */
      this.words = [];
      /** @type {[acronym: string, long: string[]][]} */
      this.acronyms = [];
      /** @type {Map<string, Litbook.Identified>} */
      this.found = new Map();
      /** @type {Litbook.SaidPart} */
      this.said = { part: "said", pages: [], kinds: [], on: [], starts: [], rowStarts: [] };
      /** @type {Map<string, number[]>} */
      this.saidPostings = new Map();
      /** @type {Litbook.SaidRow[]} */
      this.saidRows = [];
      /** @type {string[]} */
      this.citekeys = [];
      /** @type {Map<string, [number, number][]>} */
      this.near = new Map();
      /** @type {Map<string, Litbook.Sentence[]>} */
      this.cache = new Map();
      /** @type {Map<number, Float64Array>} */
      this.places = new Map();
      /** @type {Map<string, string>} */
      this.codes = new Map();
      /** @type {RegExp | undefined} */
      this.coded = undefined;
      this.taken = 0;
    }

    /** Load what every question needs.
     * @returns {Promise<Litbook.Store>} */
    open() {
      this.opening ??= this.begin().catch((error) => {
        this.opening = undefined;
        throw error;
      });
      return this.opening;
    }

    async begin() {
      await this.load("core", this.version);
      this.take();
      if (this.core?.format !== FORMAT) throw new Error("This page and the search index come from different builds.");
      await Promise.all([this.need("acronyms"), "vectors" in this.core.files ? this.need("vectors") : undefined]);
      return /** @type {Litbook.Store} */ (this);
    }

    /** Add the parts that have arrived since the last call. */
    take() {
      const parts = globalThis.litbookIndex ?? [];
      for (; this.taken < parts.length; this.taken++) this.add(parts[this.taken]);
    }

    /** @param {Litbook.IndexPart} part */
    add(part) {
      if (part.part === "core") this.addCore(part);
      else if (part.part === "words") this.addWords(part);
      else if (part.part === "acronyms") this.acronyms = part.acronyms;
      else if (part.part === "ids") this.addIds(part);
      else if (part.part === "vectors") this.vectors = unpackVectors(part);
      else if (part.part === "keys") this.citekeys = part.keys.split(" ");
      else if (part.part === "near") this.addNear(part);
      else if (part.part === "terms")
        unpackPostings(part).forEach((packed, at) => {
          this.postings[part.first + at] = packed;
        });
      else if (part.part === "papers") {
        part.rows.forEach(([citekey, title, authors, abstract, code = "", flag = ""], at) => {
          this.papers[part.first + at] = { citekey, title, authors, abstract: this.decode(abstract), code, flag };
        });
      } else if (part.part === "said") this.said = part;
      else if (part.part === "said-terms") {
        const postings = unpackPostings(part);
        for (const [at, term] of unfold(part.terms).entries()) this.saidPostings.set(term, postings[at]);
      } else if (part.part === "said-rows")
        part.rows.forEach(([anchor, heading, text, more], at) => {
          this.saidRows[part.first + at] = [anchor, heading, this.decode(text), more];
        });
    }

    /** @param {Litbook.Core} core */
    addCore(core) {
      this.core = core;
      this.wordStarts = core.wordStarts.map(([first]) => first);
      this.size = core.papers;
      this.facets = core.facets;
      this.reader = makeReader(core.rules);
      const [signs, words] = core.codes;
      this.codes = new Map(words.split(" ").map((word, at) => [signs[at - 1], ` ${word}`]));
      this.coded = signs ? new RegExp(`[${signs}]`, "g") : undefined;
      this.themeTerms = new Map(core.themeTerms);
      this.mean = core.lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, core.papers) || 1;
    }

    /** Return a text whose frequent words were one sign each.
     * @param {string} text */
    decode(text) {
      return this.coded ? text.replace(this.coded, (sign) => this.codes.get(sign) ?? sign) : text;
    }

    /** @param {Litbook.WordsPart} part */
    addWords(part) {
      for (const [at, term] of unfold(part.terms).entries()) {
        this.terms[part.first + at] = term;
        this.holders[part.first + at] = part.holders[at];
        this.ids.set(term, part.first + at);
        if (!term.startsWith("!")) this.words.push(term.replace(/^=/, ""));
      }
      this.words.push(...unfold(part.written));
    }

    /** @param {Litbook.IdsPart} part */
    addIds(part) {
      for (const [at, key] of unfold(part.keys).entries()) this.found.set(key, part.found[at]);
    }

    /** @param {Litbook.NearPart} part */
    addNear(part) {
      const rows = part.rows.split(" ");
      for (const [at, word] of unfold(part.words).entries()) {
        /** @type {[number, number][]} */
        const near = [];
        for (const [, id, grade] of rows[at].matchAll(/(\d+)([a-j])/g)) {
          near.push([Number(id), 0.5 + "abcdefghij".indexOf(grade) / 20]);
        }
        this.near.set(word, near);
      }
    }

    /** Return what `open` loaded first. */
    head() {
      if (!this.core) throw new Error("The search index is not open.");
      return this.core;
    }

    /** Load a part, once.
     * @param {string} name @returns {Promise<void>} */
    need(name) {
      let asked = this.asked.get(name);
      if (!asked) {
        asked = this.load(name, this.head().files[name][0]).then(() => this.take());
        asked.catch(() => this.asked.delete(name));
        this.asked.set(name, asked);
      }
      return asked;
    }

    /** Load the postings of terms, the most important first, within the budget.
     * @param {number[]} ids */
    async needTerms(ids) {
      const { files, termStarts } = this.head();
      let left = BUDGET;
      /** @type {Set<string>} */
      const names = new Set();
      for (const id of ids) {
        const name = `terms-${findPart(termStarts, id)}`;
        if (this.postings[id] || names.has(name)) continue;
        const bytes = files[name][1];
        if (bytes > left && names.size) continue;
        left -= bytes;
        names.add(name);
      }
      await Promise.all([...names].map((name) => this.need(name)));
    }

    /** @param {number[]} numbers */
    async needPapers(numbers) {
      const { papersAPart } = this.head();
      const missing = numbers.filter((number) => !this.papers[number]);
      const names = new Set(missing.map((number) => `papers-${Math.floor(number / papersAPart)}`));
      await Promise.all([...names].map((name) => this.need(name)));
    }

    /** Load which terms are near to words, and the parts of the index that tell how many papers hold these terms.
     * @param {string[]} words */
    async needNear(words) {
      const { nearStarts, wordStarts } = this.head();
      await this.needParts("near", nearStarts, words);
      const firsts = wordStarts.map(([, term]) => term);
      const ids = words.flatMap((word) => (this.near.get(word) ?? []).map(([id]) => id));
      const places = new Set(ids.map((id) => findPart(firsts, id)));
      await Promise.all([...places].map((place) => this.need(`words-${place}`)));
    }

    /** Load the lists of the words in the index and of their terms.
     * @param {string[]} words */
    async needWords(words) {
      const { stem } = /** @type {Litbook.Reader} */ (this.reader);
      await this.needParts(
        "words",
        this.wordStarts,
        words.flatMap((word) => [word, stem(word), `=${word}`, `!${word}`]),
      );
    }

    /** Load the words that begin so.
     * @param {string} start */
    async needStarting(start) {
      await this.needRange("words", this.wordStarts, start);
      await this.needRange("words", this.wordStarts, `=${start}`);
    }

    /** Load all words, if there are few: a misspelt one may begin with a wrong letter.
     * @returns {Promise<void>} */
    async needAllWords() {
      const files = Object.entries(this.head().files).filter(([name]) => name.startsWith("words-"));
      if (files.reduce((sum, [, [, bytes]]) => sum + bytes, 0) > ALL_WORDS) return;
      await Promise.all(files.map(([name]) => this.need(name)));
    }

    /** Load what keys of papers and persons lead to.
     * @param {string[]} keys */
    async needIds(keys) {
      await this.needParts("ids", this.head().idStarts, keys);
    }

    /** Return the papers that have a key which begins so.
     * @param {string} start @returns {Promise<number[]>} */
    async findStarting(start) {
      await this.needRange("ids", this.head().idStarts, start);
      const papers = [...this.found].flatMap(([key, found]) =>
        typeof found === "number" && key.startsWith(start) ? [found] : [],
      );
      return [...new Set(papers)];
    }

    /** Load the postings of terms in the entries other than papers.
     * @param {string[]} terms */
    async needSaid(terms) {
      await this.needParts("said-terms", this.said.starts, terms);
    }

    /** Load the rows of entries.
     * @param {number[]} numbers */
    async needRows(numbers) {
      const places = new Set(numbers.map((number) => findPart(this.said.rowStarts, number)));
      await Promise.all([...places].map((at) => this.need(`said-rows-${at}`)));
    }

    /** Load the parts that hold strings. @param {string} name @param {string[]} starts @param {string[]} strings */
    async needParts(name, starts, strings) {
      const places = strings.map((one) => findPart(starts, one)).filter((place) => place >= 0);
      await Promise.all([...new Set(places)].map((place) => this.need(`${name}-${place}`)));
    }

    /** Load the parts that hold what begins with a string. @param {string} name @param {string[]} starts
     * @param {string} start */
    async needRange(name, starts, start) {
      const [first, last] = [findPart(starts, start), findPart(starts, `${start}\uffff`)];
      const places = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((place) => place >= 0);
      await Promise.all(places.map((place) => this.need(`${name}-${place}`)));
    }

    /** Call back with each paper that holds a term, and the value that packs count and fields.
     * @param {number} id @param {(paper: number, value: number) => void} each */
    walk(id, each) {
      const packed = this.postings[id];
      let paper = -1;
      for (let at = 0; packed && at < packed.length; at += 2) {
        paper += packed[at];
        each(paper, packed[at + 1]);
      }
    }

    /** Return the inverse document frequency of a term, as BM25 has it.
     * @param {number} id */
    rarity(id) {
      const held = this.holders[id];
      return Math.log(1 + (this.size - held + 0.5) / (held + 0.5));
    }
  }

  globalThis.litbookStore = { Store, unfold };
})();
