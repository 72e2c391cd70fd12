// Take papers from a search: select some of them, or export all that were found. It needs `litbook-selection.js`.
"use strict";

(function () {
  const { make, makeButton } = globalThis.litbookDom;
  const MOST = 2000; // papers in one file: their details are some forty files of the index, about a megabyte
  /** @type {HTMLElement | null} */
  const region = document.querySelector("[data-litbook-search]");
  const place = region?.querySelector("[data-take]");
  const selection = globalThis.litbookSelection;
  if (!region || !place || !selection) return;
  const list = region.querySelector("[data-papers]");
  const what = make("span", {});
  const told = make("p", { "aria-live": "polite" });
  /** @type {{total: number, question: string, getKeys: (most: number) => Promise<string[]>}} */
  let found = { total: 0, question: "", getKeys: async () => [] };

  const attach = () => select.setAttribute("aria-pressed", String(selection.attach(list)));
  const select = makeButton("Select papers", attach, { "aria-pressed": "false" });
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
