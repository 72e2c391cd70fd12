// The reader's marks and notes, stored in this browser by citekey under the name of this review:
//
// {version: 1, papers: {citekey: {state: "" | "to read" | "read", starred, note, changed}}}
//
// Unknown fields and citekeys are preserved: a paper may come back, and a later version of this script may have written
// them. Another tab may write at any time, so each change is applied, paper by paper, to what is stored at that moment.
"use strict";

(() => {
  const { root, make, makeButton } = globalThis.litbookDom;
  /** @type {("to read" | "read")[]} */
  const STATES = ["to read", "read"];
  const OWN = new Set(["state", "starred", "note", "changed"]);
  const PAUSE = 700; // milliseconds without a key after which a note is saved
  const NAME = `litbook:${document.querySelector('meta[name="litbook-review"]')?.getAttribute("content") ?? ""}`;
  const ASIDE = `${NAME}:damaged`;
  const TROUBLE = {
    full: "Not saved: this site’s browser storage is full. Export your papers, delete notes that you no longer need, and try again.",
    forbidden:
      "Not saved: this browser does not let this site store anything. Marks and notes need storage; everything else works without it.",
  };

  /** @typedef {Litbook.StoredMarks} Entry */

  /** @type {string | null} */
  let raw = null; // what is stored
  let stored = parse(null);
  let usable = false;
  let trouble = "";
  /** @type {Set<() => void>} */
  const listeners = new Set();

  // --- The store ---

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /** @param {string | null} text */
  function parse(text) {
    /** @type {{rest: Object<string, unknown>, papers: Map<string, Entry>, damaged: boolean}} */
    const found = { rest: {}, papers: new Map(), damaged: false };
    if (text === null) return found;
    try {
      const { papers, ...rest } = JSON.parse(text);
      if (!isRecord(papers)) throw new Error("no papers");
      found.rest = rest;
      for (const [key, entry] of Object.entries(papers)) {
        if (isRecord(entry)) found.papers.set(key, entry);
        else found.damaged = true;
      }
    } catch {
      // another script wrote here, or a write was cut short
      found.damaged = true;
    }
    return found;
  }

  /** Read what is stored, and return whether it changed. */
  function refresh() {
    let text = null;
    try {
      text = localStorage.getItem(NAME);
      usable = true;
    } catch {
      usable = false;
    }
    if (text === raw) return false;
    raw = text;
    stored = parse(text);
    return true;
  }

  function notify() {
    for (const listener of [...listeners]) listener();
  }

  /** Return the marks of a stored entry, as far as they are valid.
   * @param {Entry} [entry] @returns {Litbook.Marks} */
  function view(entry) {
    return {
      state: STATES.find((state) => state === entry?.state) ?? "",
      starred: entry?.starred === true,
      note: typeof entry?.note === "string" ? entry.note : "",
    };
  }

  /** @param {Entry} entry */
  function isEmpty(entry) {
    return !entry.state && !entry.starred && !entry.note && Object.keys(entry).every((name) => OWN.has(name));
  }

  /** Save unreadable text under a name of its own before it is overwritten.
   * @param {Storage} storage @param {string} text */
  function setAside(storage, text) {
    for (let number = 1; ; number += 1) {
      const name = number > 1 ? `${ASIDE}-${number}` : ASIDE;
      const there = storage.getItem(name);
      if (there === null) storage.setItem(name, text);
      if (there === null || there === text) return;
    }
  }

  /** @param {Map<string, Entry>} papers @returns {boolean} */
  function save(papers) {
    const text = JSON.stringify({ version: 1, ...stored.rest, papers: Object.fromEntries(papers) });
    try {
      const storage = localStorage;
      if (stored.damaged && raw !== null) setAside(storage, raw);
      storage.setItem(NAME, text);
      if (storage.getItem(NAME) !== text) throw new Error("nothing is stored here");
    } catch (error) {
      trouble = error instanceof Error && /quota/i.test(error.name) ? TROUBLE.full : TROUBLE.forbidden;
      return false;
    }
    trouble = "";
    raw = text;
    stored = parse(text);
    notify();
    return true;
  }

  /** Change several papers in one step; return whether that was saved.
   * @param {Iterable<[string, Entry]>} changes */
  function change(changes) {
    refresh();
    const papers = new Map(stored.papers);
    const now = new Date().toISOString();
    for (const [key, fields] of changes) {
      const entry = { ...papers.get(key), changed: now, ...fields };
      if (isEmpty(entry)) papers.delete(key);
      else papers.set(key, entry);
    }
    return save(papers);
  }

  /** Return the entries of some papers unchanged, for `restore`.
   * @param {Iterable<string>} keys @returns {Map<string, Entry | undefined>} */
  function snapshot(keys) {
    refresh();
    return new Map([...keys].map((key) => [key, stored.papers.get(key)]));
  }

  /** @param {Map<string, Entry | undefined>} entries */
  function restore(entries) {
    refresh();
    const papers = new Map(stored.papers);
    for (const [key, entry] of entries) {
      if (entry) papers.set(key, entry);
      else papers.delete(key);
    }
    return save(papers);
  }

  /** Return the names under which unreadable text was saved. */
  function findAside() {
    try {
      return Object.keys(localStorage).filter((name) => name === ASIDE || name.startsWith(`${ASIDE}-`));
    } catch {
      return [];
    }
  }

  function forget() {
    try {
      for (const name of [...findAside(), NAME, `${NAME}:visits`]) localStorage.removeItem(name);
    } catch {
      return false;
    }
    refresh();
    notify();
    return true;
  }

  /** @type {Litbook.Yours} */
  const yours = {
    STATES,
    get usable() {
      return usable;
    },
    get trouble() {
      return trouble;
    },
    get damaged() {
      return stored.damaged;
    },
    get: (key) => view(stored.papers.get(key)),
    set: (key, changes) => change([[key, changes]]),
    all: () => Object.fromEntries([...stored.papers].map(([key, entry]) => [key, { ...entry, ...view(entry) }])),
    entries: () => new Map(stored.papers),
    change,
    snapshot,
    restore,
    forget,
    findAside,
    readAside: () => findAside().map((name) => localStorage.getItem(name) ?? ""),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    decorate,
  };

  // --- Marks in lists ---

  /** Show the marks of the papers listed in an element.
   * @param {ParentNode} [place] */
  function decorate(place = document) {
    /** @type {NodeListOf<HTMLElement>} */
    const items = place.querySelectorAll("[data-paper]:not(.litbook-actions)");
    for (const item of items) drawMarks(item, view(stored.papers.get(item.dataset.paper ?? "")));
  }

  /** @param {HTMLElement} item @param {Litbook.Marks} marks */
  function drawMarks(item, { state, starred, note }) {
    const words = [starred ? "starred" : "", state, note ? "note" : ""].filter(Boolean);
    const before = item.querySelector(".litbook-marks");
    if ((before?.getAttribute("data-marks") ?? "") === words.join()) return;
    before?.remove();
    if (!words.length) return;
    const line = make(
      "span",
      { class: "litbook-marks", "data-marks": words.join() },
      make("span", { class: "litbook-unseen" }, " Yours:"),
    );
    for (const word of words) line.append(" ", make("span", { class: "litbook-mark" }, word));
    const title = item.querySelector("a, .litbook-gone");
    if (title) title.after(line);
    else item.append(line);
  }

  // --- The buttons on a paper page ---

  /** @type {{label: string, isOn: (marks: Litbook.Marks) => boolean, change: (on: boolean) => Entry}[]} */
  const TOGGLES = [
    { label: "To read", isOn: ({ state }) => state === "to read", change: (on) => ({ state: on ? "" : "to read" }) },
    { label: "Read", isOn: ({ state }) => state === "read", change: (on) => ({ state: on ? "" : "read" }) },
    { label: "Star", isOn: ({ starred }) => starred, change: (on) => ({ starred: !on }) },
  ];

  /** @param {HTMLElement} place */
  function addActions(place) {
    const key = place.dataset.paper ?? "";
    const status = make("p", { class: "litbook-own-status", role: "status" });
    const toggles = TOGGLES.map((toggle) => {
      const act = () => {
        status.textContent = yours.set(key, toggle.change(toggle.isOn(yours.get(key)))) ? "" : trouble;
      };
      const button = makeButton(toggle.label, act, { class: "litbook-own", "aria-pressed": "false" });
      return { ...toggle, button };
    });
    const note = makeNote(key, status);
    place.prepend(...toggles.map(({ button }) => button), note.button);
    place.after(note.panel, status);
    const draw = () => {
      const marks = yours.get(key);
      for (const { button, isOn } of toggles) button.setAttribute("aria-pressed", String(isOn(marks)));
      note.draw(marks.note);
    };
    listeners.add(draw);
    draw();
  }

  /** Make the button and the field of a note.
   * @param {string} key @param {HTMLElement} status */
  function makeNote(key, status) {
    const unseen = make("span", { class: "litbook-unseen" });
    const button = makeButton("Note", () => show(Boolean(panel.hidden)), {
      class: "litbook-own litbook-own-note",
      "aria-expanded": "false",
      "aria-controls": "litbook-note",
    });
    button.append(unseen);
    const field = make("textarea", { id: "litbook-note-text", rows: "5" });
    const panel = make(
      "div",
      { class: "litbook-note", id: "litbook-note", hidden: "" },
      make("label", { for: field.id }, "Private note, kept in this browser only"),
      field,
      make("p", {}, make("a", { href: `${root}your-papers.html` }, "All your papers")),
    );
    let dirty = false;
    let pause = 0;

    function saveNote() {
      clearTimeout(pause);
      if (!dirty) return;
      dirty = !yours.set(key, { note: field.value });
      status.textContent = dirty
        ? `${trouble} Your text is still in the field: copy it before you leave this page.`
        : "The note is kept in this browser.";
    }
    /** @param {boolean} open */
    function show(open) {
      saveNote();
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open) field.focus();
      else if (!dirty) status.textContent = "";
    }
    field.addEventListener("input", () => {
      dirty = true;
      clearTimeout(pause);
      pause = setTimeout(saveNote, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      show(false);
      button.focus();
    });
    field.addEventListener("blur", saveNote);
    window.addEventListener("pagehide", saveNote);
    document.addEventListener("visibilitychange", saveNote);
    /** @param {string} text */
    const draw = (text) => {
      if (!dirty && field.value !== text) field.value = text;
      button.toggleAttribute("data-has", text !== "");
      unseen.textContent = text ? " (you have one)" : "";
    };
    return { button, panel, draw };
  }

  globalThis.litbookYours = yours;
  refresh();
  listeners.add(() => decorate());
  window.addEventListener("storage", (event) => {
    if ((event.key === NAME || event.key === null) && refresh()) notify();
  });
  // Browsers may drop a storage event between processes, as each page of a folder is one: look again on coming back.
  const lookAgain = () => {
    if (document.visibilityState === "visible" && refresh()) notify();
  };
  window.addEventListener("pageshow", (event) => event.persisted && lookAgain());
  window.addEventListener("focus", lookAgain);
  document.addEventListener("visibilitychange", lookAgain);
  document.addEventListener("litbook:drawn", ({ target }) => decorate(/** @type {Element} */ (target)));
  /** @type {NodeListOf<HTMLElement>} */
  const places = document.querySelectorAll(".litbook-actions[data-paper]");
  places.forEach(addActions);
  decorate();
})();
