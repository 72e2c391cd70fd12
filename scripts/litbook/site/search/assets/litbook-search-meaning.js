// Compare a question and papers by meaning: their places in a latent semantic space. It needs
// `litbook-search-sentences.js`, and no page.
"use strict";

(() => {
  const { readSentences } = globalThis.litbookSentences;
  /**
   * @typedef {Litbook.Store} Store
   * @typedef {Litbook.Slot} Slot
   * @typedef {Map<string, Litbook.Gain>} Gains
   */

  /** @type {Litbook.Vectors} */
  const NO_VECTORS = { rows: new Float32Array(), size: 0, weights: new Float32Array(), squares: [] };

  /** Return a term's place in the latent space: the sum of the places of the papers that hold it. It is cached.
   * @param {Store} store @param {number} id @returns {Float64Array} */
  function placeTerm(store, id) {
    const known = store.places.get(id);
    if (known) return known;
    const { rows, size, weights, squares } = store.vectors ?? NO_VECTORS;
    const place = new Float64Array(size);
    const spread = Math.log(store.size / store.holders[id]);
    store.walk(id, (paper, value) => {
      const count = (value & 7) + (value & 8 ? 2 : 0);
      if (!count) return;
      const weight = spread * spread * (1 + Math.log(count)) * weights[paper];
      for (let at = 0; at < size; at++) place[at] += weight * rows[paper * size + at];
    });
    for (let at = 0; at < size; at++) place[at] /= squares[at];
    if (store.postingsOf(id)) store.places.set(id, place);
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
      for (let at = 0; at < size; at++) dot += rows[paper * size + at] * place[at];
      scores[paper] = dot / length;
    }
    return scores;
  }

  /** Return the words of a text that are nearest to the question in meaning, for a text with none of its own words.
   * @param {Store} store @param {string} text @param {Float64Array} place @returns {Gains} */
  function findMeant(store, text, place) {
    const length = Math.hypot(...place);
    /** @type {[term: string, cosine: number][]} */
    const near = [];
    for (const term of length ? new Set(readSentences(store, text).flatMap(({ terms }) => [...terms])) : []) {
      const id = store.ids.get(term);
      if (id === undefined || !store.postingsOf(id) || store.holders[id] < 2) continue;
      const own = placeTerm(store, id);
      const cosine = own.reduce((sum, value, at) => sum + value * place[at], 0) / length / (Math.hypot(...own) || 1);
      if (cosine > 0.4) near.push([term, cosine]);
    }
    near.sort((a, b) => b[1] - a[1]);
    return new Map(near.slice(0, 6).map(([term, gain]) => [term, { gain, meant: true }]));
  }

  globalThis.litbookMeaning = { placeQuestion, scoreMeaning, findMeant };
})();
