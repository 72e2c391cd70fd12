// What a reader marks and notes of papers: kept in this browser's own storage, under the name of this review, by citekey.
//
// {version: 1, papers: {citekey: {state: "" | "to read" | "read", starred, note, changed}}}; fields and citekeys that are
// not known here stay as they are: a paper may come back, and a later script may have written them. Another tab may write
// at any time, so each change is made to what is kept at that moment, paper by paper.
"use strict";

(function () {
  const { root, make, makeButton } = globalThis.litbookDom;
  const STATES = ["to read", "read"];
  const OWN = new Set(["state", "starred", "note", "changed"]);
  const PAUSE = 700; // milliseconds without a key after which a note is kept
  const NAME = `litbook:${document.querySelector('meta[name="litbook-review"]')?.getAttribute("content") ?? ""}`;
  const ASIDE = `${NAME}:damaged`;
  const TROUBLE = {
    full: "Not kept: the room that this browser gives to this site is full. Export your papers, delete notes that you no longer need, and try again.",
    forbidden: "Not kept: this browser does not let this site store anything. Marks and notes need that; all else works without.",
  };

  /** @typedef {{state?: string, starred?: boolean, note?: string, changed?: string}} Entry */

  /** @type {string | null} */
  let raw = null;
  let kept = parse(null);
  let usable = false;
  let trouble = "";
  /** @type {Set<() => void>} */
  const listeners = new Set();

  // --- The store ---

  /** @param {unknown} value */
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
    } catch { // somebody else wrote here, or a write was cut short
      found.damaged = true;
    }
    return found;
  }

  /** Read what is kept, if it is another text than before. */
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
    kept = parse(text);
    return true;
  }

  function tell() {
    for (const listener of [...listeners]) listener();
  }

  /** @param {Entry} [entry] */
  function view(entry) {
    return {
      state: STATES.includes(entry?.state ?? "") ? /** @type {string} */ (entry?.state) : "",
      starred: entry?.starred === true,
      note: typeof entry?.note === "string" ? entry.note : "",
    };
  }

  /** @param {any} entry */
  function isEmpty(entry) {
    return !entry.state && !entry.starred && !entry.note && Object.keys(entry).every((name) => OWN.has(name));
  }

  /** Keep what cannot be read under a name of its own before anything is written over it.
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
  function keep(papers) {
    const text = JSON.stringify({ version: 1, ...kept.rest, papers: Object.fromEntries(papers) });
    try {
      const storage = localStorage;
      if (kept.damaged && raw !== null) setAside(storage, raw);
      storage.setItem(NAME, text);
      if (storage.getItem(NAME) !== text) throw new Error("nothing is kept here");
    } catch (error) {
      trouble = TROUBLE[/quota/i.test(String(/** @type {any} */ (error)?.name)) ? "full" : "forbidden"];
      return false;
    }
    trouble = "";
    raw = text;
    kept = parse(text);
    tell();
    return true;
  }

  /** Change several papers in one step; tell whether it was kept.
   * @param {Iterable<[string, Entry]>} changes */
  function change(changes) {
    refresh();
    const papers = new Map(kept.papers);
    const now = new Date().toISOString();
    for (const [key, fields] of changes) {
      const entry = { ...papers.get(key), changed: now, ...fields };
      if (isEmpty(entry)) papers.delete(key);
      else papers.set(key, entry);
    }
    return keep(papers);
  }

  /** Return the entries of some papers as they are, for `restore`.
   * @param {Iterable<string>} keys @returns {Map<string, Entry | undefined>} */
  function snapshot(keys) {
    refresh();
    return new Map([...keys].map((key) => [key, kept.papers.get(key)]));
  }

  /** @param {Map<string, Entry | undefined>} entries */
  function restore(entries) {
    refresh();
    const papers = new Map(kept.papers);
    for (const [key, entry] of entries) {
      if (entry) papers.set(key, entry);
      else papers.delete(key);
    }
    return keep(papers);
  }

  /** Return the names under which this review keeps what could not be read. */
  function findAside() {
    try {
      return Object.keys(localStorage).filter((name) => name === ASIDE || name.startsWith(`${ASIDE}-`));
    } catch {
      return [];
    }
  }

  function forget() {
    try {
      for (const name of [...findAside(), NAME]) localStorage.removeItem(name);
    } catch {
      return false;
    }
    refresh();
    tell();
    return true;
  }

  const yours = {
    STATES,
    get usable() { return usable; },
    /** Why the last change was not kept, in a sentence. */
    get trouble() { return trouble; },
    get damaged() { return kept.damaged; },
    get: (/** @type {string} */ key) => view(kept.papers.get(key)),
    set: (/** @type {string} */ key, /** @type {Entry} */ changes) => change([[key, changes]]),
    all: () => Object.fromEntries([...kept.papers].map(([key, entry]) => [key, { ...entry, ...view(entry) }])),
    entries: () => new Map(kept.papers),
    change, snapshot, restore, forget, findAside,
    readAside: () => findAside().map((name) => localStorage.getItem(name) ?? ""),
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    decorate,
  };

  // --- Marks in lists ---

  /** Show the marks of the papers listed in an element.
   * @param {any} [root] */
  function decorate(root = document) {
    for (const item of [...(root.matches?.("[data-paper]") ? [root] : []), ...root.querySelectorAll("[data-paper]")]) {
      if (!item.classList.contains("litbook-actions")) drawMarks(item, view(kept.papers.get(item.dataset.paper)));
    }
  }

  /** @param {HTMLElement} item @param {{state: string, starred: boolean, note: string}} entry */
  function drawMarks(item, { state, starred, note }) {
    const words = [starred ? "starred" : "", state, note ? "note" : ""].filter(Boolean);
    const before = item.querySelector(".litbook-marks");
    if ((before?.getAttribute("data-marks") ?? "") === words.join()) return;
    before?.remove();
    if (!words.length) return;
    const marks = make("span", { class: "litbook-marks", "data-marks": words.join() }, make("span", { class: "litbook-unseen" }, " Yours:"));
    for (const word of words) marks.append(" ", make("span", { class: "litbook-mark" }, word));
    const title = item.querySelector("a, .litbook-gone");
    if (title) title.after(marks);
    else item.append(marks);
  }

  // --- The buttons on a paper's page ---

  const TOGGLES = [
    { label: "To read", isOn: (entry) => entry.state === "to read", change: (on) => ({ state: on ? "" : "to read" }) },
    { label: "Read", isOn: (entry) => entry.state === "read", change: (on) => ({ state: on ? "" : "read" }) },
    { label: "Star", isOn: (entry) => entry.starred, change: (on) => ({ starred: !on }) },
  ];

  /** @param {HTMLElement} place */
  function addActions(place) {
    const key = place.dataset.paper ?? "";
    const status = make("p", { class: "litbook-own-status", role: "status" });
    const toggles = TOGGLES.map((toggle) => {
      const act = () => { status.textContent = yours.set(key, toggle.change(toggle.isOn(yours.get(key)))) ? "" : trouble; };
      const button = makeButton(toggle.label, act, { class: "litbook-own", "aria-pressed": "false" });
      return { ...toggle, button };
    });
    const note = makeNote(key, status);
    place.prepend(...toggles.map(({ button }) => button), note.button);
    place.after(note.panel, status);
    const draw = () => {
      const entry = yours.get(key);
      for (const { button, isOn } of toggles) button.setAttribute("aria-pressed", String(isOn(entry)));
      note.draw(entry.note);
    };
    listeners.add(draw);
    draw();
  }

  /** Make the button and the field of a note.
   * @param {string} key @param {HTMLElement} status */
  function makeNote(key, status) {
    const unseen = make("span", { class: "litbook-unseen" });
    const button = makeButton("Note", () => show(panel.hidden), { class: "litbook-own litbook-own-note", "aria-expanded": "false", "aria-controls": "litbook-note" });
    button.append(unseen);
    const field = make("textarea", { id: "litbook-note-text", rows: "5" });
    const panel = make("div", { class: "litbook-note", id: "litbook-note" },
      make("label", { for: field.id }, "Private note, kept in this browser only"), field,
      make("p", {}, make("a", { href: `${root}your-papers.html` }, "All your papers")));
    panel.hidden = true;
    let dirty = false;
    let pause = 0;

    function save() {
      clearTimeout(pause);
      if (!dirty) return;
      dirty = !yours.set(key, { note: field.value });
      status.textContent = dirty ? `${trouble} Your text is still in the field: copy it before you leave this page.` : "The note is kept in this browser.";
    }
    /** @param {boolean} open */
    function show(open) {
      save();
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open) field.focus();
      else if (!dirty) status.textContent = "";
    }
    field.addEventListener("input", () => {
      dirty = true;
      clearTimeout(pause);
      pause = setTimeout(save, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      show(false);
      button.focus();
    });
    field.addEventListener("blur", save);
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
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
  window.addEventListener("storage", (event) => { if ((event.key === NAME || event.key === null) && refresh()) tell(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted && refresh()) tell(); });
  document.addEventListener("litbook:drawn", (event) => decorate(event.target));
  document.querySelectorAll(".litbook-actions[data-paper]").forEach((place) => addActions(/** @type {HTMLElement} */ (place)));
  decorate();
})();
