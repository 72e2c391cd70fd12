// Take papers from a search: select some of them, or export all that were found. It needs `litbook-selection.js`.
"use strict";

(function () {
  const MOST = 2000; // papers in one file: their details are some forty files of the index, about a megabyte
  /** @type {HTMLElement | null} */
  const region = document.querySelector("[data-litbook-search]");
  const place = region?.querySelector("[data-take]");
  const selection = globalThis.litbookSelection;
  if (!region || !place || !selection) return;
  const list = region.querySelector("[data-papers]");
  const what = document.createElement("span");
  const told = document.createElement("p");
  told.setAttribute("aria-live", "polite");
  /** @type {{total: number, question: string, getKeys: (most: number) => Promise<string[]>}} */
  let found = { total: 0, question: "", getKeys: async () => [] };

  const select = document.createElement("button");
  Object.assign(select, { type: "button", textContent: "Select papers" });
  select.setAttribute("aria-pressed", "false");
  select.addEventListener("click", () => select.setAttribute("aria-pressed", String(selection.attach(list))));

  const getName = () => (found.question ? `papers-${found.question.slice(0, 40)}` : "papers");
  const buttons = selection.makeExports(() => found.getKeys(MOST), getName, (text) => { told.textContent = text; });
  place.replaceChildren(select, what, ...buttons, told);

  region.addEventListener("litbook:found", (event) => {
    found = /** @type {CustomEvent} */ (event).detail;
    const { total } = found;
    told.textContent = "";
    what.textContent = total > MOST ? `Export the first ${MOST} of these ${total} papers:`
      : total === 1 ? "Export this paper:" : `Export these ${total} papers:`;
  });
})();
