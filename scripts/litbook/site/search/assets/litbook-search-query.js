// Read a question: which words name what is looked for, what it says about facts, and whether it is an identifier.
//
// "surveys on pruning since 2023" asks for the word `pruning` among surveys of 2023 and later. A fact that was read so is
// shown to the reader, who can take it back; its words are then words like others. It needs no page.
"use strict";

(() => {
  const LONGEST = 4000; // characters of a question that are read
  const MOST_NAMESAKES = 40; // papers whose authors are loaded to compare initials
  const YEAR = "((?:19|20)\\d\\d)";
  // What may follow a fact: the end, punctuation, or a word with which the next phrase begins.
  const END =
    "(?=\\s*(?:$|[,;.?!)]|(?:on|for|about|of|since|in|at|by|from|that|which|with|and|but|or|not|before|after|available|released)\\b))";

  /**
   * @typedef {Litbook.Store} Store
   * @typedef {Litbook.Fact} Fact
   * @typedef {Litbook.Reading} Reading
   */

  /** Patterns of years, with the range that each means.
   * @type {[pattern: RegExp, range: (first: number, second: number) => [from: number, to: number]][]} */
  const YEARS = [
    [
      new RegExp(`\\b(?:between|from)\\s+${YEAR}\\s+(?:and|to|until|[-–])\\s+${YEAR}\\b`, "i"),
      (from, to) => [from, to],
    ],
    [new RegExp(`\\b(?:in\\s+)?${YEAR}\\s?[-–]\\s?${YEAR}\\b`, "i"), (from, to) => [from, to]],
    [
      new RegExp(`\\b(?:since|as of|starting in)\\s+${YEAR}\\b|\\bfrom\\s+${YEAR}\\s+(?:on|onwards?)\\b`, "i"),
      (from) => [from, 0],
    ],
    [new RegExp(`\\b(?:after|later than|newer than)\\s+${YEAR}\\b`, "i"), (from) => [from + 1, 0]],
    [new RegExp(`\\b(?:before|earlier than|older than)\\s+${YEAR}\\b`, "i"), (to) => [0, to - 1]],
    [new RegExp(`\\b(?:until|till|up to)\\s+${YEAR}\\b`, "i"), (to) => [0, to]],
    [new RegExp(`\\b(?:published\\s+)?(?:in|from|of)\\s+${YEAR}${END}`, "i"), (year) => [year, year]],
  ];
  const CODE = new RegExp(
    "\\b(?:(?:that|which|who)\\s+)?(?:releases?|released|releasing|with|has|have|having|provides?|providing|shares?|sharing|publish(?:es)?)\\s+" +
      `(?:(?:its|their|the|a|public|open|open[- ]source|available|official|known|source|link to)\\s+)*code${END}` +
      "(?:\\s+(?:is\\s+)?(?:available|released))?|\\b(?:and\\s+)?(?:whose|the)?\\s*code\\s+is\\s+(?:available|released|public|open)\\b",
    "i",
  );
  /** @type {[pattern: RegExp, kind: string][]} */
  const KINDS = [
    [/\b(?:surveys|(?:survey|review)\s+(?:papers?|articles?)|reviews)\b(?:\s+(?:of|on|about|for)\b)?/i, "survey"],
    [/\b(?:benchmarks|data\s?sets|(?:benchmark|data\s?set)\s+papers)\s+(?:of|on|about|for)\b/i, "benchmark-or-dataset"],
    [/\bposition\s+papers?\b(?:\s+(?:on|about)\b)?/i, "position"],
    [/\b(?:theory|theoretical)\s+papers\b(?:\s+(?:of|on|about)\b)?/i, "theory"],
  ];
  const NOT =
    /\b(?:but\s+)?not\s+(?:on|about|for|in|with|using|involving)\s+([^,;.?!]+?)(?=\s+(?:and|or|but|since|that|which|on|about|for|with|by|at|in)\b|[,;.?!]|$)/i;
  // "not CLIP": an acronym; "not labels" may be what the question is about
  const NOT_NAME =
    /\b(?:but\s+not|not|excluding|except(?:\s+for)?)\s+(\p{Lu}[\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*)(?=\s*(?:[,;.?!]|$))/u;
  const MINUS = /(^|\s)[-−]([\p{L}\p{N}][\p{L}\p{N}-]*)/u;
  const BY =
    /\b(papers?|works?|written|published|research|studies|all)?(\s*)\b(?:by|author:)\s+([\p{L}.'’-]+(?:\s+(?:&\s+)?[\p{L}.'’-]+){0,7})/iu;
  const MOST_NAMES = 4; // words of one name
  const AND = /\s+(?:and|&)\s+/i; // between two authors of a paper
  const NO_NAME = /^(?:on|about|for|since|in|at|with|that|which|who|from|not|but|or|published|after|before)$/i;
  const NAMED = /^\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3}$/u;
  // A question that is nothing but a name with initials: "F. Hill", "Hill, F.", "Hill FJ".
  const INITIALED =
    /^\s*(?:(?:\p{Lu}\.[\s-]*){1,3}\p{L}[\p{L}'’-]+(?:\s\p{L}[\p{L}'’-]+)?|\p{Lu}[\p{L}'’-]+(?:,\s*(?:\p{Lu}\.?[\s-]*){1,3}|\s(?:\p{Lu}\.[\s-]*){1,3}))\s*$/u;
  // The same in lower case, as people type it: "hill f", "f. hill".
  const TYPED = /^\s*(?:\p{L}\.?\s+\p{L}[\p{L}'’-]+|\p{L}[\p{L}'’-]+,?\s+\p{L}\.?)\s*$/u;
  const AGAINST =
    /\b(?:(?:who|what|which\s+papers?|papers?\s+that|any(?:one|thing|body)\s+(?:who|that)|does\s+any\w*(?:\s+papers?)?)\s+)?(?:contradict(?:s|ed|ing)?|disagree(?:s|d)?\s+with|disput(?:es?|ed|ing)|refut(?:es?|ed|ing)|argu(?:es?|ing)\s+against|criticis(?:es?|ed)|challeng(?:es?|ed))\s+(?:by\s+)?((?:the\s+)?\p{L}.*)$/iu;

  /** Read a question. `kept` names facts that the reader wants as words.
   * @param {Store} store @param {string} question @param {ReadonlySet<string>} kept @returns {Reading} */
  function readQuestion(store, question, kept = new Set()) {
    /** @type {Reading} */
    const reading = { text: question.slice(0, LONGEST), facts: [], ...findKeys(question), against: "" };
    if (reading.text.length > 400) return reading; // a whole abstract: what it says about facts is about something else
    /** Take a match out of the question if it is a fact.
     * @param {RegExp} pattern @param {(found: string[]) => Fact | undefined} make */
    const take = (pattern, make) => {
      const found = pattern.exec(reading.text);
      const fact = found ? make([...found]) : undefined;
      if (!found || !fact || kept.has(fact.name)) return;
      reading.facts.push(fact);
      reading.text = `${reading.text.slice(0, found.index)} ${reading.text.slice(found.index + found[0].length)}`;
    };
    for (let at = 0; at < 5; at++) take(MINUS, ([, , word]) => exclude(word));
    take(NOT, ([, words]) => exclude(words));
    take(NOT_NAME, ([, name]) => exclude(name));
    const against = kept.has("against") ? undefined : AGAINST.exec(reading.text);
    if (against) {
      reading.against = against[1].replace(/[?.!\s]+$/, "");
      reading.text = reading.against;
    }
    for (const [pattern, range] of YEARS) {
      if (reading.facts.some(({ name }) => name === "year")) break;
      take(pattern, ([, ...years]) => {
        const [first, second] = years.filter(Boolean).map(Number);
        const [from, to] = range(first, second);
        return { name: "year", label: nameYears(from, to), from, to };
      });
    }
    take(CODE, () => ({ name: "code", label: "with code", value: "yes" }));
    for (const [pattern, kind] of KINDS)
      take(pattern, () =>
        store.facets.kind.values.includes(kind)
          ? { name: "kind", label: `kind: ${kind.replaceAll("-", " ")}`, value: kind }
          : undefined,
      );
    const dated = kept.has("year") || reading.facts.some(({ name }) => name === "year") ? "" : `(?:\\s+${YEAR})?`;
    const year = takeVenue(store, dated, take);
    if (year) reading.facts.push({ name: "year", label: nameYears(year, year), from: year, to: year });
    return reading;
  }

  /** @param {string} words @returns {Fact} */
  function exclude(words) {
    return { name: "without", label: `without “${words.trim()}”`, value: words };
  }

  /** @param {number} from @param {number} to 0 means that there is no limit */
  function nameYears(from, to) {
    if (from && to) return from === to ? String(from) : `${from}–${to}`;
    return from ? `since ${from}` : `until ${to}`;
  }

  /** Read "at ICLR" or "published in NeurIPS 2023", and return the year, or 0 without one. A lower-case name, as in "in
   * nature", is not taken for a venue.
   * @param {Store} store @param {string} dated matches the year after a venue
   * @param {(pattern: RegExp, make: (found: string[]) => Fact | undefined) => void} take */
  function takeVenue(store, dated, take) {
    const { values } = store.facets.venue;
    let held = 0;
    /** @param {string} name */
    const fold = (name) => name.toLowerCase().replace(/^nips$/, "neurips");
    const known = new Map(values.map((value) => [fold(value), value]));
    for (const length of [4, 3, 2, 1]) {
      const pattern = new RegExp(
        `\\b(?:(?:published|appeared|presented|accepted)\\s+)?(at|in)\\s+(?:the\\s+)?([\\p{L}\\p{N}&:.-]+(?:\\s+[\\p{L}\\p{N}&:.-]+){${length - 1}})${dated}(?=\\s|[,;?!]|$)`,
        "iu",
      );
      take(pattern, ([, how, name, year]) => {
        const value = known.get(fold(name));
        const sure = how.toLowerCase() === "at" || /\p{Lu}/u.test(name) || /\p{Lu}\p{L}*\p{Lu}/u.test(value ?? "");
        if (!value || !sure) return undefined;
        if (year) held = Number(year);
        return { name: "venue", label: `at ${value}`, value };
      });
    }
    return held;
  }

  /** Read "by Min" or "papers by felix hill", if the collection has papers by such an author.
   * @param {Store} store @param {Reading} reading @param {ReadonlySet<string>} kept @returns {Promise<void>} */
  async function readAuthor(store, reading, kept = new Set()) {
    if (reading.against) {
      const name = reading.against.replace(/\s+et\s+al\.?|\(?(?:19|20)\d\d\)?/gi, "").trim();
      const papers = await findAuthored(store, name);
      if (papers.size) reading.facts.push({ name: "by", label: `by ${name}`, value: name, papers });
      if (papers.size) reading.text = "";
      return;
    }
    if (kept.has("by") || reading.text.length > 400) return;
    const initialed = isInitialed(reading.text) ? reading.text : "";
    const named = initialed ? ((await findAuthoredBy(store, initialed)) ?? new Set()) : new Set();
    if (initialed && named.size) {
      reading.facts.push({
        name: "by",
        label: `by ${initialed.trim()}`,
        value: fillOut(store, initialed, named),
        papers: named,
      });
      reading.text = "";
      return;
    }
    const found = BY.exec(reading.text);
    if (!found) return;
    const asksForPapers = Boolean(found[1]) || !reading.text.slice(0, found.index).trim();
    const written = found[3].replace(/\s+et\s+al\.?$/i, "").split(/\s+/);
    const end = written.findIndex((word) => NO_NAME.test(word));
    const words = end > 0 ? written.slice(0, end) : written;
    for (let length = words.length; length > 0; length--) {
      const name = words.slice(0, length).join(" ");
      if (!asksForPapers && words.slice(0, length).some((word) => !/^(?:\p{Lu}|&$|and$)/u.test(word))) continue;
      const papers = await findAuthoredBy(store, name);
      if (!papers) continue;
      reading.facts.push({ name: "by", label: `by ${name}`, value: fillOut(store, name, papers), papers });
      const from = found.index + found[0].length - found[3].length;
      const rest = reading.text.slice(from + name.length).replace(/^\s+et\s+al\.?/i, "");
      reading.text = `${reading.text.slice(0, found.index)} ${rest}`;
      return;
    }
  }

  /** Return whether a text is nothing but a name with initials, or several names of which one has initials.
   * @param {string} text */
  function isInitialed(text) {
    const names = text.trim().split(AND);
    if (TYPED.test(text)) return true;
    return (
      names.every((name) => NAMED.test(name) || INITIALED.test(name)) && names.some((name) => INITIALED.test(name))
    );
  }

  /** Return the papers by all of some persons, whose names `and` joins; nothing if one of them wrote nothing here.
   * @param {Store} store @param {string} names @returns {Promise<Set<number> | undefined>} */
  async function findAuthoredBy(store, names) {
    const each = names.split(AND);
    if (each.some((name) => name.split(/\s+/).length > MOST_NAMES)) return undefined;
    const found = await Promise.all(each.map((name) => findAuthored(store, name)));
    if (found.some((papers) => !papers.size)) return undefined;
    return new Set([...found[0]].filter((paper) => found.every((papers) => papers.has(paper))));
  }

  /** Return the papers that have all words of a name among their authors; initials are compared with the names in full.
   * @param {Store} store @param {string} name @returns {Promise<Set<number>>} */
  async function findAuthored(store, name) {
    const words = store.reader.read(name).filter(({ joined }) => !joined);
    const terms = words.filter(({ word }) => !isInitial(word));
    await store.needWords(terms.map(({ word }) => word));
    const ids = terms.map(({ term }) => store.ids.get(term));
    const known = /** @type {number[]} */ (ids.filter((id) => id !== undefined));
    if (!known.length || known.length < ids.length) return new Set();
    await store.needTerms(known);
    /** @type {Map<number, number>} */
    const held = new Map();
    for (const id of new Set(known))
      store.walk(id, (paper, value) => {
        if (value & 32) held.set(paper, (held.get(paper) ?? 0) + 1);
      });
    const all = new Set(known).size;
    const papers = [...held].flatMap(([paper, count]) => (count === all ? [paper] : []));
    return words.length === terms.length ? new Set(papers) : keepInitialed(store, papers, words);
  }

  /** @param {string} word */
  function isInitial(word) {
    return /^[a-z\u0370-\u052f]$/.test(word);
  }

  /** Keep the papers one of whose authors has all words of a name, where a letter stands for any name that it begins. Of
   * a surname that many papers have, the initials decide nothing: their authors would take too long to load.
   * @param {Store} store @param {number[]} papers @param {Litbook.Word[]} words @returns {Promise<Set<number>>} */
  async function keepInitialed(store, papers, words) {
    if (papers.length > MOST_NAMESAKES) return new Set(papers);
    await store.needPapers(papers);
    return new Set(papers.filter((paper) => listMeant(store, paper, words).length));
  }

  /** Return the authors of a loaded paper whom a name with initials may mean.
   * @param {Store} store @param {number} paper @param {Litbook.Word[]} words */
  function listMeant(store, paper, words) {
    return (store.papers[paper]?.authors ?? "").split(", ").filter((author) => {
      const names = store.reader.read(author).map(({ word }) => word);
      return words.every(({ word }) =>
        isInitial(word) ? names.some((one) => one.startsWith(word)) : names.includes(word),
      );
    });
  }

  /** Return the name in full if a name with initials means one author of these papers, or else the name as it is.
   * @param {Store} store @param {string} name @param {Set<number>} papers */
  function fillOut(store, name, papers) {
    const words = store.reader.read(name).filter(({ joined }) => !joined);
    if (!words.some(({ word }) => isInitial(word))) return name;
    const meant = new Set([...papers].flatMap((paper) => listMeant(store, paper, words)));
    return meant.size === 1 ? [...meant][0] : name;
  }

  // --- Identifiers ---

  const SITES = [
    /^(?:arxiv\.org|alphaxiv\.org|ar5iv\.[a-z.]+)\/[a-z]+\/(.+?)(?:v\d+)?(?:\.pdf)?$/,
    /^huggingface\.co\/papers\/([\d.]+)/,
    /^(?:aclanthology\.org|aclweb\.org\/anthology)\/(.+?)(?:\.pdf)?$/,
  ];

  /** Return the keys under which the index may hold what was pasted, and whether it is certainly an identifier, or several.
   * @param {string} question @returns {{keys: string[], certain: boolean}} */
  function findKeys(question) {
    const listed = question
      .slice(0, LONGEST)
      .split(/[\s,;]+/)
      .filter(Boolean);
    const each = listed.length > 1 ? listed.map((one) => findKeys(one)) : [];
    if (each.length && each.every(({ certain }) => certain))
      return { keys: [...new Set(each.flatMap(({ keys }) => keys))], certain: true };
    const pasted = strip(question.trim());
    if (!pasted || pasted.length > 600) return { keys: [], certain: false };
    const text = decode(pasted).toLowerCase();
    /** @type {Set<string>} */
    const keys = new Set();
    const doi = DOI.exec(text)?.[1].replace(/[?#].*$/, "");
    if (doi) {
      keys.add(doi);
      keys.add(doi.replace(/^10\.48550\/arxiv\./, "").replace(/v\d+$/, ""));
      keys.add(doi.replace(/^10\.(?:18653|3115)\/v1\//, ""));
    }
    const arxiv = ARXIV.exec(text);
    if (arxiv) keys.add(arxiv[1]);
    const number = PUBMED.exec(text)?.slice(1).find(Boolean);
    if (number) keys.add(`pmid:${number}`);
    const central = /^(?:pmcid\s*:?\s*)?(pmc\d{4,9})$|\/(pmc\d{4,9})\b/.exec(text);
    if (central) keys.add(central[1] ?? central[2]);
    if (/^(?:https?:)?\/\/|^[\w-]+(?:\.[\w-]+)+\//.test(text)) addAddress(keys, text);
    const certain = keys.size > 0;
    // A citekey as written in a text: `key`, @key, [@key], \cite{key}, {cite}`key`.
    const key = /^(?:\\?\{?cite[a-z]*\}?[{`]|\[?@)?([^\s{}`[\]]+?)[`}\]]*$/.exec(text);
    if (key) keys.add(key[1]);
    return { keys: [...keys], certain };
  }

  const DOI = /(?:^|doi\.org\/|doi:?\s*|\/doi\/(?:[a-z]+\/)?|urn:doi:)(10\.\d{4,9}\/\S+)$/;
  const ARXIV =
    /^(?:arxiv\s*[:.]?\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z-]{2,10})?\/\d{7})(?:v\d+)?(?:\s*\[[\w. -]+\]?)?$/;
  const PUBMED =
    /^(?:pmid|pubmed)\s*:?\s*(\d+)$|^(\d{7,8})$|pubmed\.ncbi\.nlm\.nih\.gov\/(\d+)|ncbi\.nlm\.nih\.gov\/pubmed\/(\d+)/;
  const CLOSING = new Map(Object.entries({ ")": "(", "]": "[", "}": "{", ">": "<", "”": "“" }));

  /** Return what was pasted without the punctuation around it; a bracket that is opened inside is part of it.
   * @param {string} text */
  function strip(text) {
    let bare = text.replace(/^[<([{"“]+(?=\S)/, "");
    for (;;) {
      const last = bare.slice(-1);
      const opening = CLOSING.get(last);
      const isOpen = opening !== undefined && bare.split(opening).length >= bare.split(last).length;
      if (!/[>)\]}"”.,;]/.test(last) || isOpen) return bare;
      bare = bare.slice(0, -1);
    }
  }

  /** @param {Set<string>} keys @param {string} text */
  function addAddress(keys, text) {
    const bare = text.replace(/^(?:https?:)?\/\/(?:www\.)?/, "");
    const forum = /^openreview\.net\/[a-z]+\?(?:.*&)?id=([\w-]+)/.exec(bare);
    if (forum) keys.add(forum[1]);
    const address = bare.replace(/[?#].*$/, "").replace(/(?:\.git|\.pdf)?\/*$/, "");
    keys.add(address);
    for (const site of SITES) {
      const found = site.exec(address);
      if (found) keys.add(found[1]);
    }
    const own = /\/papers\/([^/]+)\.html$/.exec(address); // a page of this review
    if (own) keys.add(own[1]);
  }

  /** @param {string} text */
  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // a percent sign that encodes nothing
    }
  }

  const LABEL =
    /^[\s@([]*(\p{L}[\p{L}\s.'’-]*?)(?:,?\s+(?:et\s+al\.?|and\s+colleagues)|(?:,[\p{L}\s.'’-]+)*?,?\s*(?:&|\band\b)[\p{L}\s.'’-]+?)?[\s,([]+((?:19|20)\d\d)([a-z]?)[\s)\]]*$/iu;

  /** Return the papers that an identifier, or a label such as "Min et al. 2022", names.
   * @param {Store} store @param {string} question @param {string[]} keys @returns {Promise<number[]>} */
  async function findNamed(store, question, keys) {
    await store.needIds(keys);
    const papers = keys.map((key) => store.found.get(key)).filter((found) => typeof found === "number");
    if (papers.length) return [...new Set(papers)];
    const label = LABEL.exec(question.slice(0, 200));
    if (!label) return [];
    const [, names, year, letter] = label;
    const words = names.trim().split(/\s+/);
    const last = words[words.length - 1];
    for (const end of letter ? [`${letter.toLowerCase()}&`, ""] : [""])
      for (const name of [words.join(""), last]) {
        const plain = store.reader.normalise(name).replace(/[^\p{L}\p{M}\p{N}]/gu, "");
        const found = await store.findStarting(`&${plain}${year}${end}`);
        if (found.length) return found;
      }
    return [];
  }

  /** Return the person of this name with a page in the review, if the question is a name.
   * @param {Store} store @param {string} text @returns {Promise<[name: string, papers: number, address: string] | undefined>} */
  async function findPerson(store, text) {
    const words = store.reader.read(text.slice(0, 200)).filter(({ joined }) => !joined);
    if (words.length < 2 || words.length > 6) return undefined;
    const joined = store.reader.read(text.slice(0, 200)).map(({ word }) => word);
    const key = `~${joined.sort().join("_")}`;
    await store.needIds([key]);
    const found = store.found.get(key);
    return typeof found === "object" ? found : undefined;
  }

  globalThis.litbookQuery = { readQuestion, readAuthor, findAuthored, findNamed, findPerson };
})();
