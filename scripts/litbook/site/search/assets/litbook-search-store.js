// Hold the index in the browser, and load its parts when they are asked for. It needs `litbook-search-words.js`.
//
// No page is needed: `load(name, version)` is given from outside; it must bring a part into `litbookIndex`.
"use strict";

(function () {
  const { makeReader } = globalThis.litbookWords;
  const FORMAT = 2;
  const PRELOADED = 1_200_000; // bytes, compressed: up to so many the whole index is loaded once a reader turns to search
  const BUDGET = 300_000;      // bytes of postings that one question may load
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz";

  /**
   * @typedef {{citekey: string, title: string, authors: string, abstract: string}} Paper
   * @typedef {{kind: string, page: string, pageTitle: string, anchor: string, heading: string, text: string}} Section
   * @typedef {(name: string, version: string) => Promise<void>} Load
   */

  /** Undo the folding of sorted strings: each begins with how many letters it shares with the one before it.
   * @param {string} folded @returns {string[]} */
  function unfold(folded) {
    let before = "";
    return folded ? folded.split(" ").map((piece) => (before = before.slice(0, SIGNS.indexOf(piece[0])) + piece.slice(1))) : [];
  }

  /** Return the place of the last start that is not after a value, or -1.
   * @template T @param {T[]} starts @param {T} value */
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

  /** @param {any} part */
  function unpackVectors(part) {
    const bytes = atob(part.rows);
    const size = part.squares.length;
    const rows = new Float32Array(bytes.length * 2);
    for (let at = 0; at < bytes.length; at++) {
      const scale = part.scales[Math.floor(at * 2 / size)] / 7;
      rows[at * 2] = ((bytes.charCodeAt(at) >> 4) - 8) * scale;
      rows[at * 2 + 1] = ((bytes.charCodeAt(at) & 15) - 8) * scale;
    }
    return { rows, size, norms: part.norms, squares: part.squares };
  }

  class Store {
    /** @param {Load} load @param {string} version the digest of `core.js` */
    constructor(load, version) {
      this.load = load;
      this.version = version;
      /** @type {Map<string, Promise<void>>} */
      this.asked = new Map();
      /** @type {Paper[]} */
      this.papers = [];
      /** @type {number[][]} */
      this.postings = [];
      /** @type {Section[] | undefined} */
      this.sections = undefined;
      /** @type {string[]} */
      this.citekeys = [];
      /** @type {Map<string, [number, number][]>} */
      this.near = new Map();
      this.cache = new Map();
      /** @type {Map<number, Float64Array>} */
      this.places = new Map();
      this.taken = 0;
    }

    /** Load what every question needs. */
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
      if (this.core?.format !== FORMAT) throw new Error("This page and the search index are of two builds.");
      await Promise.all([this.need("words"), "vectors" in this.core.files ? this.need("vectors") : undefined]);
    }

    /** Take in the parts that have arrived since. */
    take() {
      const parts = globalThis.litbookIndex ?? [];
      for (; this.taken < parts.length; this.taken++) this.add(parts[this.taken]);
    }

    /** @param {any} part */
    add(part) {
      if (part.part === "core") this.addCore(part);
      else if (part.part === "words") this.addWords(part);
      else if (part.part === "vectors") this.vectors = unpackVectors(part);
      else if (part.part === "keys") this.citekeys = part.keys.split(" ");
      else if (part.part === "near") this.addNear(part);
      else if (part.part === "terms") part.postings.forEach((packed, at) => { this.postings[part.first + at] = packed; });
      else if (part.part === "papers") {
        part.rows.forEach(([citekey, title, authors, abstract], at) => {
          this.papers[part.first + at] = { citekey, title, authors, abstract };
        });
      } else if (part.part === "sections") {
        this.sections = part.rows.map(([page, kind, anchor, heading, text]) => (
          { kind, page: part.pages[page][0], pageTitle: part.pages[page][1], anchor, heading, text }));
      }
    }

    /** @param {any} core */
    addCore(core) {
      this.core = core;
      this.size = core.papers;
      this.facets = core.facets;
      this.reader = makeReader(core.rules);
      this.themeTerms = new Map(core.themeTerms);
      this.mean = core.lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, core.papers) || 1;
    }

    /** @param {any} part */
    addWords(part) {
      this.terms = unfold(part.terms);
      this.holders = part.holders;
      this.acronyms = part.acronyms;
      /** @type {Map<string, number>} */
      this.ids = new Map(this.terms.map((term, id) => [term, id]));
      this.words = [...this.terms, ...unfold(part.written)];
    }

    /** @param {any} part */
    addNear(part) {
      const rows = part.rows.split(" ");
      unfold(part.words).forEach((word, at) => {
        const near = [...rows[at].matchAll(/(\d+)([a-j])/g)];
        this.near.set(word, near.map(([, id, grade]) => [Number(id), 0.5 + "abcdefghij".indexOf(grade) / 20]));
      });
    }

    /** Load a part, once.
     * @param {string} name @returns {Promise<void>} */
    need(name) {
      let asked = this.asked.get(name);
      if (!asked) {
        asked = this.load(name, this.core.files[name][0]).then(() => this.take());
        asked.catch(() => this.asked.delete(name));
        this.asked.set(name, asked);
      }
      return asked;
    }

    /** Load the postings of terms, the most telling first, as far as the budget goes.
     * @param {number[]} ids */
    async needTerms(ids) {
      let left = BUDGET;
      /** @type {Set<string>} */
      const names = new Set();
      for (const id of ids) {
        const name = `terms-${findPart(this.core.termStarts, id)}`;
        if (this.postings[id] || names.has(name)) continue;
        const bytes = this.core.files[name][1];
        if (bytes > left && names.size) continue;
        left -= bytes;
        names.add(name);
      }
      await Promise.all([...names].map((name) => this.need(name)));
    }

    /** @param {number[]} numbers */
    async needPapers(numbers) {
      const missing = numbers.filter((number) => !this.papers[number]);
      const names = new Set(missing.map((number) => `papers-${Math.floor(number / this.core.papersAPart)}`));
      await Promise.all([...names].map((name) => this.need(name)));
    }

    /** @param {string[]} words */
    async needNear(words) {
      const places = words.map((word) => findPart(this.core.nearStarts, word)).filter((place) => place >= 0);
      await Promise.all([...new Set(places)].map((place) => this.need(`near-${place}`)));
    }

    /** Load what is left, where the whole index is small: then the next question waits for nothing. */
    async preload() {
      await this.open();
      const files = Object.entries(this.core.files);
      if (files.reduce((sum, [, [, bytes]]) => sum + bytes, 0) > PRELOADED) return;
      await Promise.all(files.map(([name]) => this.need(name)));
    }

    /** Call back with each paper that holds a term, and the value that tells count and fields.
     * @param {number} id @param {(paper: number, value: number) => void} each */
    walk(id, each) {
      const packed = this.postings[id];
      let paper = -1;
      for (let at = 0; packed && at < packed.length; at += 2) each((paper += packed[at]), packed[at + 1]);
    }

    /** @param {number} id */
    rarity(id) {
      const held = this.holders[id];
      return Math.log(1 + (this.size - held + 0.5) / (held + 0.5));
    }
  }

  globalThis.litbookStore = { Store, unfold };
})();
