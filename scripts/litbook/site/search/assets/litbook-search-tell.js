// Say in a sentence what was found: how many papers match, or which words no paper has together. It needs no page.
"use strict";

(() => {
  const MOST_NAMED = 5; // words that a sentence names one by one

  /** @typedef {Litbook.Found} Found */

  /** @param {number} number */
  const papers = (number) => `${number} ${number === 1 ? "paper" : "papers"}`;

  /** Return the sentence above the papers.
   * @type {Litbook.Tell["describeFound"]} */
  function describeFound(found, chosen, { limits, filtered, asked, answered = false }) {
    const total = chosen.matches.length;
    const only = describeFacts(found);
    if (found.named.length && total) return `${papers(total)}${limits}: this is what you asked for.`;
    if (total) {
      const words = found.slots.filter((slot) => slot.asked);
      const what =
        words.length === 1 && words[0].exact >= 0
          ? ` ${total === 1 ? "names" : "name"} “${words[0].written ?? words[0].word}”`
          : asked
            ? " found"
            : "";
      return `${papers(total)}${limits}${what}${only}.`;
    }
    if (found.reading.certain) return "No paper here has this identifier.";
    if (filtered && !chosen.near.length) return `No paper${limits} matches these filters.`;
    if (!asked) return "";
    if (!found.slots.length && found.reading.facts.length) return `No paper here ${only ? `is${only}` : "matches"}.`;
    if (answered && !found.close) return "No paper here is about this.";
    if (!chosen.near.length && !found.hits.length)
      return "No matches. Try other or fewer words, a method or an author, or browse all papers.";
    if (found.close) return describeMissing(found, only);
    const known = found.slots.every((slot, at) => !slot.asked || found.holders[at].all);
    return known ? `No close match. ${describeMissing(found, only)}` : "No close match.";
  }

  /** @param {Found} found */
  function describeFacts({ reading }) {
    const labels = reading.facts.map(({ label }) => label);
    return labels.length ? ` (${labels.join(", ")})` : "";
  }

  /** Say that no paper has all the words, and of the rarest ones how many have it.
   * @param {Found} found @param {string} only */
  function describeMissing({ slots, holders, reading }, only) {
    const words = slots.flatMap((slot, at) =>
      slot.asked ? [{ word: slot.written ?? slot.word, ...holders[at] }] : [],
    );
    if (words.length < 2 || words.length > MOST_NAMED)
      return words.length < 2 ? `No paper here names this${only}.` : `No paper here has all of these words${only}.`;
    const names = words.map(({ word }) => `“${word}”`);
    const all = `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
    const rarest = words.reduce((best, one) => (one.all < best.all ? one : best));
    const passing =
      reading.facts.length && rarest.all ? `, ${rarest.passing} of them ${describeLabels(reading.facts)}` : "";
    const share = rarest.all ? `${papers(rarest.all)} ${rarest.all === 1 ? "names" : "name"}` : "No paper names";
    return `No paper here names ${all}${only}. ${share} “${rarest.word}”${passing}.`;
  }

  /** @param {Litbook.Fact[]} facts */
  function describeLabels(facts) {
    return facts.map(({ label }) => label).join(", ");
  }

  globalThis.litbookTell = { describeFound };
})();
