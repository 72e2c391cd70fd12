// Read a reader's library (BibTeX, RIS, CSL-JSON, Zotero's JSON) and match it with the papers of this review. It needs no
// page. The readers are generators, so that a caller may pause between two entries.
//
// An entry matches a paper if it has the same DOI or arXiv id, or else the same title, of which only letters and digits
// are compared, without TeX, accents and case. A short title must also share the first author or the year.
"use strict";

(() => {
  const SHORT = 24; // letters and digits; shorter titles may belong to several papers
  const GREEK =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega";
  /** @type {Object<string, string>} */
  const COMMANDS = {
    ss: "ss",
    ae: "ae",
    oe: "oe",
    aa: "a",
    o: "o",
    l: "l",
    i: "i",
    j: "j",
    dh: "d",
    dj: "d",
    th: "th",
    ng: "n",
  };
  GREEK.split(" ").forEach((name, at) => {
    COMMANDS[name] = String.fromCharCode(0x3b1 + at);
  });
  /** @type {Object<string, string>} */
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ŋ: "n", ς: "σ" };
  const ARXIV = "(?:\\d{2}(?:0[1-9]|1[0-2])\\.\\d{4,5}|[a-z-]{2,12}(?:\\.[a-z-]{2,10})?/\\d{7})";
  const ARXIV_ALONE = new RegExp(`^\\s*(?:arxiv\\s*[:.]?\\s*)?(${ARXIV})(?:v\\d+)?(?:\\s*\\[[\\w. -]+\\])?\\s*$`, "i");
  const ARXIV_NAMED = new RegExp(
    `(?:(?:arxiv\\.org|alphaxiv\\.org|ar5iv\\.[a-z.]+)/[a-z]+/|huggingface\\.co/papers/|arxiv\\s*[:.]\\s*)(${ARXIV})(?!\\d)`,
    "i",
  );
  const ARXIV_DOI = new RegExp(`^10\\.48550/arxiv\\.(${ARXIV})(?:v\\d+)?$`);

  /** @typedef {Litbook.LibraryEntry} Entry */
  /** @typedef {Litbook.ReadEntry} Read */

  // --- What is compared ---

  /** Return the letters and digits of a title, in one case and without accents, TeX and markup.
   * @param {string} title */
  function makeTitleKey(title) {
    const bare = title
      .replace(/\\textbackslash(?:\{\}|\s)/g, "\\")
      .replace(/<\/?[a-z][^<>]*>/gi, "")
      .replace(/&(?:amp|lt|gt|quot|nbsp|#\d+);/gi, " ");
    const plain = bare.includes("\\") ? readTex(bare) : bare;
    const folded = plain
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}/gu, "")
      .replace(/[ßæœøłđðþıŋς]/g, (letter) => LETTERS[letter]);
    return folded.replace(/[^\p{L}\p{N}]+/gu, "");
  }

  /** Return a text of TeX without its commands: letters lose their accents.
   * @param {string} text */
  function readTex(text) {
    return text
      .replace(/\\([A-Za-z]+)\*?\s*/g, (_, name) => COMMANDS[name] ?? COMMANDS[name.toLowerCase()] ?? "")
      .replace(/\\[^A-Za-z]/g, "");
  }

  /** Return the DOI in a text, in lower case; litbook's own readers agree on the cases in
   * `tests/support/library-cases.json`.
   * @param {string} text */
  function findDoi(text) {
    let plain = text
      .replace(/\\(?:href|url|doi)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?/g, "$1")
      .replace(
        /\$\s*([<>])\s*\$|\{?\\text(?:less|greater)\s*(?:\{\})?\}?/g,
        (all, sign) => sign ?? (all.includes("less") ? "<" : ">"),
      )
      .replaceAll("\\", "");
    try {
      plain = decodeURIComponent(plain);
    } catch {
      // a per cent sign that escapes nothing
    }
    plain = plain.replace(
      /&(lt|gt|amp);/gi,
      (_, name) => ({ lt: "<", gt: ">", amp: "&" })[String(name).toLowerCase()] ?? "",
    );
    let found = /10\.\d{4,9}\/[^\s"{}]{1,300}/.exec(plain)?.[0] ?? "";
    found = found.replace(/(?:<\/[a-z]{1,10}>|\[doi\].*)+$/i, "").replace(/[;,|]https?:\/\/.*$/, "");
    for (let last = ""; found && last !== found; ) {
      last = found;
      const closing = found.slice(-1);
      const opening = { ")": "(", "]": "[", "}": "{", ">": "<" }[closing];
      if (".,;:'`$".includes(closing) || (opening && count(found, closing) > count(found, opening)))
        found = found.slice(0, -1);
    }
    return found.toLowerCase();
  }

  /** @param {string} text @param {string} sign */
  const count = (text, sign) => text.split(sign).length - 1;

  /** Return DOI and arXiv id of an entry; fields in `alone` hold only an identifier, those in `near` may mention one.
   * @param {{doi: string[], alone: string[], near: string[]}} fields */
  function identify({ doi, alone, near }) {
    const dois = [
      ...doi.map(findDoi),
      ...near.filter((text) => /doi\.org\/|^\s*(?:doi:|10\.)|[?&]doi=/i.test(text)).map(findDoi),
    ].filter(Boolean);
    const inner = dois.map((one) => ARXIV_DOI.exec(one)?.[1]).find(Boolean);
    const bare = alone.map((text) => ARXIV_ALONE.exec(text)?.[1]).find(Boolean);
    const named = [...alone, ...near, ...doi].map((text) => ARXIV_NAMED.exec(text)?.[1]).find(Boolean);
    return { doi: dois.find((one) => !ARXIV_DOI.test(one)) ?? "", arxiv: (inner ?? bare ?? named ?? "").toLowerCase() };
  }

  /** Return the family name of an author, as it is compared.
   * @param {string} author "Family, Given" or "Given Family", or a name in braces */
  function findFamily(author) {
    const name = author.trim();
    if (/^\{.*\}$/.test(name)) return makeTitleKey(name);
    const words = name.split(/[\s~]+/);
    if (words.length > 2 && /^(?:jr|sr|ii|iii|iv)\.?$/i.test(words[words.length - 1])) words.pop();
    return makeTitleKey(name.includes(",") ? name.split(",")[0] : (words.at(-1) ?? ""));
  }

  /** @param {string} text */
  function findYear(text) {
    return Number(/(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/.exec(text)?.[0] ?? 0);
  }

  // --- BibTeX ---

  /** Yield the entries of a BibTeX file; a broken one ends at the next line that begins with @.
   * @param {string} text @returns {Generator<Read>} */
  function* readBibtex(text) {
    const starts = /^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]/gm;
    const macros = new Map();
    let line = 1;
    let counted = 0;
    for (let start = starts.exec(text); start; ) {
      const next = starts.exec(text);
      const end = next ? next.index : text.length;
      for (let at = text.indexOf("\n", counted); at >= 0 && at < start.index; at = text.indexOf("\n", at + 1)) {
        line += 1;
        counted = at + 1;
      }
      let from = start.index;
      do {
        const found = readBibtexEntry(text.slice(from, end), macros);
        if (found.fields || found.broken) yield { ...found, line, text: excerpt(text, from) };
        const more = found.broken
          ? -1
          : text.slice(from + found.length, end).search(/@[ \t]*[A-Za-z]+\s*[{(][^\s,=]*,/);
        from = more < 0 ? end : from + found.length + more;
      } while (from < end);
      start = next;
    }
  }

  /** @param {string} text that begins with an entry @param {Map<string, string>} macros */
  function readBibtexEntry(text, macros) {
    const [head, kind] = /^\s*@\s*([A-Za-z]+)\s*[{(]/.exec(text) ?? ["", ""];
    const type = kind.toLowerCase();
    if (type === "comment" || type === "preamble") return { length: text.length };
    let at = head.length;
    const take = (/** @type {RegExp} */ pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at = pattern.lastIndex;
      return found;
    };
    const key = type === "string" ? "" : (take(/\s*([^,\s{}"=]*)\s*(?=[,})])/y)?.[1] ?? "");
    const fields = new Map();
    for (let name = take(/[\s,]*([^\s=,{}"#()]+)\s*=\s*/y); name; name = take(/[\s,]*([^\s=,{}"#()]+)\s*=\s*/y)) {
      let value = "";
      do {
        const piece = readValue(text, at);
        if (!piece) return { broken: true, length: text.length };
        value += piece.plain ? (macros.get(piece.value.toLowerCase()) ?? piece.value) : piece.value;
        at = piece.end;
      } while (take(/\s*#\s*/y));
      if (!fields.has(name[1].toLowerCase())) fields.set(name[1].toLowerCase(), value);
    }
    const closed = take(/[\s,]*[})]/y);
    if (type === "string") {
      for (const [name, value] of fields) macros.set(name, value);
      return { length: at };
    }
    if (!fields.size || (!closed && !text.slice(at).trim())) return { broken: true, length: text.length };
    return { key, fields, entry: describeBibtex(fields), length: closed ? at : text.length };
  }

  /** Read a value in braces, in quotation marks, or plain; return nothing if it has no end.
   * @param {string} text @param {number} from */
  function readValue(text, from) {
    const mark = text[from];
    if (mark === "{" || mark === '"') {
      const end = findEnd(text, from, mark, true) || findEnd(text, from, mark, false);
      return end ? { value: text.slice(from + 1, end), end: end + 1 } : undefined;
    }
    const plain = /[^\s,#{}"()=]+/y;
    plain.lastIndex = from;
    const found = plain.exec(text);
    return found ? { value: found[0], end: plain.lastIndex, plain: true } : undefined;
  }

  /** Return where a value ends. BibTeX counts a brace after a backslash, TeX and other programs do not.
   * @param {string} text @param {number} from @param {string} mark @param {boolean} tex */
  function findEnd(text, from, mark, tex) {
    const signs = tex ? /\\[\s\S]|[{}"]/g : /[{}"]/g;
    signs.lastIndex = from + 1;
    let depth = 0;
    for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
      if (sign[0] === "{") depth += 1;
      else if (sign[0] === "}" && (depth || mark === "{")) depth -= 1;
      if (depth < 0 || (mark === '"' && !depth && sign[0] === '"')) return sign.index;
    }
    return 0;
  }

  /** @param {Map<string, string>} fields @returns {Entry} */
  function describeBibtex(fields) {
    const get = (/** @type {string} */ name) => fields.get(name) ?? "";
    return {
      title: get("title"),
      ...identify({
        doi: [get("doi")],
        alone: [get("eprint"), get("arxivid"), get("arxiv")],
        near: [
          get("url"),
          get("note"),
          get("journal"),
          get("journaltitle"),
          get("howpublished"),
          get("ee"),
          get("volume"),
          get("number"),
        ],
      }),
      family: findFamily(get("author").split(/\s+and\s+/i)[0]),
      year: findYear(get("year") || get("date")),
    };
  }

  // --- RIS ---

  /** @typedef {{fields: Record<string, string[]>, line: number, from: number, begun: boolean}} RisRecord */

  /** @param {string} text @returns {Generator<Read>} */
  function* readRis(text) {
    /** @type {RisRecord | undefined} */
    let open;
    let tag = "";
    let line = 0;
    for (let at = 0; at < text.length; line += 1) {
      const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
      const [, name, value] = /^\ufeff?\s?([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/.exec(text.slice(at, end).trimEnd()) ?? [];
      if (name === "TY" || name === "ER") {
        if (open) yield describeRis(open, text);
        open = name === "TY" ? { fields: {}, line: line + 1, from: at, begun: true } : undefined;
      } else if (name) {
        open ??= { fields: {}, line: line + 1, from: at, begun: false };
        open.fields[name] = [...(open.fields[name] ?? []), value ?? ""];
      } else if (open?.fields[tag]?.length) {
        open.fields[tag].push(`${open.fields[tag].pop()} ${text.slice(at, end).trim()}`);
      }
      tag = name ?? tag;
      at = end + 1;
    }
    if (open) yield describeRis(open, text);
  }

  /** @param {RisRecord} record @param {string} text @returns {Read} */
  function describeRis({ fields, line, from, begun }, text) {
    const get = (/** @type {string[]} */ ...names) => names.flatMap((name) => fields[name] ?? []);
    const entry = {
      title: get("TI", "T1", "CT", "BT")[0] ?? "",
      ...identify({
        doi: get("DO"),
        alone: get("AN", "M1", "C7"),
        near: get("UR", "L1", "L2", "LK", "N1", "JO", "JF", "T2", "PB", "M3"),
      }),
      family: findFamily(get("AU", "A1")[0] ?? ""),
      year: findYear(get("PY", "Y1", "DA").join(" ")),
    };
    return { entry: begun ? entry : undefined, line, text: excerpt(text, from) };
  }

  // --- JSON ---

  /** Return a value of JSON as an object; one of another kind has no fields.
   * @param {unknown} value @returns {Record<string, unknown>} */
  const fieldsOf = (value) =>
    typeof value === "object" && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};

  /** @param {string} text @returns {Generator<Read>} */
  function* readJson(text) {
    /** @type {unknown} */
    const value = JSON.parse(text);
    const items = [value, fieldsOf(value).items, fieldsOf(value).data].find(Array.isArray) ?? [value];
    for (const [at, item] of items.entries()) {
      const data = fieldsOf(item).data ?? item;
      if (["attachment", "note", "annotation"].includes(String(fieldsOf(data).itemType))) continue;
      const entry = typeof data === "object" && data ? describeItem(fieldsOf(data)) : undefined;
      yield { entry, line: at + 1, text: JSON.stringify(item)?.slice(0, 120) };
    }
  }

  /** @param {Record<string, unknown>} data @returns {Entry} */
  function describeItem(data) {
    const get = (/** @type {string[]} */ ...names) =>
      names
        .flatMap((name) => data[name] ?? [])
        .filter((value) => ["string", "number"].includes(typeof value))
        .map(String);
    const [first] =
      [data.author, data.creators, data.authors].filter(Array.isArray).find((names) => names.length) ?? [];
    const author = fieldsOf(first);
    const issued = fieldsOf(data.issued);
    const [[date] = []] = /** @type {unknown[][]} */ (
      Array.isArray(issued["date-parts"]) ? issued["date-parts"].filter(Array.isArray) : []
    );
    const family = [author.family, author.lastName].find((name) => typeof name === "string");
    const whole = [author.literal, author.name, first].find((name) => typeof name === "string") ?? "";
    return {
      title: get("title")[0] ?? "",
      ...identify({
        doi: get("DOI", "doi"),
        alone: get("archiveID", "archive_location", "arxiv", "arxivId", "eprint", "number"),
        near: get("URL", "url", "extra", "note", "publisher", "container-title", "publicationTitle", "reportNumber"),
      }),
      family: family === undefined ? findFamily(whole) : makeTitleKey(family),
      year: findYear([date ?? issued.raw ?? issued.literal, ...get("date", "year")].filter(Boolean).join(" ")),
    };
  }

  // --- Any file ---

  /** @param {string} text @param {number} from */
  function excerpt(text, from) {
    return text
      .slice(from, from + 200)
      .trimStart()
      .split("\n")[0]
      .slice(0, 120);
  }

  /** Return the reader for a text by its content; nothing if the format is unknown.
   * @param {string} text @returns {Litbook.LibraryReader | undefined} */
  function findReader(text) {
    if (/^\ufeff?\s*[[{]/.test(text)) return readJson;
    if (/^\ufeff?\s?TY {1,2}- /m.test(text)) return readRis;
    return /^[ \t\ufeff]*@[ \t]*[A-Za-z]+\s*[{(]/m.test(text) ? readBibtex : undefined;
  }

  /** Return the text of a file in UTF-8, or in the old encoding of Windows.
   * @param {ArrayBuffer} bytes */
  function decode(bytes) {
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder("windows-1252").decode(bytes);
    }
    return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }

  // --- Matching ---

  /** Return what finds the number of the paper that an entry is, or -1.
   * @type {Litbook.Library["makeMatcher"]} */
  function makeMatcher(papers) {
    /** @type {Map<string, number>} */
    const dois = new Map();
    /** @type {Map<string, number>} */
    const arxiv = new Map();
    /** @type {Map<string, number[]>} */
    const titles = new Map();
    const families = papers.map((paper) => makeTitleKey(paper.by.split(/ et al\.$| and /)[0]));
    papers.forEach((paper, at) => {
      if (paper.doi) dois.set(paper.doi, at);
      if (paper.arxiv) arxiv.set(paper.arxiv, at);
      const key = makeTitleKey(paper.title);
      if (key) titles.set(key, [...(titles.get(key) ?? []), at]);
    });
    /** @param {Entry} entry @param {number} at @param {string} key */
    function agrees(entry, at, key) {
      const paper = papers[at];
      if (entry.arxiv && paper.arxiv && entry.arxiv !== paper.arxiv) return false;
      const family =
        entry.family && families[at]
          ? Number(entry.family.endsWith(families[at]) || families[at].endsWith(entry.family))
          : -1;
      const apart = entry.year && paper.year ? Math.abs(entry.year - paper.year) : -1;
      if (family === 0 && apart !== 0 && apart !== 1) return false;
      return key.length >= SHORT || family === 1 || apart === 0 || apart === 1 || (family < 0 && apart < 0);
    }
    return (entry) => {
      const known = dois.get(entry.doi) ?? arxiv.get(entry.arxiv);
      if (known !== undefined) return known;
      const key = makeTitleKey(entry.title);
      return (titles.get(key) ?? []).find((at) => agrees(entry, at, key)) ?? -1;
    };
  }

  globalThis.litbookLibrary = { makeTitleKey, readBibtex, readRis, readJson, findReader, decode, makeMatcher };
})();
