// The three files that marks and notes are exported to and imported from: JSON, a reading list in Markdown, BibTeX. It
// needs no page. The readers accept any text; unknown marks are ignored.
"use strict";

(() => {
  /** @type {("to read" | "read")[]} */
  const STATES = ["to read", "read"];
  const LONGEST = 100_000; // characters of a note
  /** @type {Object<string, string>} */
  const TEX = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "`": "\\textasciigrave{}",
    "\n": "\\newline{}",
    "&": "\\&",
    "%": "\\%",
    $: "\\$",
    "#": "\\#",
    _: "\\_",
  };
  const PLAIN = new Map(Object.entries(TEX).map(([sign, command]) => [command, sign]));

  /** @typedef {Litbook.StoredMarks} Fields */
  /** @typedef {Litbook.ImportedMarks} Found */

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /** Return marks with unknown values replaced; fields of other versions of this site are preserved.
   * @param {Record<string, unknown>} value @returns {Fields} */
  function clean(value) {
    const note = typeof value.note === "string" ? value.note.replace(/\r\n?/g, "\n").slice(0, LONGEST) : "";
    const time = Date.parse(String(value.changed));
    const changed = Number.isNaN(time) ? {} : { changed: new Date(time).toISOString() };
    const state = STATES.find((known) => known === value.state) ?? "";
    return { ...value, state, starred: value.starred === true, note, ...changed };
  }

  /** @param {Fields} fields */
  const hasMark = ({ state, starred, note }) => Boolean(state || starred || note);

  /** @param {Litbook.Marks} paper */
  const nameMarks = ({ state, starred }) => [starred ? "starred" : "", state].filter(Boolean);

  // --- JSON ---

  /** @type {Litbook.MarkFormats["writeJson"]} */
  function writeJson(entries, head) {
    return `${JSON.stringify({ litbook: "marks and notes", version: 1, ...head, papers: Object.fromEntries(entries) }, null, 1)}\n`;
  }

  /** @param {string} text @returns {Found} */
  function readJson(text) {
    /** @type {unknown} */
    const value = JSON.parse(text);
    if (!isRecord(value) || !isRecord(value.papers)) throw new Error("no papers in it");
    const papers = new Map();
    let skipped = 0;
    for (const [key, entry] of Object.entries(value.papers)) {
      const fields = isRecord(entry) ? clean(entry) : undefined;
      if (fields && hasMark(fields)) papers.set(key, fields);
      else skipped += 1;
    }
    return { review: typeof value.review === "string" ? value.review : "", papers, skipped };
  }

  // --- Markdown ---

  /** @param {string} text */
  const escapeMarkdown = (text) => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+!|&~$-]/g, "\\$&");

  /** Return a reading list: papers to read, papers read, then the others.
   * @type {Litbook.MarkFormats["writeMarkdown"]} */
  function writeMarkdown(papers, { title, saved }) {
    const groups = [
      ["To read", "to read"],
      ["Read", "read"],
      ["Neither", ""],
    ].map(([heading, state]) => {
      const items = papers.filter((paper) => paper.state === state).map(writeItem);
      return items.length ? `## ${heading}\n\n${items.join("\n\n")}\n` : "";
    });
    return `# Your papers in “${escapeMarkdown(title)}”\n\nSaved on ${saved.slice(0, 10)}. The page “Your papers” reads this list again.\n\n${groups.filter(Boolean).join("\n")}`;
  }

  /** @param {Litbook.MarkedPaper} paper */
  function writeItem(paper) {
    const by = [paper.authors, paper.year].filter(Boolean).join(", ");
    const title = `- [${escapeMarkdown(paper.title)}](<${paper.address}>)`;
    const lines = [by ? `${title} — ${escapeMarkdown(by)}` : title];
    const marks = nameMarks(paper);
    if (marks.length) lines.push("", `  Marked: ${marks.join(", ")}`);
    if (paper.note) lines.push("", ...paper.note.split("\n").map((line) => `  > ${line.replace(/[\\<&]/g, "\\$&")}`));
    return lines.join("\n");
  }

  /** @typedef {{state: Litbook.Marks["state"], starred: boolean, note: string[]}} NotedLines */

  /** @param {string} text @returns {Found} */
  function readMarkdown(text) {
    const papers = new Map();
    /** @type {NotedLines | undefined} */
    let open;
    for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
      const [, address] = /^[-*] \[(?:\\.|[^\\\]])*\]\(<?([^<>\s]*)>?\)/.exec(line) ?? [];
      const [, key] = /(?:^|\/)book\/papers\/([^/?#]+)\.html$/.exec(address ?? "") ?? [];
      const [, marks] = /^ {2}Marked: (.*)$/.exec(line) ?? [];
      const [quoted, said = ""] = /^ {2}> ?(.*)$/.exec(line) ?? [];
      if (/^([-*] |#)/.test(line)) open = undefined;
      if (key) {
        open = { state: "", starred: false, note: [] };
        papers.set(safeDecode(key), open);
      } else if (open && marks) {
        const words = marks.split(",").map((word) => word.trim());
        open.state = STATES.find((state) => words.includes(state)) ?? "";
        open.starred = words.includes("starred");
      } else if (open && quoted !== undefined) open.note.push(said.replace(/\\([\\<&])/g, "$1"));
    }
    return collect(papers);
  }

  /** @param {string} text */
  function safeDecode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** @param {Map<string, NotedLines>} found @returns {Found} */
  function collect(found) {
    const papers = new Map(
      [...found].map(([key, fields]) => [key, { ...fields, note: fields.note.join("\n").slice(0, LONGEST) }]),
    );
    const marked = [...papers].filter(([, fields]) => hasMark(fields));
    return { review: "", papers: new Map(marked), skipped: papers.size - marked.length };
  }

  // --- BibTeX ---

  /** Add marks and note to an entry of BibTeX.
   * @type {Litbook.MarkFormats["writeBibtex"]} */
  function writeBibtex(bibtex, paper) {
    const marks = nameMarks(paper).map((word) => word.replace(" ", "-"));
    const note = paper.note.replace(/[\\{}~^`\n&%$#_]/g, (sign) => TEX[sign]);
    const lines = [
      marks.length ? `  keywords = {${marks.join(", ")}},` : "",
      note ? `  annote = {${note}},` : "",
    ].filter(Boolean);
    return bibtex.trim().replace(/\n/, () => `\n${lines.join("\n")}${lines.length ? "\n" : ""}`);
  }

  /** @param {string} text @returns {Found} */
  function readBibtex(text) {
    const papers = new Map();
    for (const { key, fields } of globalThis.litbookLibrary.readBibtex(text.replace(/\r\n?/g, "\n"))) {
      if (!key || !fields) continue;
      const words = (fields.get("keywords") ?? "")
        .toLowerCase()
        .split(/[,;]/)
        .map((word) => word.trim().replace("-", " "));
      const note = (fields.get("annote") ?? "").replace(
        /\\(?:[a-z]+\{\}|.)/g,
        (command) => PLAIN.get(command) ?? command,
      );
      papers.set(key, {
        state: STATES.find((state) => words.includes(state)) ?? "",
        starred: words.includes("starred"),
        note: [note],
      });
    }
    return collect(papers);
  }

  // --- Any file, and what it would change ---

  /** Read a file that was exported here; throw an error whose message is for the reader if it is not one.
   * @param {string} text @returns {Found} */
  function read(text) {
    const begin = text.trimStart().slice(0, 1);
    const reader =
      begin === "{" || begin === "["
        ? readJson
        : /^[ \t\ufeff]*@[ \t]*\w+\s*[{(]/m.test(text)
          ? readBibtex
          : readMarkdown;
    let found;
    try {
      found = reader(text.replace(/^\ufeff/, ""));
    } catch {
      throw new Error("This JSON file is damaged, or was not exported here.");
    }
    if (!found.papers.size) throw new Error("No marks or notes were found in this file.");
    return found;
  }

  /** Return what a file changes of a paper's stored marks; nothing if it changes nothing.
   *
   * No note is lost: if both have one, the new one follows the old. The marks changed last win; a file without times of
   * changes only adds.
   * @param {Fields | undefined} mine @param {Fields} theirs @returns {Fields | undefined} */
  function merge(mine, theirs) {
    if (!mine) return theirs;
    const later = Boolean(theirs.changed && theirs.changed > String(mine.changed ?? ""));
    const [old, other] = [typeof mine.note === "string" ? mine.note : "", theirs.note ?? ""];
    const merged = {
      state: later || !mine.state ? theirs.state : mine.state,
      starred: later ? theirs.starred : mine.starred === true || theirs.starred,
      note: old.includes(other) ? old : other.includes(old) ? other : `${old}\n\n${other}`,
    };
    const isSame =
      merged.state === (mine.state ?? "") && merged.starred === (mine.starred ?? false) && merged.note === old;
    return isSame ? undefined : { ...theirs, ...mine, ...merged, changed: later ? theirs.changed : mine.changed };
  }

  /** Return what an import would change.
   * @type {Litbook.MarkFormats["plan"]} */
  function plan(mine, found) {
    /** @type {Map<string, Fields>} */
    const changes = new Map();
    let added = 0;
    for (const [key, theirs] of found.papers) {
      const change = merge(mine.get(key), theirs);
      if (change) changes.set(key, change);
      if (change && !mine.has(key)) added += 1;
    }
    return { changes, added, changed: changes.size - added, same: found.papers.size - changes.size };
  }

  globalThis.litbookYoursFormats = { writeJson, writeMarkdown, writeBibtex, read, plan };
})();
