// What is known of papers, for any page: it lies in the files `search-index/details-<n>.js`, of which only those are
// loaded that hold the papers asked for. And exports: files of citations that the browser makes and downloads.
"use strict";

(function () {
  const { hour, root, loadScript, download } = globalThis.litbookDom;
  const encoder = new TextEncoder();
  const FORMATS = {
    bib: { type: "application/x-bibtex", write: (rows) => rows.map((row) => `${row.bibtex}\n`).join("\n") },
    ris: { type: "application/x-research-info-systems", write: (rows) => rows.map((row) => `${row.ris}\n`).join("\n") },
    // A byte order mark, or a spreadsheet takes the text for one of another alphabet; line ends as in RFC 4180.
    csv: { type: "text/csv;charset=utf-8", write: (rows, columns) => `\ufeff${[columns, ...rows.map((row) => row.csv)].map((row) => `${row}\r\n`).join("")}` },
  };

  /**
   * @typedef {{measured?: string, number: string, sentence: number, quote: string}} Finding
   * @typedef {{title?: string, authors?: string[], year?: number, venue?: string, theme: string, themeTitle: string,
   *   kind?: string, gist?: string, gistSentence?: number, method?: string[], models?: string[], benchmarks?: string[],
   *   findings?: Finding[], bibtex: string, ris: string, csv: string}} Detail  What is absent is not known.
   * @typedef {{files: string[], columns: string}} Head
   */

  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();

  /** Return a part of the index, which its script adds to `litbookIndex`; it is loaded once.
   * @param {string} name @param {string} version @param {(part: any) => boolean} isIt @returns {Promise<any>} */
  function need(name, version, isIt) {
    const src = `${root}search-index/${name}.js?v=${version}`;
    let waiting = asked.get(src);
    if (!waiting) {
      waiting = loadScript(src).then(() => (globalThis.litbookIndex ?? []).findLast(isIt));
      waiting.catch(() => asked.delete(src));
      asked.set(src, waiting);
    }
    return waiting;
  }

  /** @param {string} version @returns {Promise<Head>} */
  const needHead = (version) => need("details", version, (part) => part.part === "details-head");

  /** Return the CRC-32 of a text (as in ZIP): modulo the number of files it tells which file holds a citekey.
   * @param {string} text */
  function sum(text) {
    let rest = ~0;
    for (const byte of encoder.encode(text)) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
    }
    return ~rest >>> 0;
  }

  /** @param {string[]} keys @param {string} version @returns {Promise<Map<string, Detail>>} */
  async function read(keys, version) {
    const { files } = await needHead(version);
    const numbers = new Set(keys.map((key) => sum(key) % files.length));
    const parts = await Promise.all([...numbers].map((number) => (
      need(`details-${number}`, files[number], (part) => part.part === "details" && part.number === number))));
    return new Map(parts.flatMap((part) => part.papers));
  }

  /** Return what is known of papers, in the order of their citekeys as given; those that do not exist are absent.
   * @param {Iterable<string>} citekeys @returns {Promise<Map<string, Detail>>} */
  async function load(citekeys) {
    const keys = [...new Set(citekeys)];
    const known = keys.length ? await read(keys, hour) : new Map();
    const lacking = keys.filter((key) => !known.has(key));
    // The browser may have kept a file from before the last build: what is missing is looked for once more.
    if (lacking.length) (await read(lacking, `n${Date.now()}`)).forEach((detail, key) => known.set(key, detail));
    return new Map(keys.filter((key) => known.has(key)).map((key) => [key, known.get(key)]));
  }

  /** Return the citekeys of all papers. @returns {Promise<string[]>} */
  async function all() {
    const isIt = (part) => part.part === "keys";
    const part = (globalThis.litbookIndex ?? []).findLast(isIt) ?? await need("keys", hour, isIt);
    return part.keys.split(" ").filter(Boolean);
  }

  /** Export papers as a file and return how many it holds.
   * @param {Iterable<string>} keys @param {"bib" | "ris" | "csv"} format @param {string} [name] without its ending */
  async function save(keys, format, name = "papers") {
    const { type, write } = FORMATS[format];
    const rows = [...(await load(keys)).values()];
    const { columns } = await needHead(hour);
    const plain = `${name}.${format}`.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
    if (rows.length) download(write(rows, columns), type, plain || "papers");
    return rows.length;
  }

  globalThis.litbookDetails = { load, all };
  globalThis.litbookExport = { save };
})();
