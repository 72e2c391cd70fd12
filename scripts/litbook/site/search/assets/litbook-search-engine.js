// Rank papers for a question. It needs the scripts of the search for words, store, query, slots, sentences and meaning,
// and no page.
//
// Papers are ordered by the sum of three scores: words (BM25F), theme, and meaning (latent semantic vectors). The first
// ones are then reordered by their best sentence and by how much of their title the question is. Papers that match come
// before those that are only near.
"use strict";

(() => {
  const { readQuestion, readAuthor, findNamed } = globalThis.litbookQuery;
  const { makeSlots } = globalThis.litbookSlots;
  const { findSentence, compareTitle, weighTerms } = globalThis.litbookSentences;
  const { placeQuestion, scoreMeaning } = globalThis.litbookMeaning;

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
    form: 0.3,
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
  /** Evidence that a paper answers the question, as weights of a logistic regression: how well it has the words, what
   * share of them by rarity, and how near it is in meaning. Fitted to questions made from the corpus, of which the right
   * paper is known; a paper that probably answers counts as a match although words are missing. */
  const ANSWERS = { words: 2.13, covered: 2.89, meaning: 7.87, constant: -8.15 };
  /** Evidence that anything here is close, likewise: the most that a paper covers of the question, also by how many words
   * the question has, how near in meaning the nearest five are, and the shares of the words that several papers have and
   * of those that only mean the same. Fitted to such questions, also short ones and whole halves of abstracts, and to 238
   * about other subjects. */
  const CLOSE = {
    covered: 1.11,
    near: 0.48,
    several: 2.99,
    meant: -1.34,
    length: 1.12,
    longCovered: 3.01,
    constant: -5.5,
  };
  const QUESTION = 5; // words from which on a question may be answered by a paper that lacks one of them, if no fact decides
  const SEVERAL = 3; // papers that have a word, from which on the collection is about it
  const NO_POSTINGS = { holders: new Int32Array(), values: new Int32Array() };
  const NO_EVIDENCE = { words: 0, covered: 0, meaning: 0 };
  const LEAST_MEANING = 0.1; // cosine below which a paper without any of the words is not shown
  const FEWEST = 20; // papers that are ranked even if they score little
  const MATCHING = 0.3; // share of the best score above which more of them are
  const REORDERED = 20; // first results that are reordered by sentence and title
  const FIELDS = 3; // place of the first bit of a field, above the count
  const OWN = 127; // bits of a paper's own fields; what chapters say of it is another

  /** Score papers by words: BM25 with the fields' counts added before saturation (S. Robertson, H. Zaragoza and
   * M. Taylor, "Simple BM25 extension to multiple weighted fields", 2004). A slot counts once, by its best term.
   * @param {Store} store @param {Slot[]} slots @param {Weights} weights */
  function scoreWords(store, slots, weights) {
    const scores = new Float64Array(store.size);
    const covered = new Float64Array(store.size);
    let ideal = 0;
    const alone = slots.filter(({ asked }) => asked).length === 1;
    for (const slot of slots) {
      // Among many words the commonest form says little.
      const asked = alone ? slot : { ...slot, lacking: undefined };
      scoreSlot(store, asked, alone ? { ...weights, form: 3 * weights.form } : weights, scores, covered);
      const id = slot.exact >= 0 ? slot.exact : slot.near;
      const gain = slot.weight * (id === undefined ? Math.log(1 + store.size) : store.rarity(id));
      ideal += gain;
    }
    return { scores, covered, ideal };
  }

  /** Add to each paper's score that of the slot's best term in it.
   * @param {Store} store @param {Slot} slot @param {Weights} weights @param {Float64Array} scores
   * @param {Float64Array} covered */
  function scoreSlot(store, slot, weights, scores, covered) {
    const { lengths, mean } = store;
    const best = new Float64Array(store.size);
    const share = new Float64Array(store.size);
    const fields = weighFields(weights);
    for (const [id, weight] of slot.terms) {
      const gain = store.rarity(id) * weight * slot.weight;
      const { holders, values } = store.postingsOf(id) ?? NO_POSTINGS;
      for (let at = 0; at < holders.length; at++) {
        const [paper, value] = [holders[at], values[at]];
        const count = (value & 7) / (1 - weights.b + (weights.b * lengths[paper]) / mean) + fields[value >> FIELDS];
        const score = (gain * count) / (count + weights.k1);
        if (score > best[paper]) best[paper] = score;
        if (gain > share[paper]) share[paper] = gain;
      }
    }
    addForm(store, slot, weights, best);
    for (let paper = 0; paper < best.length; paper++) {
      scores[paper] += best[paper];
      covered[paper] += share[paper];
    }
  }

  /** Return by the bits of the fields that hold a term what it counts there.
   * @param {Weights} weights */
  function weighFields({ title, name, author, venue, cited }) {
    const each = [title, name, author, venue, cited];
    return Float64Array.from({ length: 1 << each.length }, (_, bits) =>
      each.reduce((sum, weight, at) => sum + (bits & (1 << at) ? weight : 0), 0),
    );
  }

  /** Add what it is worth to have the very word that was asked for.
   * @param {Store} store @param {Slot} slot @param {Weights} weights @param {Float64Array} scores */
  function addForm(store, { form, lacking, exact, weight }, weights, scores) {
    const id = form ?? (lacking === undefined ? undefined : exact);
    if (id === undefined) return;
    const gain = store.rarity(id) * weights.form * weight;
    if (form !== undefined) {
      store.walkForm(form, exact, (paper) => {
        scores[paper] += gain;
      });
      return;
    }
    const others = new Uint8Array(scores.length);
    if (lacking !== undefined)
      store.walkForm(lacking, exact, (paper) => {
        others[paper] = 1;
      });
    store.walk(id, (paper, value) => {
      if (value & 15 && !others[paper]) scores[paper] += gain; // in its title or abstract
    });
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
    const shares = new Float64Array(papers.length);
    if (ideal)
      for (let paper = 0; paper < shares.length; paper++)
        if (papers[paper] >= 0) shares[paper] = scores[papers[paper]] / ideal;
    return shares;
  }

  /** Return which papers have a word of the question themselves, in one of its forms: 1 for each.
   * @param {Store} store @param {Slot} slot */
  function findNaming(store, { found }) {
    const naming = new Uint8Array(store.size);
    for (const ids of found) for (const paper of findHolders(store, ids)) naming[paper] = 1;
    return naming;
  }

  /** Return the papers that hold all of some terms themselves.
   * @param {Store} store @param {number[]} ids */
  function findHolders(store, ids) {
    const all = new Set(ids);
    const first = store.postingsOf(ids[0]) ?? NO_POSTINGS;
    if (all.size === 1) return first.holders.filter((_, at) => first.values[at] & OWN);
    const held = new Uint8Array(store.size);
    for (const id of all)
      store.walk(id, (paper, value) => {
        if (value & OWN) held[paper] += 1;
      });
    return first.holders.filter((paper) => held[paper] === all.size);
  }

  /** Return further terms by which a paper may have the word.
   * @param {Slot} slot @returns {[id: number, weight: number][]} */
  function namesOf({ found, form, lacking }) {
    return [...found.flat(), ...[form, lacking].filter((id) => id !== undefined)].map((id) => [id, 0.2]);
  }

  /** Load the postings of all terms of the slots, the most important first.
   * @param {Store} store @param {Slot[]} slots */
  function needSlots(store, slots) {
    const wanted = slots.flatMap((slot) =>
      [...slot.terms, ...namesOf(slot)].map(([id, weight]) => ({ id, gain: weight * slot.weight * store.rarity(id) })),
    );
    return store.needTerms(wanted.sort((a, b) => b.gain - a.gain).map(({ id }) => id));
  }

  /** Rank the papers of the index for a question, best first. `early` is called to load more meanwhile: with the terms of
   * the question before it is known which of them the index has, and with all terms that are meant after that. `ranked` is
   * called with what was found before the first papers are loaded to reorder them.
   * @type {Litbook.Search["search"]} */
  async function search(closed, question, changed = {}, kept = new Set(), { early, ranked } = {}) {
    const store = await closed.open();
    const weights = { ...WEIGHTS, ...changed };
    const reading = readQuestion(store, question, kept);
    const naming = findNamed(store, question, reading.keys);
    naming.catch(() => {}); // it is awaited below
    await readAuthor(store, reading, kept);
    early?.(readTerms(store, reading.text));
    const [named, slots] = await Promise.all([
      naming,
      makeSlots(store, reading.text, weights, reading.facts.length > 0),
    ]);
    early?.(slots.filter(({ asked }) => asked).flatMap(listTerms(store)));
    await Promise.all([needSlots(store, slots), store.needScores()]);
    const place = placeQuestion(store, slots);
    const own = slots.map((slot) => findNaming(store, slot));
    const hits = scorePapers(store, { slots, own, place }, weights);
    const passes = await makeTest(store, reading.facts);
    const gains = weighTerms(store, slots);
    const listed = reading.certain ? [] : slots.length ? hits : listAll(store, reading);
    const shown = takeFirst(question, listed, named).filter(({ paper }) => passes(paper));
    const close = isClose(store, shown, slots);
    const lenient = close && !reading.facts.length && slots.filter(({ asked }) => asked).length >= QUESTION;
    ranked?.({ slots, reading, named });
    if (!named.length && listed === hits) await reorder(store, shown, slots, gains, weights, lenient);
    return {
      hits: shown,
      matches: shown.filter(({ match }) => match).length,
      close,
      slots,
      gains,
      place,
      corrected: new Map(slots.flatMap(({ word, corrected: better }) => (better ? [[word, better]] : []))),
      reading,
      named,
      holders: own.map((naming) => countHolders(naming, passes)),
    };
  }

  /** Return the terms of the words of a question that name something.
   * @param {Store} store @param {string} text */
  function readTerms(store, text) {
    const words = store.reader.read(text).filter(({ common, asking, joined }) => !common && !asking && !joined);
    return words.map(({ term }) => term);
  }

  /** @param {Store} store @returns {(slot: Slot) => string[]} */
  const listTerms =
    (store) =>
    ({ exact, term, terms }) => [
      ...(exact < 0 && term ? [term] : []),
      ...[...terms.keys()].map((id) => store.terms[id]),
    ];

  /** Count the papers that have a word, and those of them that pass for their facts.
   * @param {Uint8Array} naming @param {(paper: number) => boolean} passes */
  function countHolders(naming, passes) {
    let all = 0;
    let passing = 0;
    for (let paper = 0; paper < naming.length; paper++) {
      all += naming[paper];
      if (naming[paper] && passes(paper)) passing += 1;
    }
    return { all, passing };
  }

  /** Return all papers if the question says facts and nothing else.
   * @param {Store} store @param {Litbook.Reading} reading @returns {Litbook.Hit[]} */
  function listAll(store, { facts }) {
    return facts.length
      ? Array.from({ length: store.size }, (_, paper) => ({ paper, score: 0, match: true, evidence: NO_EVIDENCE }))
      : [];
  }

  /** Put the papers first that an identifier names; what has a digit or a sign in it asks for nothing else.
   * @param {string} question @param {Litbook.Hit[]} hits @param {number[]} named @returns {Litbook.Hit[]} */
  function takeFirst(question, hits, named) {
    if (!named.length) return hits;
    const first = named.map((paper, at) => ({ paper, score: 10 - at / 100, match: true, evidence: NO_EVIDENCE }));
    return /[\d/:@]/.test(question) ? first : [...first, ...hits.filter(({ paper }) => !named.includes(paper))];
  }

  /** Return the test that papers must pass for what the question says about facts.
   * @param {Store} store @param {Litbook.Fact[]} facts @returns {Promise<(paper: number) => boolean>} */
  async function makeTest(store, facts) {
    const tests = await Promise.all(facts.map((fact) => makeFactTest(store, fact)));
    return (paper) => tests.every((test) => test(paper));
  }

  /** @param {Store} store @param {Litbook.Fact} fact @returns {Promise<(paper: number) => boolean>} */
  async function makeFactTest(store, { name, value = "", from = 0, to = 0, papers }) {
    if (papers) return (paper) => papers.has(paper);
    if (name === "without") {
      const words = store.reader.read(value).filter(({ common, asking, joined }) => !common && !asking && !joined);
      await store.needWords(words.map(({ word }) => word));
      const ids = words.map(({ term }) => store.ids.get(term));
      if (!ids.length || ids.includes(undefined)) return () => true;
      await store.needTerms(/** @type {number[]} */ (ids));
      const holders = new Set(findHolders(store, /** @type {number[]} */ (ids)));
      return (paper) => !holders.has(paper);
    }
    const facet = store.facets[/** @type {"year" | "kind" | "venue" | "code"} */ (name)];
    if (name === "year") {
      const years = facet.values.map(Number);
      return (paper) => years[facet.papers[paper]] >= from && (!to || years[facet.papers[paper]] <= to);
    }
    const wanted = facet.values.indexOf(value);
    return (paper) => facet.papers[paper] === wanted;
  }

  /** Score all papers, and return those worth showing, best first. `own` says by slot which papers have its word.
   * @param {Store} store @param {{slots: Slot[], own: Uint8Array[], place: Float64Array}} question
   * @param {Weights} weights @returns {Litbook.Hit[]} */
  function scorePapers(store, { slots, own, place }, weights) {
    const { scores, covered, ideal } = scoreWords(store, slots, weights);
    const naming = own.filter((_, at) => slots[at].asked);
    const meaning = scoreMeaning(store, place);
    const theme = scoreThemes(store, slots);
    const top = findMost(scores) || 1;
    const [total, matches] = [new Float64Array(store.size), new Uint8Array(store.size)];
    /** @type {number[]} */
    const found = [];
    for (let paper = 0; paper < total.length; paper++) {
      total[paper] = scores[paper] / top + weights.meaning * meaning[paper] + weights.theme * theme[paper];
      let named = 0;
      for (const names of naming) named += names[paper];
      matches[paper] = Number(named > 0 && named === naming.length);
      if (scores[paper] > 0 || meaning[paper] > LEAST_MEANING) found.push(paper);
    }
    /** @param {number} paper @returns {Litbook.Hit} */
    const open = (paper) => ({
      paper,
      score: total[paper],
      match: matches[paper] > 0,
      evidence: {
        words: scores[paper] / (ideal || 1),
        covered: covered[paper] / (ideal || 1),
        meaning: meaning[paper],
      },
    });
    return chooseBest(found, total, matches).map(open);
  }

  /** Return the papers that match, and others that score enough beside the best, or the first few, best first.
   * @param {number[]} found @param {Float64Array} total @param {Uint8Array} matches */
  function chooseBest(found, total, matches) {
    /** @param {number} a @param {number} b */
    const compare = (a, b) => matches[b] - matches[a] || total[b] - total[a] || a - b;
    const first = found.reduce((best, one) => (compare(one, best) < 0 ? one : best), found[0]);
    const least = total[first] * MATCHING;
    const kept = found.filter((paper) => matches[paper] || total[paper] >= least);
    if (kept.length >= FEWEST) return kept.sort(compare);
    /** @type {number[]} */
    const few = []; // to sort all papers would take long
    for (const paper of found) {
      if (few.length === FEWEST && compare(paper, few[FEWEST - 1]) > 0) continue;
      few.push(paper);
      few.sort(compare).splice(FEWEST);
    }
    return [...new Set([...kept, ...few])].sort(compare);
  }

  /** @param {Float64Array} values @returns {number} the greatest, or 0 */
  function findMost(values) {
    let most = 0;
    for (let at = 0; at < values.length; at++) if (values[at] > most) most = values[at];
    return most;
  }

  /** Return whether a paper probably answers the question.
   * @param {Litbook.Evidence} evidence */
  function isAnswer({ words, covered, meaning }) {
    const { constant, ...weights } = ANSWERS;
    return constant + weights.words * words + weights.covered * covered + weights.meaning * meaning >= 0;
  }

  /** Return whether anything that was found is close to the question.
   * @param {Store} store @param {Litbook.Hit[]} hits @param {Slot[]} slots */
  function isClose(store, hits, slots) {
    if (hits.some(({ match }) => match)) return true;
    const first = hits.slice(0, REORDERED).map(({ evidence }) => evidence);
    const meanings = first.map(({ meaning }) => meaning).sort((a, b) => b - a);
    const asked = slots.filter((slot) => slot.asked);
    const several = asked.filter(({ exact }) => exact >= 0 && store.holders[exact] >= SEVERAL).length;
    const covered = Math.min(1, Math.max(0, ...first.map((evidence) => evidence.covered)));
    const length = Math.log(asked.length || 1);
    const odds =
      CLOSE.constant +
      CLOSE.covered * covered +
      CLOSE.longCovered * covered * length +
      CLOSE.length * length +
      (CLOSE.near * meanings.slice(0, 5).reduce((sum, one) => sum + one, 0)) / 5 +
      (CLOSE.several * several + CLOSE.meant * asked.filter(({ meant }) => meant).length) / (asked.length || 1);
    return first.length > 0 && odds >= 0;
  }

  /** Reorder the first hits by sentence and title. `lenient` lets a paper that lacks a word answer: a long question that
   * is close to what is here. In a few words each is a condition, and so are facts.
   * @param {Store} store @param {Litbook.Hit[]} hits @param {Slot[]} slots @param {Gains} gains @param {Weights} weights
   * @param {boolean} lenient */
  async function reorder(store, hits, slots, gains, weights, lenient) {
    const head = hits.slice(0, REORDERED);
    await store.needPapers(head.map((hit) => hit.paper));
    for (const hit of head) {
      const { title, abstract } = store.papers[hit.paper];
      hit.score +=
        weights.sentence * findSentence(store, abstract, gains).share +
        weights.phrase * compareTitle(store, slots, title);
      hit.match ||= lenient && isAnswer(hit.evidence);
    }
    hits.splice(0, head.length, ...head);
    hits.sort((a, b) => Number(b.match) - Number(a.match) || b.score - a.score || a.paper - b.paper);
  }

  globalThis.litbookSearch = { WEIGHTS, search };
})();
