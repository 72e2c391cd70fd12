// What a reader can do with the papers found: select, export, copy the link, come back for new ones. It needs
// `litbook-selection.js`.
"use strict";

(() => {
  const { make, makeButton, find } = globalThis.litbookDom;
  const MOST = 2000; // papers in one file: their details are about forty files of the index, one megabyte
  /** @type {HTMLElement | null} */
  const region = document.querySelector("[data-litbook-search]");
  const place = region?.querySelector("[data-take]");
  const selection = globalThis.litbookSelection;
  if (!region || !place) return;
  const list = find(region, "[data-papers]");
  const message = make("p", { "aria-live": "polite" });
  const newer = make("a", { href: "?", "data-new": "", hidden: "" }, "New papers for this search");
  newer.title = "Bookmark this link: it shows the papers that are added from now on";
  /** @type {Litbook.FoundPapers} */
  let found = { total: 0, question: "", newer: "", getKeys: async () => [] };

  /** @param {string} text */
  const say = (text) => {
    message.textContent = text;
  };
  const copy = makeButton("Copy link", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      say("The link to this search was copied.");
    } catch {
      say(`Copy this link: ${location.href}`); // the browser gives pages opened from a folder no clipboard
    }
  });

  /** @returns {HTMLElement[]} */
  function makeTools() {
    if (!selection) return [];
    const attach = () => select.setAttribute("aria-pressed", String(selection.attach(list)));
    const select = makeButton("Select papers", attach, { "aria-pressed": "false" });
    const getName = () => (found.question ? `papers-${found.question.slice(0, 40)}` : "papers");
    const what = make("span", {}, "Export");
    return [select, what, ...selection.makeExports(() => found.getKeys(MOST), getName, say)];
  }
  place.replaceChildren(...makeTools(), copy, newer, message);

  region.addEventListener("litbook:found", (event) => {
    found = /** @type {CustomEvent} */ (event).detail;
    say(found.total > MOST ? `A file holds the first ${MOST} papers.` : "");
    newer.hidden = !found.newer;
    newer.href = found.newer || "?";
  });
})();
