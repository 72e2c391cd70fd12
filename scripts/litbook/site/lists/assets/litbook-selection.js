// The reader's selection of papers: check boxes in lists, a button on the paper pages, and a bar at the bottom of every
// page to compare or export what is selected. It lasts as long as the tab; without storage, as long as the page.
"use strict";

(() => {
  const { root, hour, make, makeButton, loadScript, keyOf, count } = globalThis.litbookDom;
  const FEWEST = 2;
  const MOST = 5; // papers side by side on the page that compares
  const MOST_KEPT = 2000; // papers in a selection
  const MOST_RELATED = 4; // related papers to compare with the one of this page
  /** @type {[Litbook.ExportFormat, string][]} */
  const FORMATS = [
    ["bib", "BibTeX"],
    ["ris", "RIS"],
    ["csv", "CSV"],
  ];

  // Storage belongs to an origin, which several reviews may share.
  const named = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="litbook-review"]'));
  const place = `litbook-selection:${named?.content || new URL(root, location.href).pathname}`;
  /** Titles of papers by citekey, as far as the pages that the reader saw named them. @type {Map<string, string>} */
  const titles = new Map();
  /** @type {Set<string>} */
  let selected = new Set();
  selected = read();
  /** @type {Set<(keys: string[]) => void>} */
  const followers = new Set();
  /** @type {Set<HTMLElement>} */
  const attached = new Set();

  // --- What is selected ---

  /** @returns {Set<string>} */
  function read() {
    try {
      const stored = JSON.parse(sessionStorage.getItem(place) ?? "[]");
      const pairs = (Array.isArray(stored) ? stored : [])
        .map((item) => (Array.isArray(item) ? item : [item, item]))
        .filter((pair) => pair.every((text) => typeof text === "string" && text && text.length <= 500))
        .slice(0, MOST_KEPT);
      for (const [key, title] of pairs) titles.set(key, title);
      return new Set(pairs.map(([key]) => key));
    } catch {
      // no storage here, or another script wrote to it
      return selected;
    }
  }

  /** @param {string} key */
  const titleOf = (key) => (titles.get(key) ?? key).slice(0, 500);

  function changed() {
    try {
      sessionStorage.setItem(place, JSON.stringify([...selected].map((key) => [key, titleOf(key)])));
    } catch {
      // the selection is lost with the page
    }
    drawAll();
  }

  /** Draw the selection here and wherever else it is shown. */
  function drawAll() {
    draw();
    for (const follow of followers) follow([...selected]);
  }

  /** Select or deselect a paper; return whether it is selected now.
   * @param {string} key */
  function toggle(key) {
    if (!selected.delete(key) && selected.size < MOST_KEPT) selected.add(key);
    changed();
    return selected.has(key);
  }

  function clear() {
    selected.clear();
    changed();
  }

  // --- Lists ---

  /** Add check boxes to the papers of a list, or remove them; return whether it has them now.
   * @param {HTMLElement} list @param {boolean} [on] */
  function attach(list, on = !attached.has(list)) {
    if (on && !attached.has(list)) list.addEventListener("litbook:drawn", refresh);
    if (!on) list.removeEventListener("litbook:drawn", refresh);
    if (on) attached.add(list);
    else attached.delete(list);
    itemsOf(list).forEach(on ? addBox : removeBox);
    return on;
  }

  /** @param {Element} list @returns {NodeListOf<HTMLElement>} */
  const itemsOf = (list) => list.querySelectorAll("[data-paper]");

  /** @param {Event} event */
  function refresh({ currentTarget: list }) {
    itemsOf(/** @type {Element} */ (list)).forEach(addBox);
  }

  /** @param {HTMLElement} item */
  function addBox(item) {
    const { paper = "" } = item.dataset;
    titles.set(paper, item.querySelector("a")?.textContent.trim() || paper);
    let box = findBox(item);
    if (!box) {
      box = make("input", { type: "checkbox", autocomplete: "off" });
      box.addEventListener("change", () => toggle(paper));
      item.prepend(make("label", { class: "litbook-select" }, box));
      item.classList.add("litbook-selectable");
    }
    box.setAttribute("aria-label", `Select ${titleOf(paper)}`);
    box.checked = selected.has(paper);
  }

  /** @param {HTMLElement} item */
  function removeBox(item) {
    findBox(item)?.parentElement?.remove();
    item.classList.remove("litbook-selectable");
  }

  /** @param {Element} item @returns {HTMLInputElement | null} */
  const findBox = (item) => item.querySelector(":scope > .litbook-select > input");

  // --- A paper's page ---

  /** Offer to select the paper of this page, and to compare it with related papers. */
  function offer() {
    /** @type {HTMLElement | null} */
    const actions = document.querySelector(".litbook-actions[data-paper]");
    const key = actions?.dataset.paper;
    if (!actions || !key) return;
    titles.set(key, document.querySelector("h1")?.firstChild?.textContent?.trim() || key);
    const button = makeButton("Select to compare", () => toggle(key), {
      class: "litbook-select-paper",
      "aria-pressed": "false",
    });
    actions.append(button);
    followers.add(() => button.setAttribute("aria-pressed", String(selected.has(key))));
    button.setAttribute("aria-pressed", String(selected.has(key)));
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const related = document.querySelectorAll(
      "#related-papers li > p > a:first-child, #related-papers li > a:first-child",
    );
    const keys = Array.from(related, keyOf).filter(Boolean).slice(0, MOST_RELATED);
    if (!keys.length) return;
    const link = make("a", { href: addressOf([key, ...keys]) }, "Compare this paper with them");
    document.getElementById("related-papers")?.append(make("p", { class: "litbook-compare-related" }, link));
  }

  /** Return the address of the page that compares these papers.
   * @param {string[]} keys */
  function addressOf(keys) {
    return `${root}compare.html?papers=${keys.map(encodeURIComponent).join(",")}`;
  }

  // --- Exports ---

  /** Return a button for each format of export.
   * @type {Litbook.Selection["makeExports"]} */
  function makeExports(getKeys, getName, say) {
    return FORMATS.map(([format, label]) =>
      makeButton(
        label,
        async () => {
          try {
            say("Making the file …");
            // Few readers export: the script comes when the first one does.
            if (!globalThis.litbookExport) await loadScript(`${root}_static/litbook-details.js?${hour}`);
            const total = await globalThis.litbookExport?.save(await getKeys(), format, getName());
            say(
              total
                ? `A ${label} file with ${count(total)} was made.`
                : "None of these papers is still in this review.",
            );
          } catch (error) {
            say("No file was made: the details of the papers could not be loaded.");
            console.error(error);
          }
        },
        { "aria-label": `Export as ${label}`, "data-export": format },
      ),
    );
  }

  // --- The bar ---

  const message = make("p", { "aria-live": "polite", class: "litbook-selection-message" });
  const number = make("summary", { class: "litbook-selection-count" });
  const chosen = make("ul", {});
  const compare = make("a", { class: "litbook-selection-compare" }, "Compare");
  const reason = make("span", { class: "litbook-selection-reason", id: "litbook-selection-reason" });
  const bar = make(
    "section",
    { class: "litbook-selection", "aria-label": "Selected papers" },
    make("details", { class: "litbook-selection-chosen" }, number, chosen),
    make("p", {}, compare, reason),
    make(
      "p",
      { role: "group", "aria-label": "Export the selected papers" },
      make("span", {}, "Export"),
      ...makeExports(
        () => [...selected],
        () => "selected-papers",
        say,
      ),
    ),
    makeButton(
      "Clear",
      () => {
        clear();
        leave();
      },
      { "aria-label": "Clear the selection" },
    ),
  );
  bar.hidden = true;

  /** @param {string} text */
  function say(text) {
    message.textContent = text;
  }

  // The page that compares names its papers itself.
  const comparing = Boolean(document.querySelector("[data-litbook-compare]"));

  /** Return whether this page shows a paper. @param {string} key */
  function isHere(key) {
    return Boolean(document.querySelector(`main [data-paper="${CSS.escape(key)}"]`));
  }

  /** Return a paper of the selection as a link to its page, with a button that removes it. @param {string} key */
  function makeChosen(key) {
    const remove = makeButton("Remove", () => toggle(key), { "aria-label": `Remove ${titleOf(key)}` });
    return make("li", {}, make("a", { href: globalThis.litbookDom.addressOf(key) }, titleOf(key)), " ", remove);
  }

  /** Draw the bar and the check boxes. */
  function draw() {
    const total = selected.size;
    const fits = total >= FEWEST && total <= MOST;
    const elsewhere = [...selected].filter((key) => !isHere(key)).length;
    const where = elsewhere === 0 ? "" : elsewhere === total ? " on other pages" : `, ${elsewhere} on other pages`;
    const text = total ? `${count(total)} selected${where}` : "";
    if (number.textContent !== text) say(text);
    number.textContent = text;
    chosen.replaceChildren(...[...selected].map(makeChosen));
    bar.hidden = !total || comparing;
    if (fits) compare.setAttribute("href", addressOf([...selected]));
    else compare.removeAttribute("href");
    for (const [name, value] of [
      ["role", "link"],
      ["aria-disabled", "true"],
      ["aria-describedby", reason.id],
    ]) {
      if (fits) compare.removeAttribute(name);
      else compare.setAttribute(name, value);
    }
    reason.textContent = fits ? "" : total < FEWEST ? "needs two papers or more" : `takes ${MOST} papers at most`;
    for (const list of attached) itemsOf(list).forEach(addBox);
    makeRoom();
  }

  /** Reserve room for the bar, so that it never covers what has the focus or the end of the page. */
  function makeRoom() {
    const high = bar.hidden || getComputedStyle(bar).position !== "fixed" ? 0 : bar.offsetHeight;
    document.documentElement.style.setProperty("--litbook-bar", `${high}px`);
  }

  /** Move the focus to where the reader was: the bar and its button are gone. */
  function leave() {
    const list = [...attached].find((one) => one.isConnected);
    const next =
      list?.querySelector(".litbook-select > input") ??
      document.querySelector(".litbook-select-paper") ??
      document.querySelector("main");
    if (next instanceof HTMLElement) {
      if (next.localName === "main") next.tabIndex = -1;
      next.focus({ preventScroll: true });
    }
  }

  function begin() {
    document.body.append(message, bar);
    offer(); // after the other scripts of the page have added their actions
    draw();
    new ResizeObserver(makeRoom).observe(bar);
  }

  // A page restored from the back/forward cache has missed what was selected since.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    selected = read();
    drawAll();
  });
  if (document.readyState === "complete") begin();
  else document.addEventListener("DOMContentLoaded", begin);

  globalThis.litbookSelection = {
    get: () => [...selected],
    toggle,
    clear,
    attach,
    subscribe: (follow) => {
      followers.add(follow);
      return () => {
        followers.delete(follow);
      };
    },
    makeExports,
  };
})();
