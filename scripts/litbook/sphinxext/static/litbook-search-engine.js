// Rank papers for a question. No page is needed: this file takes the parts of the index and returns values.
// It needs `litbook-search-words.js` before it.
//
// A question becomes slots, one for each of its words. A slot holds the terms that may stand for the word, each with a
// weight: the word itself, its other spellings, what it may be the start of, what its acronym stands for. Papers are
// scored by words (BM25F), by theme and by meaning (latent semantic vectors), and the sum orders them.
"use strict";

(function () {
  const { makeReader, distance } = globalThis.litbookWords;

  /**
   * @typedef {{citekey: string, title: string, authors: string, year: ?number, theme: string, kind: ?string,
   *   abstract: string}} Paper
   * @typedef {{word: string, exact: number, terms: Map<number, number>, weight: number,
   *   asked?: boolean, near?: number}} Slot
   * @typedef {{paper: number, score: number}} Hit
   */

  /** Figures by which papers are scored. They come from 160 random settings, compared by five-fold cross-validation on
   * questions made from the corpus: a title for its abstract, one half of an abstract for the other, a sentence left out,
   * six of its words, names and titles with typing errors. Near the best they hardly matter, so round ones were taken. */
  const WEIGHTS = {
    k1: 1.8, b: 0.5, title: 3, name: 2, author: 2, venue: 1, joined: 0.25, prefix: 0.2, typed: 0.6,
    fuzzy: 0.65, split: 0.5, expand: 0.3, meaning: 0.5, theme: 0.1, sentence: 0.2, phrase: 0.5, close: 0.55,
  };
  const LONGEST = 4000;      // characters of a question that are read
  const MOST_SLOTS = 200;    // different words that count
  const LEAST_MEANING = 0.1; // cosine below which a paper without any of the words is not shown
  const MOST_CORRECTED = 24; // unknown words for which neighbours are looked up

  /** Put the parts of the index together.
   * @param {any[]} parts */
  function makeIndex(parts) {
    const core = parts.find((part) => part.part === "core");
    if (!core) throw new Error("The search index has no core.");
    /** @type {Map<string, number>} */
    const ids = new Map();
    const terms = [];
    const postings = [];
    const papers = new Array(core.papers);
    for (const part of [...parts].sort((a, b) => a.first - b.first || 0)) { // they arrive in any order
      if (part.part === "terms") {
        for (const term of part.terms.split(" ")) ids.set(term, terms.push(term) - 1);
        for (const packed of part.postings) postings.push(packed);
      } else if (part.part === "papers") {
        part.rows.forEach((row, at) => {
          papers[part.first + at] = makePaper(row, core.themes[core.placed[part.first + at]]);
        });
      }
    }
    const vectors = parts.find((part) => part.part === "vectors");
    const mean = core.lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, core.papers) || 1;
    return {
      core, ids, terms, words: [...terms, ...core.words.split(" ")], postings, papers, mean,
      reader: makeReader(core.rules), vectors: vectors && unpack(vectors),
      themeTerms: new Map(core.themeTerms), acronyms: core.acronyms, cache: new Map(),
    };
  }

  /** @param {any[]} row @param {string | undefined} theme @returns {Paper} */
  function makePaper([citekey, title, authors, year, kind, abstract], theme) {
    return { citekey, title, authors, year, theme: theme ?? "", kind, abstract };
  }

  /** @param {any} part */
  function unpack(part) {
    const bytes = atob(part.rows);
    const size = part.squares.length;
    const rows = new Float32Array(bytes.length);
    for (let at = 0; at < bytes.length; at++) {
      rows[at] = ((bytes.charCodeAt(at) << 24) >> 24) * part.scales[Math.floor(at / size)] / 127;
    }
    return { rows, size, norms: part.norms, squares: part.squares };
  }

  /** Call back with each paper that holds a term, and the value that tells count and fields.
   * @param {any} index @param {number} id @param {(paper: number, value: number) => void} each */
  function walk(index, id, each) {
    const packed = index.postings[id];
    let paper = -1;
    for (let at = 0; at < packed.length; at += 2) each((paper += packed[at]), packed[at + 1]);
  }

  /** @param {any} index @param {number} id */
  function rarity(index, id) {
    const held = index.postings[id].length / 2;
    return Math.log(1 + (index.core.papers - held + 0.5) / (held + 0.5));
  }

  /** Make the slots of a question.
   * @param {any} index @param {string} question @param {any} weights @returns {Slot[]} */
  function makeSlots(index, question, weights) {
    const read = index.reader.read(question.slice(0, LONGEST));
    const telling = read.some((word) => !word.common) ? read.filter((word) => !word.common) : read;
    /** @type {Map<string, Slot>} */
    const slots = new Map();
    let corrected = 0;
    for (const { word, term, joined } of telling) {
      if (slots.has(term) || slots.size >= MOST_SLOTS) continue;
      const exact = index.ids.get(term) ?? -1;
      const slot = { word, exact, terms: new Map(), weight: joined ? weights.joined : 1, asked: !joined };
      if (joined && exact < 0) continue;
      if (exact >= 0) slot.terms.set(exact, 1);
      else if (++corrected <= MOST_CORRECTED) addNeighbours(index, slot, term, weights);
      slots.set(term, slot);
    }
    const last = telling.at(-1);
    if (last && /[\p{L}\p{N}]$/u.test(question)) addStarts(index, slots.get(last.term), last, weights);
    addPairs(index, slots, read, weights);
    addAcronyms(index, slots, weights);
    return [...slots.values()];
  }

  /** @param {Slot} slot @param {number} id @param {number} weight */
  function offer(slot, id, weight) {
    if ((slot.terms.get(id) ?? 0) < weight) slot.terms.set(id, weight);
  }

  /** Add the terms that an unknown word is a misspelling of, or is made of.
   * @param {any} index @param {Slot} slot @param {string} term @param {any} weights */
  function addNeighbours(index, slot, term, weights) {
    const { word } = slot;
    if (word.length > 40) return;
    const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
    const found = [];
    for (const other of most ? index.words : []) {
      if (other.length < 3 || Math.abs(other.length - word.length) > most) continue;
      const edits = distance(word, other, most) + (other[0] === word[0] ? 0 : 0.5);
      const id = edits <= most + 0.5 ? index.ids.get(index.reader.stem(other)) : undefined;
      if (id !== undefined) found.push({ id, edits, held: index.postings[id].length });
    }
    found.sort((a, b) => a.edits - b.edits || b.held - a.held || a.id - b.id);
    if (found[0]?.edits <= 1.5 && word.length > 4) slot.near = found[0].id;
    for (const { id, edits } of found.slice(0, 8)) {
      offer(slot, id, weights.fuzzy / (0.5 + edits / 2) / (edits > found[0].edits ? 2 : 1));
    }
    for (let at = 3; at <= word.length - 3; at++) {
      const head = index.ids.get(index.reader.stem(word.slice(0, at)));
      const tail = index.ids.get(index.reader.stem(word.slice(at)));
      if (head === undefined || tail === undefined) continue;
      offer(slot, head, weights.split / 2);
      offer(slot, tail, weights.split);
    }
  }

  /** Add the terms that the last word may be the start of: it may still be being typed.
   * @param {any} index @param {?Slot|undefined} slot @param {{word: string, term: string}} last @param {any} weights */
  function addStarts(index, slot, last, weights) {
    if (!slot || last.word.length < 2 || last.word.length > 40) return;
    const weight = slot.exact >= 0 ? weights.prefix * 0.5 : weights.typed;
    const found = [];
    for (const other of index.words) {
      const id = other.startsWith(last.word) ? index.ids.get(index.reader.stem(other)) : undefined;
      if (id !== undefined && id !== slot.exact) found.push({ id, held: index.postings[id].length });
    }
    found.sort((a, b) => b.held - a.held || a.id - b.id);
    for (const { id } of found.slice(0, 20)) offer(slot, id, weight);
  }

  /** Add what two neighbouring words make when they are written as one: `fine tuning` is `finetuning`.
   * @param {any} index @param {Map<string, Slot>} slots @param {any[]} read @param {any} weights */
  function addPairs(index, slots, read, weights) {
    const words = read.filter((word) => !word.joined).slice(0, MOST_SLOTS);
    for (let at = 1; at < words.length; at++) {
      const word = words[at - 1].word + words[at].word;
      if (word.length > 40) continue;
      const term = index.reader.stem(word);
      const exact = index.ids.get(term);
      if (exact === undefined || slots.has(term)) continue;
      slots.set(term, { word, exact, terms: new Map([[exact, 1]]), weight: weights.joined });
    }
  }

  /** Let an acronym find what it stands for, and the long form find the acronym.
   * @param {any} index @param {Map<string, Slot>} slots @param {any} weights */
  function addAcronyms(index, slots, weights) {
    for (const [acronym, long] of index.acronyms) {
      const short = slots.get(acronym);
      if (short) {
        for (const term of long) {
          const exact = index.ids.get(term);
          if (exact !== undefined && !slots.has(term)) {
            slots.set(term, { word: term, exact, terms: new Map([[exact, 1]]), weight: weights.expand / long.length });
          }
        }
      } else if (long.length > 1 && long.every((term) => slots.has(term)) && index.ids.has(acronym)) {
        const exact = index.ids.get(acronym);
        slots.set(acronym, { word: acronym, exact, terms: new Map([[exact, 1]]), weight: weights.expand / 2 });
      }
    }
  }

  /** Score papers by words: BM25 with the fields' counts added before it flattens (S. Robertson, H. Zaragoza and
   * M. Taylor, "Simple BM25 extension to multiple weighted fields", 2004). A slot counts once, by its best term.
   * @param {any} index @param {Slot[]} slots @param {any} weights */
  function scoreWords(index, slots, weights) {
    const { papers, lengths } = index.core;
    const scores = new Float64Array(papers);
    const covered = new Float64Array(papers);
    const best = new Float64Array(papers);
    const share = new Float64Array(papers);
    let ideal = 0;
    let known = 0;
    for (const slot of slots) {
      best.fill(0);
      share.fill(0);
      for (const [id, weight] of slot.terms) {
        const gain = rarity(index, id) * weight * slot.weight;
        walk(index, id, (paper, value) => {
          const count = (value & 7) / (1 - weights.b + weights.b * lengths[paper] / index.mean)
            + (value & 8 ? weights.title : 0) + (value & 16 ? weights.name : 0)
            + (value & 32 ? weights.author : 0) + (value & 64 ? weights.venue : 0);
          const score = gain * count / (count + weights.k1);
          if (score > best[paper]) best[paper] = score;
          if (gain > share[paper]) share[paper] = gain;
        });
      }
      for (let paper = 0; paper < papers; paper++) {
        scores[paper] += best[paper];
        covered[paper] += share[paper];
      }
      const id = slot.exact >= 0 ? slot.exact : slot.near;
      const gain = slot.weight * (id === undefined ? Math.log(1 + papers) : rarity(index, id));
      ideal += gain;
      if (slot.exact >= 0 && index.postings[slot.exact].length > 2) known += gain;
    }
    return { scores, covered, ideal, known: ideal ? known / ideal : 0 };
  }

  /** Return how near each paper is to the question in meaning: cosines in the latent space.
   * @param {any} index @param {Slot[]} slots */
  function scoreMeaning(index, slots) {
    const scores = new Float64Array(index.core.papers);
    if (!index.vectors) return scores;
    const { rows, size, norms, squares } = index.vectors;
    const place = new Float64Array(size);
    for (const slot of slots) {
      let total = 0;
      for (const weight of slot.terms.values()) total += weight;
      for (const [id, weight] of slot.terms) {
        const spread = Math.log(index.core.papers / (index.postings[id].length / 2));
        walk(index, id, (paper, value) => {
          const count = (value & 7) + (value & 8 ? 2 : 0);
          if (!count) return;
          const gain = spread * spread * (1 + Math.log(count)) / norms[paper] * slot.weight * weight * weight / total;
          for (let at = 0; at < size; at++) place[at] += gain * rows[paper * size + at] / squares[at];
        });
      }
    }
    const length = Math.hypot(...place);
    if (!length) return scores;
    for (let paper = 0; paper < scores.length; paper++) {
      let dot = 0;
      let norm = 0;
      for (let at = 0; at < size; at++) {
        const value = rows[paper * size + at];
        dot += value * place[at];
        norm += value * value;
      }
      scores[paper] = norm ? dot / length / Math.sqrt(norm) : 0;
    }
    return scores;
  }

  /** Return how much of the question each paper's theme holds, from 0 to 1.
   * @param {any} index @param {Slot[]} slots */
  function scoreThemes(index, slots) {
    const { themes, placed } = index.core;
    const scores = new Float64Array(themes.length);
    let ideal = 0;
    for (const slot of slots) {
      if (slot.exact < 0) continue;
      const held = index.themeTerms.get(index.terms[slot.exact]) ?? [];
      const gain = slot.weight * Math.log(1 + themes.length / (held.length + 0.5));
      ideal += gain;
      for (const theme of held) scores[theme] += gain;
    }
    return Float64Array.from(placed, (theme) => (theme >= 0 && ideal ? scores[theme] / ideal : 0));
  }

  const SENTENCE_END = /(?<=[.!?]["”’)]?)(?<!\b(?:e\.g|i\.e|et al|vs|cf|Fig|Eq|resp)\.)\s+(?=["“(]?[\p{Lu}\p{N}])/u;

  /** Cut a text into sentences.
   * @param {string} text */
  function splitSentences(text) {
    return text.split(SENTENCE_END).filter(Boolean);
  }

  /** Return the sentence of a paper's abstract that holds most of the question, and what share of it.
   * @param {any} index @param {number} number @param {Map<string, number>} gains */
  function findSentence(index, number, gains) {
    let sentences = index.cache.get(number);
    if (!sentences) {
      sentences = splitSentences(index.papers[number].abstract).map((text) => ({
        text, terms: new Set(index.reader.read(text).map((word) => word.term)),
      }));
      index.cache.set(number, sentences);
    }
    let best = { text: sentences[0]?.text ?? "", share: 0 };
    let total = 0;
    for (const gain of gains.values()) total += gain;
    for (const { text, terms } of sentences) {
      let sum = 0;
      for (const [term, gain] of gains) if (terms.has(term)) sum += gain;
      const share = total ? sum / total : 0;
      if (share > best.share) best = { text, share };
    }
    return best;
  }

  /** Return from 0 to 1 how far a title is the question, or has it in one piece: words in a row in both.
   * @param {any} index @param {Slot[]} slots @param {string} title */
  function compareTitle(index, slots, title) {
    const words = index.reader.read(title).filter((word) => !word.common && !word.joined);
    const terms = words.map((word) => index.ids.get(word.term));
    const asked = slots.filter((slot) => slot.asked);
    let longest = 0;
    let old = new Array(asked.length + 1).fill(0);
    for (const term of terms) {
      const row = [0, ...asked.map((slot, at) => (slot.terms.has(term) ? old[at] + 1 : 0))];
      longest = Math.max(longest, ...row);
      old = row;
    }
    return longest < 2 && terms.length > 1 ? 0 : longest / asked.length * (0.5 + 0.5 * longest / terms.length) || 0;
  }

  /** Return by term how much finding it in a sentence is worth.
   * @param {any} index @param {Slot[]} slots */
  function weighTerms(index, slots) {
    /** @type {Map<string, number>} */
    const gains = new Map();
    for (const slot of slots) {
      for (const [id, weight] of slot.terms) gains.set(index.terms[id], weight * slot.weight * rarity(index, id));
    }
    return gains;
  }

  /** Rank the papers of the index for a question, best first.
   * @param {any} index @param {string} question @param {{weights?: any, limit?: number}} [options] */
  function search(index, question, options = {}) {
    const weights = { ...WEIGHTS, ...options.weights };
    const slots = makeSlots(index, question, weights);
    const { scores, covered, ideal, known } = scoreWords(index, slots, weights);
    const meaning = weights.meaning ? scoreMeaning(index, slots) : new Float64Array(scores.length);
    const theme = scoreThemes(index, slots);
    const top = scores.reduce((most, one) => Math.max(most, one), 0);
    /** @type {Hit[]} */
    const hits = [];
    let nearest = 0;
    for (let paper = 0; paper < scores.length; paper++) {
      const words = top ? scores[paper] / top : 0;
      const score = words + weights.meaning * meaning[paper] + weights.theme * theme[paper];
      if (scores[paper] > 0 || meaning[paper] > LEAST_MEANING) hits.push({ paper, score });
      if (ideal) nearest = Math.max(nearest, covered[paper] / ideal + meaning[paper] * known ** 3);
    }
    hits.sort((a, b) => b.score - a.score || a.paper - b.paper);
    const gains = weighTerms(index, slots);
    if (weights.sentence) {
      const head = hits.slice(0, 30);
      for (const hit of head) {
        hit.score += weights.sentence * findSentence(index, hit.paper, gains).share
          + weights.phrase * compareTitle(index, slots, index.papers[hit.paper].title);
      }
      head.sort((a, b) => b.score - a.score || a.paper - b.paper);
      hits.splice(0, head.length, ...head);
    }
    const close = nearest >= weights.close;
    return { hits: hits.slice(0, options.limit ?? 60), total: hits.length, close, nearest, slots, gains };
  }

  globalThis.litbookSearch = { WEIGHTS, makeIndex, search, findSentence, splitSentences };
})();
