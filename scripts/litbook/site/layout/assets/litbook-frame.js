// The frame of a page: the menu of narrow windows, light and dark, the contents of the page, and buttons that copy.
// Without it all of this can be read: the menu is a place in the page, and the reader's system says light or dark.
"use strict";

(function () {
  const { make, makeButton } = globalThis.litbookDom;
  const MODES = ["auto", "light", "dark"];
  const NAMES = { auto: "as the system", light: "light", dark: "dark" };
  const WIDE = "(min-width: 1200px)"; // where the contents have a place beside the text; as in litbook-frame.css
  const root = document.documentElement;

  // --- Light and dark ---

  function modeNow() {
    return MODES.includes(root.dataset.mode ?? "") ? /** @type {string} */ (root.dataset.mode) : "auto";
  }

  /** @param {string} mode */
  function setMode(mode) {
    if (mode === "auto") delete root.dataset.mode;
    else root.dataset.mode = mode;
    try {
      localStorage.setItem("mode", mode);
    } catch { /* where nothing may be kept, the choice holds for this page */ }
  }

  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".litbook-mode"))) {
    const name = button.getAttribute("aria-label");
    const show = () => { button.title = `${name}: ${NAMES[/** @type {keyof typeof NAMES} */ (modeNow())]}`; };
    button.addEventListener("click", () => {
      setMode(MODES[(MODES.indexOf(modeNow()) + 1) % MODES.length]);
      show();
    });
    show();
  }

  // --- The menu ---

  const rail = document.getElementById("litbook-rail");
  const column = rail?.parentElement;
  const opener = document.querySelector(".litbook-open-menu");

  function makeMenu() {
    const close = makeButton("Close", () => menu.close(), { class: "litbook-bar-button" });
    const menu = make("dialog", { class: "litbook-menu", "aria-label": "Menu" }, close);
    menu.addEventListener("close", () => { if (rail) column?.append(rail); });
    menu.addEventListener("click", (event) => { if (event.target === menu) menu.close(); });
    document.body.append(menu);
    return menu;
  }

  /** @type {HTMLDialogElement | undefined} */
  let menu;
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    menu ??= makeMenu();
    if (rail) menu.append(rail);
    menu.showModal();
    showCurrent(menu);
  });

  /** Bring the current entry into sight, and move nothing else. @param {Element | null | undefined} box */
  function showCurrent(box) {
    const entry = rail?.querySelector("[aria-current], .litbook-here");
    if (!box || !entry) return;
    const below = entry.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
    if (below > -48) box.scrollTop += below + box.clientHeight / 2;
  }
  showCurrent(column);

  // --- The contents of the page, open where they are beside the text ---

  const contents = document.querySelector("details.litbook-contents");
  if (contents instanceof HTMLDetailsElement) {
    contents.open = matchMedia(WIDE).matches;
    contents.addEventListener("click", (event) => {
      if (event.target instanceof HTMLAnchorElement && !matchMedia(WIDE).matches) contents.open = false;
    });
  }

  // --- What scrolls sideways can be reached by key ---

  for (const box of document.querySelectorAll(".litbook-scroll, .litbook-article pre, .litbook-formula, div.output")) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
  }

  // --- Code and references to copy ---

  /** @param {HTMLElement} block */
  async function copy(block) {
    const text = (block.textContent ?? "").replace(/\n$/, "");
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    getSelection()?.selectAllChildren(block); // a page from a folder may not use the clipboard otherwise
    document.execCommand("copy");
    getSelection()?.removeAllRanges();
  }

  for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("div.highlight > pre"))) {
    const button = makeButton("Copy", () => {
      copy(block).then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Not copied"; });
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    }, { class: "litbook-copy" });
    block.after(button);
  }
})();
