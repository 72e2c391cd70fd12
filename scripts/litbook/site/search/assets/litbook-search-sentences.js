// Find what shows best why a text was found: its sentence with most of the question. It needs no page.
"use strict";

(() => {
  /**
   * @typedef {Litbook.Store} Store
   * @typedef {Litbook.Slot} Slot
   * @typedef {Map<string, Litbook.Gain>} Gains
   */

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

  globalThis.litbookSentences = { readSentences, findSentence, compareTitle, weighTerms };
})();
