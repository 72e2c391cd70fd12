// Rank papers and sections for a question. It needs `litbook-search-words.js`, `litbook-search-store.js` and
// `litbook-search-slots.js`, and no page.
//
// Papers are ordered by the sum of three scores: words (BM25F), theme, and meaning (latent semantic vectors). The first
// ones are then reordered by their best sentence and by how much of their title the question is.
"use strict";

(() => {
  const { makeSlots } = globalThis.litbookSlots;

  /**
   * @typedef {Litbook.Store} Store
   * @typedef {Litbook.Slot} Slot
   * @typedef {Litbook.Weights} Weights
   * @typedef {Map<string, Litbook.Gain>} Gains
   */

  /** Parameters of the scores; the page "How well does search work here" explains how they were chosen.
   * @type {Weights} */
  const WEIGHTS = {
    k1: 1.8,
    b: 0.5,
    title: 3,
    name: 2,
    author: 2,
    venue: 1,
    cited: 1,
    joined: 0.25,
    prefix: 0.2,
    typed: 0.6,
    fuzzy: 0.65,
    split: 0.5,
    expand: 0.3,
    meant: 0.8,
    meaning: 0.5,
    theme: 0.1,
    sentence: 0.2,
    phrase: 0.5,
  };
  /** Evidence that the best paper answers the question: how well it has the words, how near the nearest paper is in
   * meaning, and how much of the question consists of words that several papers have. Fitted by logistic regression to
   * questions made from the corpus and to definitions from a dictionary; below 1 the page says that nothing is close. */
  const CLOSE = { words: 0.93, meaning: 0.7, known: 0.74, all: 0.95 };
  /** @type {Litbook.Vectors} */
  const NO_VECTORS = { rows: new Float32Array(), size: 0, norms: [], squares: [] };
  const LEAST_MEANING = 0.1; // cosine below which a paper without any of the words is not shown
  const MATCHING = 0.3; // share of the best score above which a paper is a match
  const FEWEST = 20; // papers that are shown even if they score less
  const REORDERED = 30; // first results that are reordered by sentence and title

  /** Score papers by words: BM25 with the fields' counts added before saturation (S. Robertson, H. Zaragoza and
   * M. Taylor, "Simple BM25 extension to multiple weighted fields", 2004). A slot counts once, by its best term.
   * @param {Store} store @param {Slot[]} slots @param {Weights} weights */
  function scoreWords(store, slots, weights) {
    const scores = new Float64Array(store.size);
    const covered = new Float64Array(store.size);
    let ideal = 0;
    let known = 0;
    for (const slot of slots) {
      scoreSlot(store, slot, weights, scores, covered);
      const id = slot.exact >= 0 ? slot.exact : slot.near;
      const gain = slot.weight * (id === undefined ? Math.log(1 + store.size) : store.rarity(id));
      ideal += gain;
      if (id !== undefined && store.holders[id] > 2) known += gain;
    }
    return { scores, covered, ideal, known: ideal ? known / ideal : 0 };
  }

  /** Add to each paper's score that of the slot's best term in it.
   * @param {Store} store @param {Slot} slot @param {Weights} weights @param {Float64Array} scores
   * @param {Float64Array} covered */
  function scoreSlot(store, slot, weights, scores, covered) {
    const { lengths } = store.core;
    const best = new Map();
    const share = new Map();
    for (const [id, weight] of slot.terms) {
      const gain = store.rarity(id) * weight * slot.weight;
      store.walk(id, (paper, value) => {
        const count =
          (value & 7) / (1 - weights.b + (weights.b * lengths[paper]) / store.mean) +
          (value & 8 ? weights.title : 0) +
          (value & 16 ? weights.name : 0) +
          (value & 32 ? weights.author : 0) +
          (value & 64 ? weights.venue : 0) +
          (value & 128 ? weights.cited : 0);
        const score = (gain * count) / (count + weights.k1);
        if (score > (best.get(paper) ?? 0)) best.set(paper, score);
        if (gain > (share.get(paper) ?? 0)) share.set(paper, gain);
      });
    }
    for (const [paper, score] of best) scores[paper] += score;
    for (const [paper, gain] of share) covered[paper] += gain;
  }

  /** Return a term's place in the latent space: the sum of the places of the papers that hold it. It is cached.
   * @param {Store} store @param {number} id @returns {Float64Array} */
  function placeTerm(store, id) {
    const known = store.places.get(id);
    if (known) return known;
    const { rows, size, norms, squares } = store.vectors ?? NO_VECTORS;
    const place = new Float64Array(size);
    const spread = Math.log(store.size / store.holders[id]);
    store.walk(id, (paper, value) => {
      const count = (value & 7) + (value & 8 ? 2 : 0);
      if (!count) return;
      const weight = (spread * spread * (1 + Math.log(count))) / norms[paper];
      for (let at = 0; at < size; at++) place[at] += weight * rows[paper * size + at];
    });
    for (let at = 0; at < size; at++) place[at] /= squares[at];
    if (store.postings[id]) store.places.set(id, place);
    return place;
  }

  /** Return the question's place in the latent space.
   * @param {Store} store @param {Slot[]} slots */
  function placeQuestion(store, slots) {
    const place = new Float64Array(store.vectors?.size ?? 0);
    for (const slot of store.vectors ? slots : []) {
      let total = 0;
      for (const weight of slot.terms.values()) total += weight;
      for (const [id, weight] of slot.terms) {
        const gain = (slot.weight * weight * weight) / total;
        const own = placeTerm(store, id);
        for (let at = 0; at < own.length; at++) place[at] += gain * own[at];
      }
    }
    return place;
  }

  /** Return the cosine of each paper and a place.
   * @param {Store} store @param {Float64Array} place */
  function scoreMeaning(store, place) {
    const scores = new Float64Array(store.size);
    const length = Math.hypot(...place);
    if (!length) return scores;
    const { rows, size } = store.vectors ?? NO_VECTORS;
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

  /** Return the share of the question that each paper's theme holds, from 0 to 1.
   * @param {Store} store @param {Slot[]} slots */
  function scoreThemes(store, slots) {
    const { values, papers } = store.facets.theme;
    const scores = new Float64Array(values.length);
    let ideal = 0;
    for (const slot of slots) {
      if (slot.exact < 0) continue;
      const held = store.themeTerms.get(store.terms[slot.exact]) ?? [];
      const gain = slot.weight * Math.log(1 + values.length / (held.length + 0.5));
      ideal += gain;
      for (const theme of held) scores[theme] += gain;
    }
    return Float64Array.from(papers, (theme) => (theme >= 0 && ideal ? scores[theme] / ideal : 0));
  }

  const SENTENCE_END = /(?<=[.!?]["”’)]?)(?<!\b(?:e\.g|i\.e|et al|vs|cf|Fig|Eq|resp)\.)\s+(?=["“(]?[\p{Lu}\p{N}])/u;

  /** Split a text into sentences, each with its terms; cached, since each key that a reader types asks again.
   * @param {Store} store @param {string} text */
  function readSentences(store, text) {
    let sentences = store.cache.get(text);
    if (!sentences) {
      sentences = text
        .split(SENTENCE_END)
        .filter(Boolean)
        .map((sentence) => ({ text: sentence, terms: new Set(store.reader.read(sentence).map((word) => word.term)) }));
      store.cache.set(text, sentences);
    }
    return sentences;
  }

  /** Return the sentence of a text that holds most of the question, and the share that it holds.
   * @param {Store} store @param {string} text @param {Gains} gains */
  function findSentence(store, text, gains) {
    const sentences = readSentences(store, text);
    let best = { text: sentences[0]?.text ?? "", share: 0 };
    let total = 0;
    for (const { gain } of gains.values()) total += gain;
    for (const { text: sentence, terms } of sentences) {
      let sum = 0;
      for (const [term, { gain }] of gains) if (terms.has(term)) sum += gain;
      if (total && sum / total > best.share) best = { text: sentence, share: sum / total };
    }
    return best;
  }

  /** Return the words of a text that are nearest to the question in meaning, for a text with none of its own words.
   * @param {Store} store @param {string} text @param {Float64Array} place @returns {Gains} */
  function findMeant(store, text, place) {
    const length = Math.hypot(...place);
    /** @type {[term: string, cosine: number][]} */
    const near = [];
    for (const term of length ? new Set(readSentences(store, text).flatMap(({ terms }) => [...terms])) : []) {
      const id = store.ids.get(term);
      if (id === undefined || !store.postings[id] || store.holders[id] < 2) continue;
      const own = placeTerm(store, id);
      const cosine = own.reduce((sum, value, at) => sum + value * place[at], 0) / length / (Math.hypot(...own) || 1);
      if (cosine > 0.4) near.push([term, cosine]);
    }
    near.sort((a, b) => b[1] - a[1]);
    return new Map(near.slice(0, 6).map(([term, gain]) => [term, { gain, meant: true }]));
  }

  /** Return from 0 to 1 how much of a title and of the question is one run of the same words.
   * @param {Store} store @param {Slot[]} slots @param {string} title */
  function compareTitle(store, slots, title) {
    const words = store.reader.read(title).filter((word) => !word.common && !word.joined);
    const terms = words.map((word) => store.ids.get(word.term));
    const asked = slots.filter((slot) => slot.asked);
    let longest = 0;
    let runs = asked.map(() => 0); // by slot the length of the run that ends there, at the title's last word
    for (const term of terms) {
      runs = asked.map((slot, at) => (term !== undefined && slot.terms.has(term) ? (runs[at - 1] ?? 0) + 1 : 0));
      longest = Math.max(longest, ...runs);
    }
    return longest < 2 && terms.length > 1 ? 0 : (longest / asked.length) * (0.5 + (0.5 * longest) / terms.length) || 0;
  }

  /** Return by term what it is worth to find it in a sentence, and whether it only means what was asked for.
   * @param {Store} store @param {Slot[]} slots @returns {Gains} */
  function weighTerms(store, slots) {
    /** @type {Gains} */
    const gains = new Map();
    for (const slot of slots) {
      for (const [id, weight] of slot.terms) {
        gains.set(store.terms[id], {
          gain: weight * slot.weight * store.rarity(id),
          meant: slot.meant?.has(id) ?? false,
        });
      }
      if (slot.asked && slot.term && slot.exact < 0)
        gains.set(slot.term, { gain: Math.log(1 + store.size), meant: false });
    }
    return gains;
  }

  /** Load the postings of all terms of the slots, the most important first.
   * @param {Store} store @param {Slot[]} slots */
  function needSlots(store, slots) {
    const wanted = slots.flatMap((slot) =>
      [...slot.terms].map(([id, weight]) => ({ id, gain: weight * slot.weight * store.rarity(id) })),
    );
    return store.needTerms(wanted.sort((a, b) => b.gain - a.gain).map(({ id }) => id));
  }

  /** Rank the papers of the index for a question, best first.
   * @type {Litbook.Search["search"]} */
  async function search(closed, question, changed = {}) {
    const store = await closed.open();
    const weights = { ...WEIGHTS, ...changed };
    const slots = await makeSlots(store, question, weights);
    await needSlots(store, slots);
    const place = placeQuestion(store, slots);
    const { hits, close } = scorePapers(store, slots, place, weights);
    const gains = weighTerms(store, slots);
    await reorder(store, hits, slots, gains, weights);
    const corrected = new Map(slots.flatMap(({ word, corrected: better }) => (better ? [[word, better]] : [])));
    return { hits, close, slots, gains, place, corrected };
  }

  /** @param {Store} store @param {Slot[]} slots @param {Float64Array} place @param {Weights} weights */
  function scorePapers(store, slots, place, weights) {
    const { scores, covered, ideal, known } = scoreWords(store, slots, weights);
    const meaning = scoreMeaning(store, place);
    const theme = scoreThemes(store, slots);
    const top = findMost(scores);
    /** @type {Litbook.Hit[]} */
    const hits = [];
    for (let paper = 0; paper < scores.length; paper++) {
      const words = top ? scores[paper] / top : 0;
      const score = words + weights.meaning * meaning[paper] + weights.theme * theme[paper];
      if (scores[paper] > 0 || meaning[paper] > LEAST_MEANING) hits.push({ paper, score });
    }
    hits.sort((a, b) => b.score - a.score || a.paper - b.paper);
    const least = (hits[0]?.score ?? 0) * MATCHING;
    const evidence = {
      words: top / (ideal || 1),
      meaning: findMost(meaning),
      known,
      covered: findMost(covered) / (ideal || 1),
    };
    return { hits: hits.filter((hit, at) => at < FEWEST || hit.score >= least), close: isClose(evidence) };
  }

  /** @param {Float64Array} values @returns {number} the greatest, or 0 */
  function findMost(values) {
    return values.reduce((most, one) => Math.max(most, one), 0);
  }

  /** @param {{words: number, meaning: number, known: number, covered: number}} evidence */
  function isClose({ words, meaning, known, covered }) {
    return covered >= CLOSE.all || words * CLOSE.words + meaning * CLOSE.meaning + known * CLOSE.known >= 1;
  }

  /** Reorder the first hits by sentence and title.
   * @param {Store} store @param {Litbook.Hit[]} hits @param {Slot[]} slots @param {Gains} gains @param {Weights} weights */
  async function reorder(store, hits, slots, gains, weights) {
    const head = hits.slice(0, REORDERED);
    await store.needPapers(head.map((hit) => hit.paper));
    for (const hit of head) {
      const { title, abstract } = store.papers[hit.paper];
      hit.score +=
        weights.sentence * findSentence(store, abstract, gains).share +
        weights.phrase * compareTitle(store, slots, title);
    }
    head.sort((a, b) => b.score - a.score || a.paper - b.paper);
    hits.splice(0, head.length, ...head);
  }

  const HEADING = 3; // times that a word of a heading counts
  const BREATH = 25; // milliseconds of work after which the browser may handle other events
  const LEAST_SECTION = 0.45; // share of the question's words, by their rarity, that a section must hold

  /** Rank sections, figures and terms of a glossary for a question that was searched for, best first.
   * @type {Litbook.Search["searchSections"]} */
  async function searchSections(store, found) {
    await store.need("sections");
    let ideal = 0;
    for (const slot of found.slots)
      if (slot.asked) ideal += slot.exact >= 0 ? store.rarity(slot.exact) : Math.log(1 + store.size);
    const scored = [];
    let since = Date.now();
    for (const section of store.sections ?? []) {
      section.terms ??= countTerms(store, section);
      const { score, held } = scoreSection(store, section.terms, found.slots);
      scored.push({ section, score, share: ideal ? held / ideal : 0 });
      if (Date.now() - since > BREATH) {
        // the first search reads all text, which must not freeze the page
        await new Promise((go) => setTimeout(go));
        since = Date.now();
      }
    }
    return scored.filter(({ share }) => share >= LEAST_SECTION).sort((a, b) => b.score - a.score);
  }

  /** @param {Store} store @param {Litbook.Section} section */
  function countTerms(store, { heading, text }) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const [part, weight] of /** @type {[string, number][]} */ ([
      [heading, HEADING],
      [text, 1],
    ])) {
      for (const { term } of store.reader.read(part)) counts.set(term, (counts.get(term) ?? 0) + weight);
    }
    return counts;
  }

  /** @param {Store} store @param {Map<string, number>} counts @param {Slot[]} slots */
  function scoreSection(store, counts, slots) {
    let score = 0;
    let held = 0;
    for (const slot of slots.filter((one) => one.asked)) {
      const own = slot.exact < 0 ? (counts.get(slot.term ?? "") ?? 0) : 0; // a word that only the chapters have
      let share = own ? Math.log(1 + store.size) : 0;
      let best = (share * own) / (own + 1);
      for (const [id, weight] of slot.terms) {
        const count = counts.get(store.terms[id]) ?? 0;
        if (!count) continue;
        best = Math.max(best, (store.rarity(id) * weight * count) / (count + 1));
        share = Math.max(share, store.rarity(id) * weight);
      }
      score += best;
      held += share;
    }
    return { score, held };
  }

  globalThis.litbookSearch = { WEIGHTS, search, searchSections, findSentence, findMeant };
})();
