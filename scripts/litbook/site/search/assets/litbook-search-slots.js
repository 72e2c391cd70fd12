// Turn a question into slots, one for each of its words. It needs `litbook-search-words.js`, and no page.
//
// A slot holds the terms that a word may mean, each with a weight: the word itself, other spellings, words that it may be
// the start of, the long form of an acronym, and for a word that no paper has, its neighbours in English.
"use strict";

(() => {
  const { distance } = globalThis.litbookWords;
  const LONGEST = 4000; // characters of a question that are read
  const MOST_SLOTS = 120; // different words that count
  const MOST_CORRECTED = 24; // unknown words for which neighbours are looked up
  const FEW_WORDS = 20; // of a question whose postings are loaded before it is known whether the index has the words
  const LONG = 40; // letters; a longer word is not one that is misspelt

  /**
   * @typedef {Litbook.Store} Store
   * @typedef {Litbook.Slot} Slot
   * @typedef {Litbook.Word} Word
   * @typedef {Litbook.Weights} Weights
   */

  /** Return the words of a question that tell what it is about, and all of them.
   * @param {Store} store @param {string} question @param {boolean} says whether the question says facts as well */
  function readTelling(store, question, says) {
    const read = store.reader.read(question.slice(0, LONGEST));
    const naming = read.filter((word) => !word.common && !word.asking);
    if (says) return { read, telling: naming };
    const others = naming.length ? naming : read.filter((word) => !word.common);
    return { read, telling: others.length ? others : read };
  }

  /** Make the slots of a question.
   * @param {Store} store @param {string} question @param {Weights} weights @param {boolean} says
   * @returns {Promise<Slot[]>} */
  async function makeSlots(store, question, weights, says = false) {
    const { read, telling } = readTelling(store, question, says);
    const last = telling.at(-1);
    await needWords(store, telling, read, last);
    const written = findWritten(store, question);
    /** @type {Map<string, Slot>} */
    const slots = new Map();
    let corrected = 0;
    for (const { word, term, joined } of telling) {
      if (slots.has(term) || slots.size >= MOST_SLOTS) continue;
      const exact = store.ids.get(term) ?? -1;
      const asked = !joined;
      /** @type {Slot} */
      const slot = { word, term, exact, terms: new Map(), weight: asked ? 1 : weights.joined, asked, found: [] };
      slot.written = written.get(word);
      if (joined && exact < 0) continue;
      if (exact >= 0) {
        slot.terms.set(exact, 1);
        slot.found.push([exact]);
        slot.form = store.ids.get(`${word}=`);
        slot.lacking = store.ids.get(`${word}!`);
      } else if (store.near.has(word)) addMeant(store, slot, weights);
      else if (++corrected <= MOST_CORRECTED) addMisspelt(store, slot, weights);
      slots.set(term, slot);
    }
    if (last && /[\p{L}\p{N}]$/u.test(question)) addStarts(store, slots.get(last.term), last, weights);
    addPairs(store, slots, read, weights);
    addAcronyms(store, slots, weights);
    return [...slots.values()];
  }

  /** Return how the reader wrote each word.
   * @param {Store} store @param {string} question @returns {Map<string, string>} */
  function findWritten(store, question) {
    const located = store.reader.locate(question.slice(0, LONGEST));
    return new Map(
      located.flatMap(({ at, length, words }) =>
        words.length === 1 ? [[words[0].word, question.slice(at, at + length)]] : [],
      ),
    );
  }

  /** Load the words of the index that the question may mean.
   * @param {Store} store @param {Word[]} telling @param {Word[]} read @param {Word | undefined} last */
  async function needWords(store, telling, read, last) {
    const words = telling.slice(0, MOST_SLOTS).map(({ word }) => word);
    const pairs = read.slice(1, MOST_SLOTS).map(({ word }, at) => read[at].word + word);
    const started = last && last.word.length > 1 && last.word.length <= LONG ? [last.word] : [];
    const terms = new Set(telling.map(({ term }) => term));
    const beyond = started.map((word) => `${word}\uffff`);
    await Promise.all([
      needMeant(store, terms),
      store.needWords([...words, ...pairs]),
      words.length <= FEW_WORDS ? store.needTermsOf([...words, ...beyond]) : undefined,
      ...started.map((word) => store.needStarting(word)),
    ]);
    const unknown = telling.filter(({ term }) => !store.ids.has(term)).map(({ word }) => word);
    await store.needNear(unknown.slice(0, MOST_SLOTS));
    const misspelt = unknown.filter((word) => word.length > 3 && word.length <= LONG && !store.near.has(word));
    const looked = misspelt.slice(0, MOST_CORRECTED);
    const letters = new Set(looked.flatMap((word) => [...word.slice(0, 2)])); // the first two may be swapped
    await Promise.all([...letters].map((letter) => store.needStarting(letter)));
    if (looked.some((word) => !findAlike(store, word).length)) await store.needAllWords();
  }

  /** Load the acronyms, and the words and postings of those that the question means or that mean it.
   * @param {Store} store @param {Set<string>} terms */
  async function needMeant(store, terms) {
    await store.need("acronyms");
    const meant = namedBy(store, terms);
    await Promise.all([store.needWords(meant), store.needTermsOf(meant)]);
  }

  /** Return the terms of acronyms and long forms of which the question has one.
   * @param {Store} store @param {Set<string>} asked */
  function namedBy(store, asked) {
    return store.acronyms.flatMap(([acronym, long]) =>
      asked.has(acronym) ? long : long.length > 1 && long.every((term) => asked.has(term)) ? [acronym] : [],
    );
  }

  /** @param {Slot} slot @param {number} id @param {number} weight */
  function offer(slot, id, weight) {
    if ((slot.terms.get(id) ?? 0) < weight) slot.terms.set(id, weight);
  }

  /** Add the terms that mean nearly the same as a word that no paper has.
   * @param {Store} store @param {Slot} slot @param {Weights} weights */
  function addMeant(store, slot, weights) {
    slot.meant = new Set();
    for (const [id, near] of store.near.get(slot.word) ?? []) {
      offer(slot, id, weights.meant * near);
      slot.meant.add(id);
    }
  }

  /** Add the terms that an unknown word is a misspelling of, or is made of.
   * @param {Store} store @param {Slot} slot @param {Weights} weights */
  function addMisspelt(store, slot, weights) {
    const { word } = slot;
    if (word.length > LONG) return;
    const found = findAlike(store, word);
    if (found[0]?.edits <= 1.5 && word.length > 4) {
      slot.near = found[0].id;
      slot.corrected = found[0].other;
    }
    for (const { id, edits } of found.slice(0, 8)) {
      if (edits === found[0].edits) slot.found.push([id]);
      offer(slot, id, weights.fuzzy / (0.5 + edits / 2) / (edits > found[0].edits ? 2 : 1));
    }
    for (let at = 3; at <= word.length - 3; at++) {
      const head = store.ids.get(store.reader.stem(word.slice(0, at)));
      const tail = store.ids.get(store.reader.stem(word.slice(at)));
      if (head === undefined || tail === undefined) continue;
      slot.found.push([head, tail]);
      offer(slot, head, weights.split / 2);
      offer(slot, tail, weights.split);
    }
  }

  /** Return the words of the index that are spelt nearly like a word, nearest first; cached until more words are loaded.
   * @param {Store} store @param {string} word */
  function findAlike(store, word) {
    const known = store.alike.get(word);
    if (known?.among === store.words.length) return known.found;
    const found = compareAll(store, word);
    store.alike.set(word, { among: store.words.length, found });
    return found;
  }

  /** @param {Store} store @param {string} word @returns {Litbook.Alike[]} */
  function compareAll(store, word) {
    const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
    const found = [];
    for (const other of most ? store.words : []) {
      if (other.length < 3 || Math.abs(other.length - word.length) > most) continue;
      const edits = distance(word, other, most) + (other[0] === word[0] ? 0 : 0.5);
      const id = edits <= most + 0.5 ? store.ids.get(store.reader.stem(other)) : undefined;
      if (id !== undefined) found.push({ id, edits, other, held: store.holders[id] });
    }
    return found.sort((a, b) => a.edits - b.edits || b.held - a.held || a.id - b.id);
  }

  /** Add the terms that the last word may be the start of: the reader may still be typing it.
   * @param {Store} store @param {Slot | undefined} slot @param {Word} last @param {Weights} weights */
  function addStarts(store, slot, last, weights) {
    if (!slot || last.word.length > LONG || (last.word.length < 2 && last.word < "\u0e00")) return;
    const weight = slot.exact >= 0 ? weights.prefix * 0.5 : weights.typed;
    const found = new Map();
    for (const other of store.words) {
      const id = begins(other, last.word) ? store.ids.get(store.reader.stem(other)) : undefined;
      if (id !== undefined && id !== slot.exact) found.set(id, store.holders[id]);
    }
    const common = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    for (const [id] of common.slice(0, 20)) {
      offer(slot, id, weight);
      if (slot.exact < 0) slot.found.push([id]); // "MoE" is a word: papers by Moerland do not name it
    }
    if (!common.length || slot.exact >= 0) return;
    slot.corrected = undefined;
    slot.near = common[0][0]; // what is half typed is known
  }

  /** Return whether a word begins so, or a sign of a script without spaces is in it.
   * @param {string} word @param {string} start */
  function begins(word, start) {
    return word.startsWith(start) || (start >= "\u0e00" && word.includes(start));
  }

  /** Add neighbouring words written as one: `fine tuning` also finds `finetuning`.
   * @param {Store} store @param {Map<string, Slot>} slots @param {Word[]} read @param {Weights} weights */
  function addPairs(store, slots, read, weights) {
    const words = read.filter((word) => !word.joined).slice(0, MOST_SLOTS);
    for (let at = 1; at < words.length; at++) {
      const word = words[at - 1].word + words[at].word;
      if (word.length > LONG || words[at - 1].common || words[at].common) continue;
      const term = store.reader.stem(word);
      addTerm(store, slots, term, word, weights.joined);
      const id = store.ids.get(term);
      for (const { term: part } of id === undefined ? [] : [words[at - 1], words[at]])
        slots.get(part)?.found.push([Number(id)]);
    }
  }

  /** Let an acronym find its long form, and the long form find the acronym.
   * @param {Store} store @param {Map<string, Slot>} slots @param {Weights} weights */
  function addAcronyms(store, slots, weights) {
    for (const [acronym, long] of store.acronyms) {
      const slot = slots.get(acronym);
      if (slot) {
        const ids = long.map((term) => store.ids.get(term));
        if (ids.every((id) => id !== undefined)) slot.found.push(/** @type {number[]} */ (ids));
        for (const term of long) addTerm(store, slots, term, term, weights.expand / long.length);
      } else if (long.length > 1 && long.every((term) => slots.has(term))) {
        const id = store.ids.get(acronym);
        for (const term of id === undefined ? [] : long) slots.get(term)?.found.push([Number(id)]);
        addTerm(store, slots, acronym, acronym, weights.expand / 2);
      }
    }
  }

  /** @param {Store} store @param {Map<string, Slot>} slots @param {string} term @param {string} word
   * @param {number} weight */
  function addTerm(store, slots, term, word, weight) {
    const exact = store.ids.get(term);
    if (exact !== undefined && !slots.has(term))
      slots.set(term, { word, exact, terms: new Map([[exact, 1]]), weight, found: [] });
  }

  globalThis.litbookSlots = { makeSlots };
})();
