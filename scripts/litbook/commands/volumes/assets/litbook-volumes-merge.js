// Choose the volumes that a question is put to, and merge what they found. It needs no page.
"use strict";

(() => {
  const AT_ONCE = 10; // volumes that a question is put to at first

  /** Return the volumes in the order in which a question is put to them: those first that hold most of its words.
   *
   * What counts is how much the words weigh that a volume has, and then how many of its papers would have all of them if
   * words fell on papers independently (GlOSS). Volumes without any of the words are left out, unless no volume has one.
   * @param {Litbook.VolumeKnown[]} volumes @param {Map<number, number>[]} held for each word how many papers of each
   * volume have it @returns {number[]} */
  function orderVolumes(volumes, held) {
    const all = volumes.reduce((sum, { papers }) => sum + papers, 0);
    const weights = held.map((holders) => {
      const total = [...holders.values()].reduce((sum, one) => sum + one, 0);
      return Math.log(1 + (all - total + 0.5) / (total + 0.5));
    });
    const ranked = volumes.map(({ papers }, number) => {
      const covered = weights.reduce((sum, weight, at) => sum + (held[at].get(number) ? weight : 0), 0);
      const expected = held.reduce(
        (most, holders) => (most * (holders.get(number) ?? 0)) / Math.max(1, papers),
        papers,
      );
      return { number, covered, expected };
    });
    const some = ranked.filter(({ covered }) => covered > 0);
    const order = (some.length ? some : ranked).sort(
      (a, b) => b.covered - a.covered || b.expected - a.expected || a.number - b.number,
    );
    return order.map(({ number }) => number);
  }

  /** Merge what several volumes found, best first.
   *
   * A volume's scores count from its own best paper by words; here they count from the best of all.
   * @param {Litbook.VolumeFound[]} answers @param {string} question @returns {Litbook.VolumeHit[]} */
  function mergeFound(answers, question) {
    const named = answers.filter(({ found }) => found.named.length);
    const certain = named.length > 0 && /[\d/:@]/.test(question);
    const tops = answers.map(({ found }) => Math.max(0, ...found.hits.map(({ evidence }) => evidence.words)));
    const best = Math.max(0, ...tops);
    const hits = answers.flatMap((answer, at) =>
      certain && !answer.found.named.length
        ? []
        : answer.found.hits.map(({ paper, match, score, evidence }) => ({
            answer,
            paper,
            match,
            score: tops[at] ? score - evidence.words / tops[at] + evidence.words / best : score,
          })),
    );
    return hits.sort((a, b) => Number(b.match) - Number(a.match) || b.score - a.score);
  }

  globalThis.litbookVolumes = { AT_ONCE, orderVolumes, mergeFound };
})();
