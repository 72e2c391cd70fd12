// Hold the index in the browser and load its parts on demand. It needs `litbook-search-words.js`.
//
// It needs no page: `load(name, version)` is passed in and must push a part to `litbookIndex`.
"use strict";

(() => {
  const { makeReader } = globalThis.litbookWords;
  const FORMAT = 2;
  const PRELOADED = 1_200_000; // bytes, compressed: an index up to this size is loaded whole when a reader turns to search
  const BUDGET = 300_000; // bytes of postings that one question may load
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz";

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
      /** @type {Litbook.Section[] | undefined} */
      this.sections = undefined;
      /** @type {string[]} */
      this.citekeys = [];
      /** @type {Map<string, [number, number][]>} */
      this.near = new Map();
      /** @type {Map<string, Litbook.Sentence[]>} */
      this.cache = new Map();
      /** @type {Map<number, Float64Array>} */
      this.places = new Map();
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
      await Promise.all([this.need("words"), "vectors" in this.core.files ? this.need("vectors") : undefined]);
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
      else if (part.part === "vectors") this.vectors = unpackVectors(part);
      else if (part.part === "keys") this.citekeys = part.keys.split(" ");
      else if (part.part === "near") this.addNear(part);
      else if (part.part === "terms")
        part.postings.forEach((packed, at) => {
          this.postings[part.first + at] = packed;
        });
      else if (part.part === "papers") {
        part.rows.forEach(([citekey, title, authors, abstract], at) => {
          this.papers[part.first + at] = { citekey, title, authors, abstract };
        });
      } else if (part.part === "sections") {
        this.sections = part.rows.map(([number, kind, anchor, heading, text]) => {
          const [page, pageTitle] = part.pages[number];
          return { kind, page, pageTitle, anchor, heading, text };
        });
      }
    }

    /** @param {Litbook.Core} core */
    addCore(core) {
      this.core = core;
      this.size = core.papers;
      this.facets = core.facets;
      this.reader = makeReader(core.rules);
      this.themeTerms = new Map(core.themeTerms);
      this.mean = core.lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, core.papers) || 1;
    }

    /** @param {Litbook.WordsPart} part */
    addWords(part) {
      this.terms = unfold(part.terms);
      this.holders = part.holders;
      this.acronyms = part.acronyms;
      /** @type {Map<string, number>} */
      this.ids = new Map(this.terms.map((term, id) => [term, id]));
      this.words = [...this.terms, ...unfold(part.written)];
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

    /** @param {string[]} words */
    async needNear(words) {
      const { nearStarts } = this.head();
      const places = words.map((word) => findPart(nearStarts, word)).filter((place) => place >= 0);
      await Promise.all([...new Set(places)].map((place) => this.need(`near-${place}`)));
    }

    /** Load the rest of an index that is small, so that the next question need not wait. */
    async preload() {
      const { core } = await this.open();
      const files = Object.entries(core.files);
      if (files.reduce((sum, [, [, bytes]]) => sum + bytes, 0) > PRELOADED) return;
      await Promise.all(files.map(([name]) => this.need(name)));
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
