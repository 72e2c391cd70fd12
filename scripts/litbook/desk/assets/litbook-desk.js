"use strict";
// The desk: shows one item of a queue at a time, and asks the server to write the row of each act.
(() => {
  const { make, makeButton, find, count } = litbookDom;
  const QUEUES = ["place", "screen", "read", "conflicts", "same"];
  const main = find(document, "#litbook-desk-main");
  const foot = find(document, "#litbook-desk-acts");
  const said = find(document, "#litbook-desk-progress");
  const bar = find(document, "progress", HTMLProgressElement);
  const dialog = find(document, "#litbook-desk-choice", HTMLDialogElement);
  const filter = find(dialog, "input", HTMLInputElement);
  const list = find(dialog, "ul");

  /** @type {any} */
  let view = null;
  /** @type {Set<string>} */
  const skipped = new Set();
  /** @type {Map<string, () => void>} */
  let keys = new Map();
  let busy = false;

  const queueName = () => (QUEUES.includes(location.hash.slice(1)) ? location.hash.slice(1) : "place");

  /** @param {any} item */
  const nameOf = (item) => item.citekey ?? `${item.one.citekey} ${item.other.citekey}`;

  // --- Asking the server ---

  /** @param {Promise<Response>} asking */
  async function receive(asking) {
    busy = true;
    try {
      const answer = await asking;
      if (answer.ok) {
        view = await answer.json();
        draw();
      } else complain(await answer.text());
    } catch {
      complain("The desk has ended. Start it again with: litbook desk");
    } finally {
      busy = false;
    }
  }

  const load = () => receive(fetch(`/_litbook/desk/queue?${new URLSearchParams({ name: queueName() })}`));

  /** @param {Record<string, unknown>} asked */
  function act(asked) {
    if (busy) return;
    const body = JSON.stringify({ queue: queueName(), ...asked });
    const headers = { "Content-Type": "application/json", "X-Litbook": "1" };
    void receive(fetch("/_litbook/desk/act", { method: "POST", headers, body }));
  }

  /** @param {string} text */
  function complain(text) {
    main.prepend(make("p", { class: "litbook-desk-trouble", role: "alert" }, text.trim()));
    window.scrollTo(0, 0);
  }

  // --- Papers ---

  /**
   * Return a text with some phrases marked.
   * @param {string} text
   * @param {string[]} phrases
   */
  function mark(text, phrases) {
    const known = phrases.filter(Boolean).map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!known.length) return [text];
    const pieces = text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${known.join("|")})`, "giu")); // where a word begins
    return pieces.map((piece, at) => (at % 2 ? make("mark", {}, piece) : piece));
  }

  /**
   * Return a text with those words marked that another text does not have.
   * @param {string} text
   * @param {string} other
   */
  function markDifferent(text, other) {
    const known = new Set(other.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    const pieces = text.split(/([\p{L}\p{N}]+)/gu);
    return pieces.map((piece, at) => (at % 2 && !known.has(piece.toLowerCase()) ? make("mark", {}, piece) : piece));
  }

  /** @param {any} paper */
  function details(paper) {
    const authors = paper.authors.length > 3 ? `${paper.authors[0]} et al.` : paper.authors.join(", ");
    return [authors, paper.year, paper.venue, paper.citekey].filter(Boolean).join(" · ");
  }

  /**
   * @param {any} paper
   * @param {(text: string, name: string) => (string | Node)[]} show
   */
  function makePaper(paper, show) {
    const abstract = paper.abstract || "No abstract.";
    return make(
      "section",
      {},
      make("h2", {}, ...show(paper.title || paper.citekey, "title")),
      make("p", { class: "litbook-desk-details" }, ...show(details(paper), "details")),
      make("p", { class: "litbook-desk-abstract" }, ...show(abstract, "abstract")),
    );
  }

  /** @param {string} slug */
  const themeOf = (slug) => view.themes.find((/** @type {any} */ theme) => theme.slug === slug);

  // --- The queues ---

  /** @param {any} item */
  function drawPlace(item) {
    const { theme, phrases, runner_up: second, margin } = item.suggestion;
    const why = phrases.length ? `because of ${phrases.map((/** @type {string} */ p) => `“${p}”`).join(", ")}` : "";
    const sure = `${Math.round(100 * margin)}% ahead of ${second ? themeOf(second)?.title : "the next"}`;
    const box = make(
      "div",
      { class: "litbook-desk-suggestion" },
      make("p", { class: "litbook-desk-theme" }, themeOf(theme)?.title ?? theme),
      make("p", {}, [why, sure].filter(Boolean).join("; ")),
    );
    main.replaceChildren(
      box,
      makePaper(item, (text, name) => (name === "details" ? [text] : mark(text, phrases))), // not within a citekey
    );
    offer([
      ["a", "Accept", () => act({ citekey: item.citekey, theme })],
      ...(second ? [choice("r", "Runner-up", () => act({ citekey: item.citekey, theme: second }))] : []),
      ["c", "Choose", () => chooseTheme(item.citekey)],
      ["s", "Skip", () => skip(item)],
    ]);
  }

  /** @type {(key: string, text: string, act: () => void) => [string, string, () => void]} */
  const choice = (key, text, does) => [key, text, does];

  /** @param {string} citekey */
  function chooseTheme(citekey) {
    const choices = view.themes.map((/** @type {any} */ theme) => ({
      text: theme.title,
      hint: [theme.part, theme.scope].filter(Boolean).join(" · "),
      value: theme.slug,
    }));
    choose("Filter themes", choices, false, (theme) => act({ citekey, theme }));
  }

  /**
   * What a screener can say: of a full text also that it cannot be had, and not "maybe" where a conflict is settled.
   * @param {any} item
   */
  function drawScreen(item) {
    const stage = item.stage ?? (view.queue === "read" ? "full-text" : "abstract");
    const inFullText = stage === "full-text";
    const parts = [makePaper(item, (text) => [text])];
    if (inFullText) parts.unshift(makeWhere(item));
    if (item.judgements) parts.push(makeJudgements(item.judgements));
    main.replaceChildren(...parts, ...makeEstimate());
    /** @type {(judgement: string, reason?: string) => void} */
    const judge = (judgement, reason = "") => act({ citekey: item.citekey, judgement, reason, stage });
    const reasons = view.reasons.map((/** @type {string} */ reason) => ({ text: reason, hint: "", value: reason }));
    const exclude = () =>
      choose(
        "Reason to exclude; Enter for none",
        [{ text: "Without a reason", hint: "", value: "" }, ...reasons],
        true,
        (reason) => judge("exclude", reason),
      );
    offer([
      ["i", "Include", () => judge("include")],
      ["e", "Exclude", exclude],
      ...(inFullText ? [choice("n", "Not retrieved", () => judge("not-retrieved"))] : []),
      ...(item.judgements ? [] : [choice("m", "Maybe", () => judge("maybe"))]),
      ["s", "Skip", () => skip(item)],
    ]);
  }

  /**
   * Return where the full text of a paper may be had.
   * @param {any} paper
   */
  function makeWhere(paper) {
    const { arxiv, doi } = paper.links;
    const ways = [
      doi ? [`https://doi.org/${encodeURI(doi)}`, "DOI"] : null,
      arxiv ? [`https://arxiv.org/abs/${encodeURI(arxiv)}`, "arXiv"] : null,
    ].filter((way) => way !== null);
    const links = ways.flatMap(([href, text]) => [" ", make("a", { href, target: "_blank", rel: "noopener" }, text)]);
    return make("p", { class: "litbook-desk-said" }, "Full text.", ...links);
  }

  /** @param {any[]} judgements */
  function makeJudgements(judgements) {
    const items = judgements.map((item) =>
      make("li", {}, make("strong", {}, item.by), `: ${item.judgement}${item.reason ? ` (${item.reason})` : ""}`),
    );
    return make("ul", { class: "litbook-desk-said" }, ...items);
  }

  function makeEstimate() {
    const lines = [...makeProspect(), ...makeAgreements()];
    return lines.length ? [make("div", { class: "litbook-desk-estimate" }, ...lines)] : [];
  }

  /** Return how many papers may be left, as far as the queue knows. */
  function makeProspect() {
    const found = view.estimate;
    if (!found?.screened) return [];
    const left = found.total - found.screened;
    const parts = [
      make("strong", {}, `${found.included} of ${found.screened}`),
      " screened papers are included, with “maybe”. ",
    ];
    if (found.screened < 10 || !left) parts.push(left ? "Ten decisions are needed for an estimate." : "");
    else {
      const recall = Math.floor(100 * found.recall);
      parts.push(`With 95% confidence at most ${found.at_most} of the other ${left} belong to them, so that at least `);
      parts.push(make("strong", {}, `${recall}%`), " are found. ");
      parts.push(
        found.enough >= 0.95
          ? "That 95% are found is as sure: you can stop."
          : `That 95% are found: ${Math.floor(100 * found.enough)}% sure.`,
      );
    }
    return [make("p", {}, ...parts)];
  }

  function makeAgreements() {
    const lines = (view.agreements ?? []).map((/** @type {any} */ item) => {
      const kappa = item.kappa === null ? "" : `; Cohen’s kappa ${item.kappa.toFixed(2)}`;
      const text = `${item.one} and ${item.other} agree on ${item.agreed} of ${count(item.both, "paper")}${kappa}.`;
      return make("p", {}, text);
    });
    if (view.conflicts)
      lines.push(make("p", {}, make("a", { href: "#conflicts" }, `${count(view.conflicts, "conflict")} to settle`)));
    return lines;
  }

  /** @param {any} item */
  function drawSame(item) {
    const { one, other } = item;
    /** @param {any} paper @param {any} rival */
    const side = (paper, rival) =>
      makePaper(paper, (text, name) => markDifferent(text, name === "details" ? details(rival) : (rival[name] ?? "")));
    main.replaceChildren(
      make("p", { class: "litbook-desk-said" }, `In doubt because ${item.why}. The first keeps its citekey.`),
      make("div", { class: "litbook-desk-sides" }, side(one, other), side(other, one)),
    );
    const pair = { one: one.citekey, other: other.citekey };
    offer([
      ["y", "The same work", () => act({ ...pair, same: "yes" })],
      ["n", "Two works", () => act({ ...pair, same: "no" })],
      ["s", "Skip", () => skip(item)],
    ]);
  }

  const DRAW = { place: drawPlace, screen: drawScreen, read: drawScreen, conflicts: drawScreen, same: drawSame };

  function draw() {
    const waiting = view.items.filter((/** @type {any} */ item) => !skipped.has(nameOf(item)));
    const item = waiting[0] ?? view.items[0];
    bar.max = view.total || 1;
    bar.value = view.done;
    said.textContent = `${view.done} of ${view.total} decided, by ${view.by}`;
    if (!waiting.length) skipped.clear();
    if (item) DRAW[/** @type {keyof typeof DRAW} */ (view.queue)](item);
    else {
      main.replaceChildren(make("h2", {}, "Nothing is waiting here"), ...makeEstimate());
      offer([]);
    }
    if (!view.may_write)
      complain("To decide, open the address that litbook printed: it holds the token of this session.");
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  /** @param {any} item */
  function skip(item) {
    skipped.add(nameOf(item));
    draw();
  }

  /** @param {[string, string, () => void][]} acts */
  function offer(acts) {
    const all = [...acts, ...(view.undo ? [choice("u", "Undo", () => act({ undo: true }))] : [])];
    keys = new Map(all.map(([key, , does]) => [key, does]));
    const buttons = all.map(([key, text, does], at) => {
      const button = makeButton(text, does, at === 0 && acts.length ? { class: "litbook-desk-first" } : {});
      button.append(make("kbd", {}, key.toUpperCase()));
      return button;
    });
    foot.replaceChildren(...buttons);
  }

  // --- Choosing from a list, filtered as one types ---

  /** @type {(value: string) => void} */
  let chosen = () => {};

  /**
   * Return the choices that contain all words of a question; those whose title has them at the beginning of words first.
   * @param {{text: string, hint: string, value: string}[]} choices
   * @param {string} question
   */
  function sift(choices, question) {
    const words = question.toLowerCase().split(/\s+/).filter(Boolean);
    /** @param {string} text */
    const begins = (text) => words.every((word) => ` ${text.toLowerCase()}`.includes(` ${word}`));
    const fits = choices.filter((item) => {
      const text = `${item.text} ${item.hint}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return [...fits.filter((item) => begins(item.text)), ...fits.filter((item) => !begins(item.text))];
  }

  /**
   * @param {string} label
   * @param {{text: string, hint: string, value: string}[]} choices
   * @param {boolean} free whether what was typed can be chosen as well
   * @param {(value: string) => void} then
   */
  function choose(label, choices, free, then) {
    filter.value = "";
    filter.placeholder = label;
    filter.setAttribute("aria-label", label);
    chosen = (value) => {
      dialog.close();
      then(value);
    };
    const show = () => {
      const fits = sift(choices, filter.value);
      const typed = filter.value.trim();
      const own = free && typed ? [{ text: typed, hint: "a new reason", value: typed }] : [];
      list.replaceChildren(
        ...[...fits, ...own].map((item, at) => {
          const option = make(
            "li",
            { role: "option", "aria-selected": String(at === 0), "data-value": item.value },
            item.text,
          );
          if (item.hint) option.append(make("small", {}, item.hint));
          option.addEventListener("click", () => chosen(item.value));
          return option;
        }),
      );
    };
    filter.oninput = show;
    show();
    dialog.showModal();
    filter.focus();
  }

  /** @param {number} step */
  function moveChoice(step) {
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = options[Math.min(options.length - 1, Math.max(0, at + step))];
    for (const option of options) option.setAttribute("aria-selected", String(option === next));
    next?.scrollIntoView({ block: "nearest" });
  }

  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      moveChoice(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = list.querySelector('[aria-selected="true"]');
      if (option) chosen(option.getAttribute("data-value") ?? "");
    }
  });

  document.addEventListener("keydown", (event) => {
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = keys.get(event.key.toLowerCase());
    if (!does) return;
    event.preventDefault();
    does();
  });

  function change() {
    for (const link of document.querySelectorAll(".litbook-desk-bar nav a")) {
      if (link.getAttribute("href") === `#${queueName()}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    void load();
  }
  window.addEventListener("hashchange", change);
  change();
})();
