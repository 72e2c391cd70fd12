// `/` and Ctrl-K (Cmd-K) open search on every page: on the search page its field, elsewhere a dialog with the first
// results. What ranks them is loaded when the dialog opens, and not before.
"use strict";

(function () {
  const SHOWN = 8; // results in the dialog; the search page has them all
  const SCRIPTS = ["words", "store", "slots", "engine", "results"];
  const root = document.documentElement.dataset.content_root ?? "./";
  // Other pages than the search page do not know the digest of the index: what they keep they keep for an hour.
  const hour = `h${Math.floor(Date.now() / 3_600_000)}`;

  /** @type {{dialog: HTMLDialogElement, input: HTMLInputElement, status: HTMLElement, list: HTMLElement} | undefined} */
  let parts;
  /** @type {Promise<any> | undefined} */
  let opening;
  let asked = 0;

  /** @param {string} name @param {Object<string, string>} attributes @param {...(string | Node)} children */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function makeDialog() {
    const input = /** @type {HTMLInputElement} */ (make("input", { id: "litbook-dialog-q", name: "q", type: "search", autocomplete: "off", spellcheck: "false" }));
    const label = make("label", { for: "litbook-dialog-q" }, "Search this review");
    const form = make("form", { role: "search", action: `${root}search.html` }, label, input, make("button", { type: "submit" }, "All results"));
    const status = make("p", { role: "status", "aria-live": "polite" });
    const list = make("ol", { class: "litbook-results" });
    const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "litbook-dialog", "aria-label": "Search" }, form, status, list));
    dialog.addEventListener("keydown", move);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    input.addEventListener("input", () => { void answer(); });
    document.body.append(dialog);
    return { dialog, input, status, list };
  }

  /** @param {string} address @param {string} name @param {Object<string, string>} attributes */
  function load(address, name, attributes) {
    return new Promise((resolve, reject) => {
      const element = make(name, attributes);
      element.addEventListener("load", () => resolve(undefined));
      element.addEventListener("error", () => reject(new Error(`${address} was not found.`)));
      document.head.append(element);
    });
  }

  /** Load what ranks, in its order, and the index. */
  function open() {
    opening ??= (async () => {
      const style = `${root}_static/litbook-search.css?${hour}`;
      void load(style, "link", { rel: "stylesheet", href: style }).catch(() => {});
      for (const name of globalThis.litbookResults ? [] : SCRIPTS) {
        const src = `${root}_static/litbook-search-${name}.js?${hour}`;
        await load(src, "script", { src });
      }
      const store = new globalThis.litbookStore.Store(globalThis.litbookResults.makeLoader(root), hour);
      await store.open();
      void store.preload().catch(() => {});
      return store;
    })().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function answer() {
    const { input, status, list } = parts;
    const turn = ++asked;
    const question = input.value;
    try {
      const store = await open();
      const found = question.trim() ? await globalThis.litbookSearch.search(store, question) : undefined;
      if (turn !== asked) return;
      const papers = found ? found.hits.slice(0, SHOWN).map((hit) => hit.paper) : [];
      list.replaceChildren(...papers.map((paper) => globalThis.litbookResults.makePaper(store, paper, found, root)));
      globalThis.litbookYours?.decorate(list);
      status.textContent = describe(found, papers.length);
    } catch (error) {
      status.textContent = "The search index could not be loaded. Press Enter for the search page.";
      console.error(error);
    }
  }

  /** @param {any} found @param {number} shown */
  function describe(found, shown) {
    if (!found) return "";
    if (!shown) return "Nothing here matches.";
    return found.close ? `${shown} best of ${found.hits.length} papers. Enter shows them all.` : "Nothing here is close. The nearest papers:";
  }

  /** Move between the field and the results; Escape closes, which the dialog does by itself.
   * @param {KeyboardEvent} event */
  function move(event) {
    const links = [...parts.list.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? parts.input).focus();
    else return;
    event.preventDefault();
  }

  function show() {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-litbook-search] input[name=q]"));
    if (field) {
      field.focus();
      field.select();
      return;
    }
    parts ??= makeDialog();
    if (!parts.dialog.open) parts.dialog.showModal();
    parts.input.focus();
    parts.input.select();
    open().catch(() => {});
  }

  /** @param {Element | null} element */
  function isWriting(element) {
    return Boolean(element?.closest("input, textarea, select, [contenteditable]"));
  }

  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(document.activeElement);
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isSlash && !isK || event.isComposing) return;
    event.preventDefault();
    show();
  });

  document.querySelector(".litbook-open-search")?.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
})();
