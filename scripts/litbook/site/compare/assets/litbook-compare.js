// The page that compares two to five papers. Its address names them in their order: `compare.html?papers=a,b,c`.
"use strict";

(() => {
  const FEWEST = 2;
  const MOST = 5;
  const READ = 50; // citekeys of an address that are read
  const SUGGESTED = 6; // papers suggested for the words in the field
  const PAUSE = 120; // milliseconds without a key before suggestions are made
  const { root, hour, make, makeButton, find, citeNames } = globalThis.litbookDom;
  const { name, makeSharing, makeTable } = globalThis.litbookCompare;
  const [details, selection, results] = [
    globalThis.litbookDetails,
    globalThis.litbookSelection,
    globalThis.litbookResults,
  ];
  /** @type {HTMLElement | null} */
  const page = document.querySelector("[data-litbook-compare]");
  if (!page || !details || !selection || !results) return;
  const { load } = details;
  const { makeLoader } = results;
  const [message, form, found, answers, room, take] = [
    "[data-message]",
    "[data-add]",
    "[data-found]",
    "[data-answers]",
    "[data-room]",
    "[data-take]",
  ].map((selector) => find(page, selector));
  const examples = find(page, "template", HTMLTemplateElement);
  const input = find(form, "input[name=q]", HTMLInputElement);
  const submit = find(form, "button", HTMLButtonElement);

  /** @type {string[]} */
  let chosen = []; // papers that are compared, in their order
  let drawn = 0;

  // --- The address ---

  function readAddress() {
    const keys = (new URLSearchParams(location.search).get("papers") ?? "")
      .split(",")
      .map((key) => key.trim())
      .filter(Boolean);
    return [...new Set(keys)].slice(0, READ);
  }

  /** @param {string[]} keys */
  function saveAddress(keys) {
    const query = keys.length ? `?papers=${keys.map(encodeURIComponent).join(",")}` : "";
    try {
      history.pushState(null, "", `${location.pathname}${query}`);
    } catch {
      // some browsers forbid it for files: the table is drawn regardless
    }
  }

  /** Restore the commas of the address: a script of Sphinx rewrites every address, with `%2C` for them. */
  function tidy() {
    const query = location.search.replaceAll("%2C", ",");
    try {
      if (query !== location.search)
        history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
    } catch {
      // see above
    }
  }

  // --- Drawing ---

  /** Draw the papers of these citekeys. The message to the reader begins with `said`.
   * @param {string[]} keys @param {string} [said] */
  async function draw(keys, said = "") {
    const turn = ++drawn;
    try {
      const known = await load(keys);
      if (turn !== drawn) return;
      const papers = name([...known].slice(0, MOST));
      chosen = papers.map(({ citekey }) => citekey);
      const unknown = keys.filter((key) => !known.has(key));
      const parts = papers.length ? [makeTable(papers, change)] : [];
      if (papers.length >= FEWEST) parts.unshift(makeSharing(papers));
      else
        parts.push(
          ...(papers.length ? [] : [makeExamples()]),
          make(
            "p",
            {},
            "Or ",
            make("a", { href: `${root}search.html` }, "search this review"),
            " and select papers there.",
          ),
        );
      room.replaceChildren(...parts);
      take.hidden = !papers.length;
      message.textContent = [said, ...describe(known.size, unknown)].filter(Boolean).join(" ");
      submit.disabled = input.disabled = chosen.length >= MOST;
      found.textContent =
        chosen.length >= MOST
          ? `These are ${MOST} papers, the most that fit side by side. Remove one to add another.`
          : "";
      if (chosen.length >= MOST) answers.replaceChildren();
    } catch (error) {
      if (turn !== drawn) return;
      message.textContent = "The details of these papers could not be loaded. Their own pages have them.";
      console.error(error);
    }
  }

  function makeExamples() {
    const box = make("div", {});
    box.append(examples.content.cloneNode(true));
    return box;
  }

  /** @param {number} total @param {string[]} unknown @returns {string[]} */
  function describe(total, unknown) {
    const sentences = [];
    const quoted = unknown.map((key) => `“${key.slice(0, 60)}”`);
    if (quoted.length === 1) sentences.push(`No paper in this review has the citekey ${quoted[0]}.`);
    if (quoted.length > 1)
      sentences.push(
        `No papers in this review have the citekeys ${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}.`,
      );
    if (total > MOST) sentences.push(`The address names ${total} papers; here are the first ${MOST} of them.`);
    if (total === 0) sentences.push("Choose two to five papers to see them side by side.");
    if (total === 1) sentences.push("One paper is chosen; add another to compare it with.");
    return sentences;
  }

  // --- Changing the choice ---

  /** @param {Litbook.Move} what @param {string} citekey */
  async function change(what, citekey) {
    const at = chosen.indexOf(citekey);
    const to = what === "left" ? at - 1 : at + 1;
    const keys = chosen.filter((key) => key !== citekey);
    if (what !== "remove") keys.splice(to, 0, citekey);
    saveAddress(keys);
    await draw(keys, what === "remove" ? "One paper was removed." : `Moved to place ${to + 1} of ${keys.length}.`);
    const next =
      what === "remove"
        ? [`remove ${keys[Math.min(at, keys.length - 1)]}`]
        : [`${what} ${citekey}`, `${what === "left" ? "right" : "left"} ${citekey}`];
    const buttons = next.map((one) => moves().find((button) => button.dataset.do === one));
    (buttons.find((button) => button && !button.disabled) ?? input).focus();
  }

  /** Return the buttons that change the choice. @returns {HTMLButtonElement[]} */
  const moves = () => [.../** @type {NodeListOf<HTMLButtonElement>} */ (room.querySelectorAll("[data-do]"))];

  /** @param {string} citekey @param {string} title */
  async function add(citekey, title) {
    if (chosen.includes(citekey) || chosen.length >= MOST) return;
    const keys = [...chosen, citekey];
    input.value = "";
    answers.replaceChildren();
    found.textContent = "";
    saveAddress(keys);
    await draw(keys, `Added: ${title}`.replace(/[^.?!]$/, "$&."));
    if (!input.disabled) input.focus();
    else
      moves()
        .find((button) => !button.disabled)
        ?.focus();
  }

  // --- Suggestions ---

  /** @type {Promise<Litbook.Store> | undefined} */
  let opening;
  let asked = 0;
  let pause = 0;

  /** Load what every question needs, once a reader turns to the field. */
  function open() {
    opening ??= new globalThis.litbookStore.Store(makeLoader(root), hour).open().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function suggest() {
    const turn = ++asked;
    try {
      const store = await open();
      const question = input.value.trim();
      const { hits } = question ? await globalThis.litbookSearch.search(store, question) : { hits: [] };
      const numbers = hits.slice(0, SUGGESTED + MOST).map((hit) => hit.paper);
      await store.needPapers(numbers);
      if (turn !== asked) return;
      const papers = numbers
        .map((number) => ({ ...store.papers[number], year: yearOf(store, number) }))
        .filter(({ citekey }) => !chosen.includes(citekey))
        .slice(0, SUGGESTED);
      answers.replaceChildren(...papers.map(makeSuggestion));
      found.textContent = !question
        ? ""
        : papers.length
          ? `${papers.length} suggested; choose one to add it.`
          : "No matches.";
    } catch (error) {
      found.textContent = "The search index could not be loaded.";
      console.error(error);
    }
  }

  /** @param {Litbook.Store} store @param {number} number */
  function yearOf({ facets: { year } }, number) {
    return year.papers[number] < 0 ? "" : year.values[year.papers[number]];
  }

  /** @param {Litbook.IndexedPaper & {year: string}} paper */
  function makeSuggestion({ citekey, title, authors, year }) {
    const by = [citeNames(authors.split(", "), 3), year].filter(Boolean).join(", ");
    const button = makeButton(
      title || citekey,
      () => {
        void add(citekey, title || citekey);
      },
      { "data-key": citekey },
    );
    if (by) button.append(" ", make("small", {}, by));
    return make("li", {}, button);
  }

  /** Move between the field and the suggestions.
   * @param {KeyboardEvent} event */
  function move(event) {
    const buttons = [...answers.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < buttons.length) buttons[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (buttons[at - 1] ?? input).focus();
    else if (event.key === "Escape" && (at >= 0 || answers.children.length)) {
      answers.replaceChildren();
      found.textContent = "";
      input.focus();
    } else return;
    event.preventDefault();
  }

  input.addEventListener("focus", () => {
    open().catch(() => {});
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      void suggest();
    }, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    void suggest();
  });
  form.addEventListener("keydown", move);
  window.addEventListener("popstate", () => {
    void draw(readAddress());
  });

  const say = make("span", { "aria-live": "polite" });
  take.append(
    make("span", {}, "Export these papers:"),
    ...selection.makeExports(
      () => chosen,
      () => "compared-papers",
      (text) => {
        say.textContent = text;
      },
    ),
    say,
  );
  void draw(readAddress()).then(tidy);
})();
