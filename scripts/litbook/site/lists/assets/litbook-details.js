// Load what is known of papers, and export papers as files. Details are in the files `search-index/details-<n>.js`, of
// which only those with the wanted papers are loaded.
"use strict";

(() => {
  const { hour, root, loadScript, download } = globalThis.litbookDom;
  const encoder = new TextEncoder();
  /** @typedef {Litbook.Detail} Detail */
  /** @type {Record<Litbook.ExportFormat, {type: string, write: (details: Detail[], columns: string) => string}>} */
  const FORMATS = {
    bib: { type: "application/x-bibtex", write: (rows) => rows.map((row) => `${row.bibtex}\n`).join("\n") },
    ris: { type: "application/x-research-info-systems", write: (rows) => rows.map((row) => `${row.ris}\n`).join("\n") },
    // Without a byte order mark, spreadsheets misread the encoding; line ends as in RFC 4180.
    csv: {
      type: "text/csv;charset=utf-8",
      write: (rows, columns) => `\ufeff${[columns, ...rows.map((row) => row.csv)].map((row) => `${row}\r\n`).join("")}`,
    },
  };

  /** @type {Map<string, Promise<void>>} */
  const asked = new Map();

  /** Load a file of the index, once; its script adds a part to `litbookIndex`.
   * @param {string} name @param {string} version */
  function need(name, version) {
    const src = `${root}search-index/${name}.js?v=${version}`;
    let waiting = asked.get(src);
    if (!waiting) {
      waiting = loadScript(src);
      waiting.catch(() => asked.delete(src));
      asked.set(src, waiting);
    }
    return waiting;
  }

  /** Return the part that was loaded last of a kind.
   * @template {Litbook.IndexPart} P @param {(part: Litbook.IndexPart) => part is P} isIt */
  const findPart = (isIt) => (globalThis.litbookIndex ?? []).findLast(isIt);

  /** @param {string} version */
  async function needHead(version) {
    await need("details", version);
    const head = findPart((part) => part.part === "details-head");
    if (!head) throw new Error("The list of the files of details is damaged.");
    return head;
  }

  /** Return the CRC-32 of a text, as in ZIP.
   * @param {string} text */
  function sum(text) {
    let rest = ~0;
    for (const byte of encoder.encode(text)) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
    }
    return ~rest >>> 0;
  }

  /** Return the number of the file that holds a paper, as `find_file` of `details.py` does.
   * @param {string} citekey @param {number} total */
  const findFile = (citekey, total) => sum(citekey) % total;

  /** @param {string[]} keys @param {string} version @returns {Promise<Map<string, Detail>>} */
  async function read(keys, version) {
    const { files } = await needHead(version);
    const numbers = new Set(keys.map((key) => findFile(key, files.length)));
    const parts = await Promise.all(
      [...numbers].map(async (number) => {
        await need(`details-${number}`, files[number]);
        /** @param {Litbook.IndexPart} part @returns {part is Litbook.DetailsPart} */
        const isIt = (part) => part.part === "details" && part.number === number;
        return findPart(isIt)?.papers ?? [];
      }),
    );
    return new Map(parts.flat());
  }

  /** Return what is known of papers in the given order; papers that do not exist are absent.
   * @type {Litbook.Details["load"]} */
  async function load(citekeys) {
    const keys = [...new Set(citekeys)];
    const known = keys.length ? await read(keys, hour) : new Map();
    const missing = keys.filter((key) => !known.has(key));
    // The browser may have cached a file from before the last build: look for missing papers once more.
    if (missing.length) for (const [key, detail] of await read(missing, `n${Date.now()}`)) known.set(key, detail);
    return new Map(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)]] : [])));
  }

  /** Return the citekeys of all papers.
   * @type {Litbook.Details["all"]} */
  async function all() {
    const find = () => findPart((part) => part.part === "keys");
    if (!find()) await need("keys", hour);
    return find()?.keys.split(" ").filter(Boolean) ?? [];
  }

  /** Have the browser save papers as a file, its name given without ending, and return how many it holds.
   * @type {Litbook.Exporter["save"]} */
  async function save(keys, format, name = "papers") {
    const { type, write } = FORMATS[format];
    const rows = [...(await load(keys)).values()];
    const { columns } = await needHead(hour);
    const plain = `${name}.${format}`.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
    if (rows.length) download(write(rows, columns), type, plain || "papers");
    return rows.length;
  }

  globalThis.litbookDetails = { load, all, findFile };
  globalThis.litbookExport = { save, write: (details, format, columns) => FORMATS[format].write(details, columns) };
})();
