// Find what the review itself says: the one thing that answers a question, sections, figures, and pages of the site. It
// needs `litbook-search-engine.js`, and no page.
"use strict";

(() => {
  const { findPerson } = globalThis.litbookQuery;
  const HEADING = 8; // bit of a term in a heading, above its count
  const HEADING_COUNT = 3; // times that a word of a heading counts
  const LEAST = 0.45; // share of the question's words, by their rarity, that an entry must hold
  const METHOD = 2; // audience of pages that say how the review was made: only their names lead there
  const MOST = { tensions: 2, sections: 4, others: 3, editors: 3 }; // entries of a group that are shown
  const CANDIDATES = 6; // entries of a kind of which one may be the answer
  // An answer is clear when question and heading share most of their words, by rarity: the harmonic mean of both shares.
  const CLEAR = { tension: 0.5, section: 0.62 };
  const CLEAR_TEXT = 0.8; // share of the question in heading and text together that makes a tension clear as well
  const CLEAR_HEADING = 0.3; // ... if so much of it is in the heading

  const NO_EVIDENCE = { words: 0, covered: 0, meaning: 0 };
  // Shares of the question in a heading below which an entry of a kind cannot be clear, so that it is not loaded.
  const POSSIBLE = { tension: 0.28, section: 0.4 };

  /**
   * @typedef {Litbook.Store} Store
   * @typedef {Litbook.Asked} Asked
   * @typedef {Litbook.Said} Said
   * @typedef {{number: number, score: number, share: number, inHeading: number}} Scored
   */

  /** Load what `findSaid` needs, while papers are ranked.
   * @type {Litbook.Answers["prepareSaid"]} */
  function prepareSaid(store, terms, question) {
    for (const loading of [store.need("said"), store.needSaid(terms), findPerson(store, question)])
      loading.catch(() => {}); // whoever needs it tries again
  }

  /** Find the answer, and the entries of each kind, best first.
   * @type {Litbook.Answers["findSaid"]} */
  async function findSaid(store, found, question) {
    await store.need("said");
    const { kinds, on, pages } = store.said;
    const scored = await score(store, found.slots);
    const isForEditors = (/** @type {number} */ number) => pages[on[number]][2] > 0;
    /** @param {string[]} wanted @param {boolean} editors @param {number} [also] an audience that counts as well */
    const choose = (wanted, editors, also) =>
      scored.filter(
        ({ number }) =>
          wanted.includes(kinds[number]) && (isForEditors(number) === editors || pages[on[number]][2] === also),
      );
    const ranked = {
      tensions: choose(["tension"], false),
      sections: choose(["section"], false),
      others: choose(["figure", "term"], false),
      editors: keepBestOfPage(choose(["section", "page", "figure"], true), on),
    };
    const first = Object.entries(MOST).flatMap(([name, most]) =>
      ranked[/** @type {keyof typeof MOST} */ (name)].slice(0, most),
    );
    const [answer] = await Promise.all([findAnswer(store, found, question, choose), openEntries(store, first)]);
    const chosen = new Set(answer?.entries.map(({ number }) => number));
    /** @param {keyof typeof MOST} name */
    const open = (name) =>
      openEntries(store, ranked[name].filter(({ number }) => !chosen.has(number)).slice(0, MOST[name]));
    const [tensions, sections, others, editors] = await Promise.all([
      open("tensions"),
      open("sections"),
      open("others"),
      open("editors"),
    ]);
    return { answer, tensions, sections, others, editors };
  }

  /** @param {Scored[]} scored @param {number[]} on */
  function keepBestOfPage(scored, on) {
    const seen = new Set();
    return scored.filter(({ number }) => !seen.has(on[number]) && seen.add(on[number]));
  }

  /** Score the entries that hold enough of the question.
   * @param {Store} store @param {Litbook.Slot[]} slots @returns {Promise<Scored[]>} */
  async function score(store, slots) {
    const asked = slots.filter((slot) => slot.asked);
    const weighed = asked.map((slot) => weighTerms(store, slot));
    await store.needSaid(weighed.flatMap((terms) => [...terms.keys()]));
    let ideal = 0;
    /** @type {Map<number, Scored>} */
    const found = new Map();
    for (const [at, slot] of asked.entries()) {
      ideal += slot.exact >= 0 ? store.rarity(slot.exact) : Math.log(1 + store.size);
      for (const [number, { best, share, heading }] of scoreSlot(store, weighed[at])) {
        const entry = found.get(number) ?? { number, score: 0, share: 0, inHeading: 0 };
        entry.score += best;
        entry.share += share;
        entry.inHeading += heading;
        found.set(number, entry);
      }
    }
    const scored = [...found.values()].map((entry) => ({
      ...entry,
      share: entry.share / (ideal || 1),
      inHeading: entry.inHeading / (ideal || 1),
    }));
    return scored.filter(({ share }) => share >= LEAST).sort((a, b) => b.score - a.score || a.number - b.number);
  }

  /** Return by term what it is worth to find it.
   * @param {Store} store @param {Litbook.Slot} slot @returns {Map<string, number>} */
  function weighTerms(store, slot) {
    const gains = new Map();
    if (slot.exact < 0 && slot.term) gains.set(slot.term, Math.log(1 + store.size)); // a word that only pages have
    for (const [id, weight] of slot.terms) gains.set(store.terms[id], store.rarity(id) * weight);
    return gains;
  }

  /** @param {Store} store @param {Map<string, number>} gains */
  function scoreSlot(store, gains) {
    /** @type {Map<number, {best: number, share: number, heading: number}>} */
    const found = new Map();
    for (const [term, gain] of gains) {
      const { holders = [], values = [] } = store.saidPostings.get(term) ?? {};
      for (let at = 0; at < holders.length; at++) {
        const number = holders[at];
        const inHeading = Boolean(values[at] & HEADING);
        const count = (values[at] & 7) + (inHeading ? HEADING_COUNT : 0);
        const { best = 0, share = 0, heading = 0 } = found.get(number) ?? {};
        found.set(number, {
          best: Math.max(best, (gain * count) / (count + 1)),
          share: Math.max(share, gain),
          heading: Math.max(heading, inHeading ? gain : 0),
        });
      }
    }
    return found;
  }

  /** Load the rows of entries.
   * @param {Store} store @param {Scored[]} scored @returns {Promise<Said[]>} */
  async function openEntries(store, scored) {
    await store.needRows(scored.map(({ number }) => number));
    return scored.map((entry) => {
      const [anchor, heading, text, more] = store.openRow(entry.number);
      const [page, pageTitle] = store.said.pages[store.said.on[entry.number]];
      return { ...entry, kind: store.said.kinds[entry.number], page, pageTitle, anchor, heading, text, ...more };
    });
  }

  // --- The answer ---

  /** Return the one thing that answers a question, if there is one.
   * @param {Store} store @param {Asked} found @param {string} question
   * @param {(wanted: string[], editors: boolean, also?: number) => Scored[]} choose @returns {Promise<Litbook.Answer | undefined>} */
  async function findAnswer(store, found, question, choose) {
    const author = found.reading.facts.find(({ name }) => name === "by")?.value;
    const person = found.reading.against ? undefined : await findPerson(store, author ?? question);
    if (person) return { kind: "person", person, entries: [] };
    if (found.named.length) return undefined;
    if (found.reading.against) {
      const entries = await findQuoting(store, found.reading.against);
      return entries.length ? { kind: "tension", entries } : undefined;
    }
    const words = readContent(store, found.reading.text);
    if (!words.size) return undefined;
    for (const kind of /** @type {const} */ (["page", "term"])) {
      const called = choose([kind], false, METHOD).filter(({ share }) => share > 0.99);
      const entries = await openEntries(store, called.slice(0, CANDIDATES));
      const entry = entries.find((one) => isCalled(store, one, words));
      if (entry) return { kind, entries: [entry] };
    }
    for (const kind of /** @type {const} */ (["tension", "section"])) {
      const ranked = choose([kind], false).sort((a, b) => b.inHeading - a.inHeading || b.score - a.score);
      const possible = ranked.slice(0, CANDIDATES).filter(({ inHeading }) => inHeading >= POSSIBLE[kind]);
      const entries = await openEntries(store, possible);
      const clear = entries
        .map((entry) => ({ entry, clear: shareOf(store, readContent(store, entry.heading), words) }))
        .filter(({ entry, clear: value }) => value >= CLEAR[kind] || isClearByText(kind, entry))
        .sort((a, b) => b.clear - a.clear);
      const [best] = clear;
      if (best && (words.size > 1 || isCalled(store, best.entry, words))) return { kind, entries: [best.entry] };
    }
    return undefined;
  }

  /** @param {string} kind @param {Said} entry */
  function isClearByText(kind, { share, inHeading }) {
    return kind === "tension" && share >= CLEAR_TEXT && inHeading >= CLEAR_HEADING;
  }

  /** Return the terms of a text that name something, or all if none does.
   * @param {Store} store @param {string} text @returns {Set<string>} */
  function readContent(store, text) {
    const words = store.reader.read(text).filter(({ joined }) => !joined);
    const naming = words.filter(({ common, asking }) => !common && !asking);
    const others = naming.length ? naming : words.filter(({ common }) => !common);
    return new Set((others.length ? others : words).map(({ term }) => term));
  }

  /** Return whether a page or term has exactly these words as its title or as another of its names.
   * @param {Store} store @param {Said} entry @param {Set<string>} words */
  function isCalled(store, { kind, heading, text }, words) {
    const names = [heading, ...(kind === "page" ? text.split(" | ") : [text.replace(/[“”]/g, " ")])];
    return names.some((name) => {
      const terms = readContent(store, name);
      return terms.size === words.size && [...terms].every((term) => words.has(term));
    });
  }

  /** Return how much two sets of terms share of each other, by rarity, from 0 to 1: the harmonic mean of both shares.
   * @param {Store} store @param {Set<string>} ones @param {Set<string>} others */
  function shareOf(store, ones, others) {
    /** @param {Iterable<string>} terms */
    const weigh = (terms) => {
      let sum = 0;
      for (const term of terms) {
        const id = store.ids.get(term);
        sum += id === undefined ? Math.log(1 + store.size) : store.rarity(id);
      }
      return sum;
    };
    const both = weigh([...ones].filter((term) => others.has(term)));
    const [one, other] = [both / (weigh(ones) || 1), both / (weigh(others) || 1)];
    return one + other ? (2 * one * other) / (one + other) : 0;
  }

  /** Return the tensions that quote a paper of somebody, such as "Min et al. 2022".
   * @param {Store} store @param {string} name @returns {Promise<Said[]>} */
  async function findQuoting(store, name) {
    const numbers = store.said.kinds.flatMap((kind, number) => (kind === "tension" ? [number] : []));
    const wanted = [...readContent(store, name)];
    const entries = await openEntries(
      store,
      numbers.map((number) => ({ number, score: 0, share: 1, inHeading: 1 })),
    );
    return entries.filter(({ sides = [] }) =>
      sides.flat().some(([, label]) => {
        const words = new Set(store.reader.read(label).map(({ term }) => term));
        return wanted.every((word) => words.has(word));
      }),
    );
  }

  /** Return the papers that were found, those first that the answer quotes: who asks whether labels matter asks for them,
   * whatever their words. Papers by somebody, and those that facts decide, stay as they are.
   * @type {Litbook.Answers["putQuotedFirst"]} */
  function putQuotedFirst({ hits, reading, named }, { answer }) {
    if (answer?.kind !== "tension" || reading.facts.length || named.length) return hits;
    const quoted = new Set(answer.entries[0].sides?.flat().map(([, , , paper]) => paper));
    const first = hits.filter(({ paper }) => quoted.has(paper));
    for (const { paper } of first) quoted.delete(paper);
    const others = [...quoted].map((paper) => ({ paper, score: 0, evidence: NO_EVIDENCE }));
    const answering = [...first, ...others].map((hit) => ({ ...hit, match: true }));
    return [...answering, ...hits.filter((hit) => !first.includes(hit))];
  }

  globalThis.litbookAnswer = { prepareSaid, findSaid, putQuotedFirst };
})();
