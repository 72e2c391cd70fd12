// `/` and Ctrl-K (Cmd-K) focus the field of the search page; on other pages they open a dialog with the first results.
// The scripts that rank them are loaded when the dialog opens.
"use strict";

(() => {
  const SHOWN = 8; // results in the dialog; the search page shows all
  const { root, hour, make, loadScript } = globalThis.litbookDom;

  /** @typedef {{dialog: HTMLDialogElement, input: HTMLInputElement, status: HTMLElement, list: HTMLElement}} Parts */
  /** @type {Parts | undefined} */
  let parts;
  /** @type {Promise<Litbook.Store> | undefined} */
  let opening;
  let asked = 0;

  /** @returns {Parts} */
  function makeDialog() {
    const input = make("input", {
      id: "litbook-dialog-q",
      name: "q",
      type: "search",
      autocomplete: "off",
      spellcheck: "false",
    });
    const label = make("label", { for: "litbook-dialog-q" }, "Search this review");
    const form = make(
      "form",
      { role: "search", action: `${root}search.html` },
      label,
      input,
      make("button", { type: "submit" }, "All results"),
    );
    const status = make("p", { role: "status", "aria-live": "polite" });
    const list = make("ol", { class: "litbook-results" });
    const dialog = make("dialog", { class: "litbook-dialog", "aria-label": "Search" }, form, status, list);
    const made = { dialog, input, status, list };
    dialog.addEventListener("keydown", (event) => move(event, made));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    input.addEventListener("input", () => {
      void answer(made);
    });
    document.body.append(dialog);
    return made;
  }

  /** Load the scripts of the search page, which are one file, and the index. */
  function open() {
    opening ??= (async () => {
      document.head.append(make("link", { rel: "stylesheet", href: `${root}_static/litbook-search.css?${hour}` }));
      if (!globalThis.litbookResults) await loadScript(`${root}_static/litbook-search.js?${hour}`);
      return new globalThis.litbookStore.Store(results().makeLoader(root), hour).open();
    })().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  /** Return what draws results, once it is loaded. */
  function results() {
    if (!globalThis.litbookResults) throw new Error("The scripts of the search are not loaded.");
    return globalThis.litbookResults;
  }

  /** @param {Parts} parts */
  async function answer({ input, status, list }) {
    const turn = ++asked;
    const question = input.value;
    try {
      const store = await open();
      const found = question.trim() ? await globalThis.litbookSearch.search(store, question) : undefined;
      if (turn !== asked) return;
      const papers = found?.hits.slice(0, SHOWN).map((hit) => results().makePaper(store, hit.paper, found)) ?? [];
      list.replaceChildren(...papers);
      globalThis.litbookYours?.decorate(list);
      status.textContent = describe(found, papers.length);
    } catch (error) {
      status.textContent = "The search index could not be loaded. Press Enter for the search page.";
      console.error(error);
    }
  }

  /** @param {Litbook.Found | undefined} found @param {number} shown */
  function describe(found, shown) {
    if (!found) return "";
    if (!shown) return "No matches.";
    if (!found.close) return "No close match. Nearest papers:";
    if (!found.matches) return "No paper has all of this. The nearest ones; Enter shows more.";
    const { count } = globalThis.litbookDom;
    return found.matches > shown
      ? `${shown} of ${count(found.matches)}. Enter shows them all.`
      : `${count(found.matches)}.`;
  }

  /** Move between the field and the results; the dialog itself closes on Escape.
   * @param {KeyboardEvent} event @param {Parts} parts */
  function move(event, { input, list }) {
    const links = [...list.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  }

  function show() {
    const field = /** @type {HTMLInputElement | null} */ (
      document.querySelector("[data-litbook-search] input[name=q]")
    );
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
    const isSlash =
      event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(document.activeElement);
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if ((!isSlash && !isK) || event.isComposing) return;
    event.preventDefault();
    show();
  });

  document.querySelector(".litbook-open-search")?.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
})();
