// Draw the search page: a question in, papers out, the question kept in the address.
// Strangers' text (titles, abstracts, the question itself) reaches the page only as text nodes and text content.
"use strict";

(function () {
  const PAGE = 20;           // results shown at once
  const ADDRESS_MOST = 2000; // characters of a question that go into the address: servers refuse long ones
  const { makeIndex, search, findSentence } = globalThis.litbookSearch;

  /** @type {HTMLElement | null} */
  const region = document.querySelector("[data-litbook-search]");
  if (!region) return;
  const form = region.querySelector("form");
  /** @type {HTMLInputElement} */
  const input = form.querySelector("input[name=q]");
  const status = region.querySelector("[role=status]");
  const list = region.querySelector("ol");
  /** @type {HTMLButtonElement} */
  const more = region.querySelector("[data-more]");
  const root = document.documentElement.dataset.content_root ?? "./";

  /** @type {Promise<any> | undefined} */
  let loading;
  let shown = PAGE;
  let asked = 0;

  /** Load one part of the index. A script may be read from a folder on disk, where `fetch` may not.
   * @param {string} name @param {string} version @returns {Promise<void>} */
  function loadPart(name, version) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}search-index/${name}.js${version ? `?v=${version}` : ""}`;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`The part ${name} of the search index was not found.`));
      document.head.append(script);
    });
  }

  /** Load the index, once. */
  function load() {
    loading ??= (async () => {
      await loadPart("core", "");
      const core = globalThis.litbookIndex.find((part) => part.part === "core");
      await Promise.all(Object.entries(core.parts).map(([name, version]) => loadPart(name, version)));
      return makeIndex(globalThis.litbookIndex);
    })();
    return loading;
  }

  /** @param {string} name @param {string} className @param {...(string | Node)} children */
  function make(name, className, ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  /** Return a sentence with the words that match in <mark>.
   * @param {any} index @param {string} text @param {Map<string, number>} gains */
  function markWords(index, text, gains) {
    const line = document.createDocumentFragment();
    let from = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}^'’]*[\p{L}\p{N}\p{M}])?/gu)) {
      const words = index.reader.read(match[0]);
      if (!words.some((word) => !word.common && gains.has(word.term))) continue;
      line.append(text.slice(from, match.index), make("mark", "", match[0]));
      from = match.index + match[0].length;
    }
    line.append(text.slice(from));
    return line;
  }

  /** @param {string} authors */
  function shorten(authors) {
    const names = authors.split(", ");
    return names.length > 6 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} others` : authors;
  }

  /** @param {any} index @param {any} hit @param {Map<string, number>} gains */
  function makeResult(index, hit, gains) {
    const paper = index.papers[hit.paper];
    const link = make("a", "litbook-result-title", paper.title || paper.citekey);
    link.setAttribute("href", `${root}book/papers/${encodeURIComponent(paper.citekey)}.html`);
    const item = make("li", "litbook-result", link);
    const by = [shorten(paper.authors), paper.year].filter(Boolean).join(", ");
    if (by) item.append(make("p", "litbook-result-by", by));
    const place = [paper.theme, paper.kind?.replaceAll("-", " ")].filter(Boolean).join(" · ");
    if (place) item.append(make("p", "litbook-result-place", place));
    const sentence = findSentence(index, hit.paper, gains).text;
    if (sentence) item.append(make("p", "litbook-result-sentence", markWords(index, sentence.slice(0, 1000), gains)));
    return item;
  }

  /** @param {any} found @param {string} question */
  function describe({ hits, close, total }, question) {
    if (!/[\p{L}\p{N}]/u.test(question)) return "Please type a word or a question.";
    if (!hits.length) {
      return "Nothing here matches. Try other or fewer words, the name of a method or of an author, "
        + "or look through the complete list of papers.";
    }
    if (!close) return "Nothing here is close. The nearest papers:";
    const count = Math.min(shown, hits.length);
    if (count < total) return `The best ${count} of ${total} papers found, best first.`;
    return `${total} ${total === 1 ? "paper" : "papers"} found, best first.`;
  }

  /** Answer the question that is in the field. */
  async function answer() {
    const turn = ++asked;
    const question = input.value;
    if (!question.trim()) {
      list.replaceChildren();
      status.textContent = "";
      more.hidden = true;
      return;
    }
    try {
      if (!globalThis.litbookIndex) status.textContent = "Loading the search index …";
      const index = await load();
      if (turn !== asked) return;
      const found = search(index, question);
      list.replaceChildren(...found.hits.slice(0, shown).map((hit) => makeResult(index, hit, found.gains)));
      status.textContent = describe(found, question);
      more.hidden = found.hits.length <= shown;
    } catch (error) {
      loading = undefined;
      status.textContent = "The search index could not be loaded. The complete list of papers is linked below.";
      console.error(error);
    }
  }

  /** Write the question into the address, as a new step in the history or in place of the last one.
   * @param {"pushState" | "replaceState"} how */
  function keep(how) {
    const address = new URL(location.href);
    address.hash = "";
    if (input.value) address.searchParams.set("q", input.value.slice(0, ADDRESS_MOST));
    else address.searchParams.delete("q");
    if (how === "pushState" && history.state?.q === input.value) return;
    try {
      history[how]({ q: input.value }, "", address);
    } catch { // some browsers forbid it for files, or too many times in a row: the results are there all the same
    }
  }

  function restore() {
    input.value = history.state?.q ?? new URLSearchParams(location.search).get("q") ?? "";
    shown = PAGE;
    return answer();
  }

  /** Move the focus between the field and the results.
   * @param {KeyboardEvent} event */
  function move(event) {
    const links = [...list.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "Escape" && at >= 0) input.focus();
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  }

  let typing = false; // whether the last step in the history is one that typing may overwrite
  input.addEventListener("focus", () => { load().catch(() => { loading = undefined; }); });
  input.addEventListener("input", () => {
    keep(typing ? "replaceState" : "pushState");
    typing = true;
    shown = PAGE;
    void answer();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typing = false;
    shown = PAGE;
    void answer();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += PAGE;
    await answer();
    list.children[before]?.querySelector("a")?.focus();
  });
  region.addEventListener("keydown", move);
  window.addEventListener("popstate", () => { typing = false; void restore(); });
  void restore();
})();
