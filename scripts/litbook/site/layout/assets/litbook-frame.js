// The frame of a page: the menu of narrow windows, light and dark, the contents of the page, and buttons that copy.
// Without this script, the menu is a section of the page, and the reader's system decides on light or dark.
"use strict";

(() => {
  const { make, makeButton } = globalThis.litbookDom;
  /** @typedef {"auto" | "light" | "dark"} Mode */
  /** @type {Mode[]} */
  const MODES = ["auto", "light", "dark"];
  /** @type {Record<Mode, string>} */
  const NAMES = { auto: "as the system", light: "light", dark: "dark" };
  const WIDE = "(min-width: 1200px)"; // from here on the contents are beside the text, as in litbook-frame.css
  const root = document.documentElement;

  // --- Light and dark ---

  function modeNow() {
    return MODES.find((mode) => mode === root.dataset.mode) ?? "auto";
  }

  /** @param {Mode} mode */
  function setMode(mode) {
    if (mode === "auto") delete root.dataset.mode;
    else root.dataset.mode = mode;
    try {
      localStorage.setItem("mode", mode);
    } catch {
      /* without storage, the choice is valid for this page */
    }
  }

  /** @type {NodeListOf<HTMLElement>} */
  const switches = document.querySelectorAll(".litbook-mode");
  for (const button of switches) {
    const name = button.getAttribute("aria-label");
    const show = () => {
      button.title = `${name}: ${NAMES[modeNow()]}`;
    };
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
    menu.addEventListener("close", () => {
      if (rail) column?.append(rail);
    });
    menu.addEventListener("click", (event) => {
      if (event.target === menu) menu.close();
    });
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

  /** Scroll the current entry of the menu into view, and nothing else. @param {Element | null | undefined} box */
  function showCurrent(box) {
    const entry = rail?.querySelector("[aria-current], .litbook-here");
    if (!box || !entry) return;
    const below = entry.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
    if (below > -48) box.scrollTop += below + box.clientHeight / 2;
  }
  showCurrent(rail?.querySelector(".litbook-nav"));

  // --- The contents of the page, open if they are beside the text ---

  const contents = document.querySelector("details.litbook-contents");
  if (contents instanceof HTMLDetailsElement) {
    contents.open = matchMedia(WIDE).matches;
    contents.addEventListener("click", (event) => {
      if (event.target instanceof HTMLAnchorElement && !matchMedia(WIDE).matches) contents.open = false;
    });
  }

  // --- What scrolls sideways can be focused, so that arrow keys scroll it ---

  const scrolling = ".litbook-scroll, .litbook-article pre, .litbook-formula, div.output, .litbook-figure > [role]";
  for (const box of document.querySelectorAll(scrolling)) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
  }

  // --- Code and references to copy ---

  /** @param {HTMLElement} block */
  async function copy(block) {
    const text = (block.textContent ?? "").replace(/\n$/, "");
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    getSelection()?.selectAllChildren(block); // the clipboard is not available to pages opened from a folder
    document.execCommand("copy");
    getSelection()?.removeAllRanges();
  }

  /** @type {NodeListOf<HTMLElement>} */
  const blocks = document.querySelectorAll("div.highlight > pre");
  for (const block of blocks) {
    const button = makeButton(
      "Copy",
      () => {
        copy(block).then(
          () => {
            button.textContent = "Copied";
          },
          () => {
            button.textContent = "Not copied";
          },
        );
        setTimeout(() => {
          button.textContent = "Copy";
        }, 2000);
      },
      { class: "litbook-copy" },
    );
    block.after(button);
  }
})();
