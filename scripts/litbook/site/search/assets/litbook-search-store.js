// Hold the index in the browser and load its parts on demand. It needs `litbook-search-words.js` and
// `litbook-search-unpack.js`.
//
// It needs no page: `load(name, version)` is passed in and must push a part to `litbookIndex`.
"use strict";

(() => {
  const { makeReader } = globalThis.litbookWords;
  const { unfold, unpackCodes, unpackPostings, unpackVectors, unpackFacets, readLetter } = globalThis.litbookUnpack;
  const FORMAT = 6;
  const ALL_WORDS = 40_000; // bytes, compressed: words up to this size are all loaded to correct a word with a wrong first letter
  const BUDGET = 300_000; // bytes of postings that one question may load
  const LENGTH_STEP = 6; // terms of a text
  const SIZE_STEP = 512; // bytes of a part
  const DIGEST = 6; // letters

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

  const NO_POSTINGS = { holders: new Int32Array(), values: new Int32Array() };

  class Store {
    /** @param {Litbook.LoadPart} load @param {string} version the digest of `core.js`
     * @param {Litbook.Core} [given] what `core.js` holds, if the page has it */
    constructor(load, version, given) {
      this.given = given;
      /** @type {string[]} */
      this.wordStarts = [];
      /** @type {string[]} */
      this.termStarts = [];
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
      /** @type {Litbook.PaperRow[]} */
      this.rows = []; // papers as they came: few of a part are shown
      /** @type {(Litbook.Postings | undefined)[]} */
      this.postings = [];
      /** @type {[steps: string, values: string][]} */
      this.packed = [];
      /** @type {Map<string, Litbook.PartKind>} */
      this.kinds = new Map();
      this.lengths = new Float64Array();
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
      this.said = { part: "said", pages: [], kinds: [], on: [], rowStarts: [] };
      /** @type {Map<string, Litbook.Postings>} */
      this.saidPostings = new Map();
      /** @type {Litbook.SaidRow[]} */
      this.saidRows = []; // as they came, too
      /** @type {string[]} */
      this.citekeys = [];
      /** @type {Map<string, [number, number][]>} */
      this.near = new Map();
      /** @type {Map<string, {among: number, found: Litbook.Alike[]}>} */
      this.alike = new Map();
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
      if (this.given) this.add(this.given);
      else await this.load("core", this.version);
      this.take();
      if (this.core?.format !== FORMAT) throw new Error("This page and the search index come from different builds.");
      for (const name of ["scores", "codes", "acronyms", "vectors"])
        if (this.kinds.has(name)) this.need(name).catch(() => {}); // who needs them waits for them
      return /** @type {Litbook.Store} */ (this);
    }

    /** Add the parts that have arrived since the last call; none can be read before the first, `core`. */
    take() {
      const parts = globalThis.litbookIndex ?? [];
      const core = this.core ?? parts.find(({ part }) => part === "core");
      if (!core) return;
      if (!this.core) this.add(core);
      for (; this.taken < parts.length; this.taken++) if (parts[this.taken] !== core) this.add(parts[this.taken]);
    }

    /** @param {Litbook.IndexPart} part */
    add(part) {
      if (part.part === "core") this.addCore(part);
      else if (part.part === "scores") this.addScores(part);
      else if (part.part === "codes") ({ codes: this.codes, coded: this.coded } = unpackCodes(part.codes));
      else if (part.part === "words") this.addWords(part);
      else if (part.part === "acronyms") this.acronyms = part.acronyms;
      else if (part.part === "ids") this.addIds(part);
      else if (part.part === "vectors") this.vectors = unpackVectors(part);
      else if (part.part === "keys") this.citekeys = part.keys.split(" ");
      else if (part.part === "near") this.addNear(part);
      else if (part.part === "terms") {
        const values = part.values.split(" ");
        for (const [at, steps] of part.steps.split(" ").entries()) this.packed[part.first + at] = [steps, values[at]];
      } else if (part.part === "papers") {
        part.rows.forEach((row, at) => {
          this.rows[part.first + at] = row;
        });
      } else if (part.part === "said") this.said = part;
      else if (part.part === "said-terms") {
        const [steps, values] = [part.steps.split(" "), part.values.split(" ")];
        for (const [at, term] of unfold(part.terms).entries())
          this.saidPostings.set(term, unpackPostings(steps[at], values[at]));
      } else if (part.part === "said-rows")
        part.rows.forEach((row, at) => {
          this.saidRows[part.first + at] = row;
        });
    }

    /** @param {Litbook.Core} core */
    addCore(core) {
      this.core = core;
      this.wordStarts = core.wordStarts.map(([first]) => first);
      this.termStarts = unfold(core.termStarts);
      this.size = core.papers;
      this.facets = unpackFacets(core.facets);
      this.reader = makeReader(core.rules);
      let first = 0;
      for (const [kind, count] of core.files) {
        this.kinds.set(kind, { first, count, sizes: core.sizes[kind] ?? "" });
        first += count || 1;
      }
    }

    /** Add what scores are made with: the facets have had no papers until now.
     * @param {Litbook.ScoresPart} part */
    addScores({ lengths, themeTerms, facets }) {
      const packed = Object.entries(this.head().facets).map(([name, facet]) => [
        name,
        { ...facet, papers: facets[name] },
      ]);
      const filled = unpackFacets(Object.fromEntries(packed));
      Object.assign(this.facets ?? {}, filled);
      this.themeTerms = new Map(themeTerms);
      this.lengths = Float64Array.from(lengths, (letter) => readLetter(letter) * LENGTH_STEP);
      this.mean = this.lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, this.size) || 1;
    }

    /** Return the digest of a part.
     * @param {string} name */
    digestOf(name) {
      const { digests, shared } = this.head();
      const [, kind, number = "0"] = /** @type {RegExpExecArray} */ (/^(.+?)(?:-(\d+))?$/.exec(name));
      const at = Math.floor(((this.kinds.get(kind)?.first ?? 0) + Number(number)) / shared) * DIGEST;
      return digests.slice(at, at + DIGEST);
    }

    /** Return the compressed sizes of the parts of a kind, roughly, in bytes.
     * @param {string} kind */
    sizesOf(kind) {
      return [...(this.kinds.get(kind)?.sizes ?? "")].map((letter) => readLetter(letter) * SIZE_STEP);
    }

    /** @param {Litbook.SaidMore | undefined} more @returns {Litbook.SaidMore | undefined} */
    decodeQuotes(more) {
      const sides = more?.sides.map((side) =>
        side.map(([key, name, quote, paper]) => /** @type {Litbook.Quoted} */ ([key, name, this.decode(quote), paper])),
      );
      return more && sides && { ...more, sides };
    }

    /** @param {Litbook.PaperRow} row @returns {Litbook.IndexedPaper} */
    openPaper([citekey, title, authors, abstract, code = "", flag = ""]) {
      const texts = { title: this.decode(title), authors: this.decode(authors), abstract: this.decode(abstract) };
      return { citekey, ...texts, code, flag };
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
        if (!term.endsWith("!")) this.words.push(term.replace(/=$/, ""));
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
        asked = this.load(name, this.digestOf(name)).then(() => this.take());
        asked.catch(() => this.asked.delete(name));
        this.asked.set(name, asked);
      }
      return asked;
    }

    /** Load what papers are scored with: lengths, facets, and their places in the space of meaning, if there are any.
     * @returns {Promise<void>} */
    async needScores() {
      await Promise.all([this.need("scores"), this.kinds.has("vectors") ? this.need("vectors") : undefined]);
    }

    /** Load the postings of terms, the most important first, within the budget.
     * @param {number[]} ids */
    async needTerms(ids) {
      const sizes = this.sizesOf("terms");
      let left = BUDGET;
      /** @type {Set<string>} */
      const names = new Set();
      for (const id of ids) {
        if (this.packed[id]) continue;
        const at = findPart(this.termStarts, this.terms[id]);
        const name = `terms-${at}`;
        if (names.has(name)) continue;
        const bytes = sizes[at];
        if (bytes > left && names.size) continue;
        left -= bytes;
        names.add(name);
      }
      await Promise.all([...names].map((name) => this.need(name)));
    }

    /** Load the postings that words have if the index has these words, which it does not wait to know.
     * @param {string[]} words */
    async needTermsOf(words) {
      const { stem } = /** @type {Litbook.Reader} */ (this.reader);
      await this.needParts(
        "terms",
        this.termStarts,
        words.flatMap((word) => [stem(word), word]),
      );
    }

    /** @param {number[]} numbers */
    async needPapers(numbers) {
      const { papersAPart } = this.head();
      const missing = numbers.filter((number) => !this.rows[number]);
      const names = new Set(missing.map((number) => `papers-${Math.floor(number / papersAPart)}`));
      await Promise.all([this.need("codes"), ...[...names].map((name) => this.need(name))]);
      for (const number of numbers) this.papers[number] ??= this.openPaper(this.rows[number]);
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
        words.flatMap((word) => [stem(word), word, `${word}!`, `${word}=`]),
      );
    }

    /** Load the words that begin so.
     * @param {string} start */
    async needStarting(start) {
      await this.needRange("words", this.wordStarts, start);
    }

    /** Load all words, if there are few: a misspelt one may begin with a wrong letter.
     * @returns {Promise<void>} */
    async needAllWords() {
      const sizes = this.sizesOf("words");
      if (sizes.reduce((sum, bytes) => sum + bytes, 0) > ALL_WORDS) return;
      await Promise.all(sizes.map((_, at) => this.need(`words-${at}`)));
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
      await this.needParts("said-terms", this.head().saidStarts, terms);
    }

    /** Load the rows of entries.
     * @param {number[]} numbers */
    async needRows(numbers) {
      const places = new Set(numbers.map((number) => findPart(this.said.rowStarts, number)));
      await Promise.all([this.need("codes"), ...[...places].map((at) => this.need(`said-rows-${at}`))]);
    }

    /** Return the row of an entry that is loaded.
     * @param {number} number @returns {Litbook.SaidRow} */
    openRow(number) {
      const [anchor, heading, text, more] = this.saidRows[number];
      return [anchor, this.decode(heading), this.decode(text), this.decodeQuotes(more)];
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

    /** Return the papers that hold a term, with values that pack count and fields; nothing if they are not loaded.
     * @param {number} id @returns {Litbook.Postings | undefined} */
    postingsOf(id) {
      const packed = this.packed[id];
      if (packed) this.postings[id] ??= unpackPostings(...packed);
      return this.postings[id];
    }

    /** Call back with each paper that holds a term, and the value that packs count and fields.
     * @param {number} id @param {(paper: number, value: number) => void} each */
    walk(id, each) {
      const { holders, values } = this.postingsOf(id) ?? NO_POSTINGS;
      for (let at = 0; at < holders.length; at++) each(holders[at], values[at]);
    }

    /** Call back with each paper that has a form of a term: its place among the term's papers is given.
     * @param {number} form @param {number} term @param {(paper: number) => void} each */
    walkForm(form, term, each) {
      const { holders } = this.postingsOf(term) ?? NO_POSTINGS;
      for (const place of this.postingsOf(form)?.holders ?? []) if (place < holders.length) each(holders[place]);
    }

    /** Return the inverse document frequency of a term, as BM25 has it.
     * @param {number} id */
    rarity(id) {
      const held = this.holders[id];
      return Math.log(1 + (this.size - held + 0.5) / (held + 0.5));
    }
  }

  globalThis.litbookStore = { Store };
})();
