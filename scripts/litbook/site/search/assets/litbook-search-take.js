// Select papers from the results of a search, or export all of them. It needs `litbook-selection.js`.
"use strict";

(() => {
  const { make, makeButton, find } = globalThis.litbookDom;
  const MOST = 2000; // papers in one file: their details are about forty files of the index, one megabyte
  /** @type {HTMLElement | null} */
  const region = document.querySelector("[data-litbook-search]");
  const place = region?.querySelector("[data-take]");
  const selection = globalThis.litbookSelection;
  if (!region || !place || !selection) return;
  const list = find(region, "[data-papers]");
  const what = make("span", {});
  const message = make("p", { "aria-live": "polite" });
  /** @type {Litbook.FoundPapers} */
  let found = { total: 0, question: "", getKeys: async () => [] };

  const attach = () => select.setAttribute("aria-pressed", String(selection.attach(list)));
  const select = makeButton("Select papers", attach, { "aria-pressed": "false" });
  const getName = () => (found.question ? `papers-${found.question.slice(0, 40)}` : "papers");
  const buttons = selection.makeExports(
    () => found.getKeys(MOST),
    getName,
    (text) => {
      message.textContent = text;
    },
  );
  place.replaceChildren(select, what, ...buttons, message);

  region.addEventListener("litbook:found", (event) => {
    found = /** @type {CustomEvent} */ (event).detail;
    const { total } = found;
    message.textContent = "";
    what.textContent =
      total > MOST
        ? `Export the first ${MOST} of these ${total} papers:`
        : total === 1
          ? "Export this paper:"
          : `Export these ${total} papers:`;
  });
})();
