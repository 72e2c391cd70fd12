// The search over all volumes: put the question to the index of each, and show what they found as one list.
"use strict";

(() => {
  const PAGE = 20; // results shown at once
  const NEAR = 10; // papers near in meaning that are shown
  const { AT_ONCE, orderVolumes, mergeFound } = globalThis.litbookVolumes;
  const { search } = globalThis.litbookSearch;
  const { unfold } = globalThis.litbookUnpack;
  const { root, make, find, loadScript, count } = globalThis.litbookDom;
  const { makeReader } = globalThis.litbookWords;

  /** @type {HTMLElement | null} */
  const place = document.querySelector("[data-litbook-volumes]");
  if (!place || !globalThis.litbookResults) return;
  const { makeLoader, makePaper, correct } = globalThis.litbookResults;
  const [status, list, more, others, near, suggestion] = [
    "[role=status]",
    "[data-papers]",
    "[data-more]",
    "[data-others]",
    "[data-near]",
    "[data-suggestion]",
  ].map((selector) => find(place, selector));
  const suggested = find(suggestion, "button");
  const form = find(place, "form", HTMLFormElement);

  // Each part of an index is a script that calls `push`; the folder of the script tells whose part it is.
  /** @type {Map<string, Litbook.IndexPart[]>} */
  const arrived = new Map();
  /** @type {Litbook.VolumesPart[]} */
  const own = [];
  globalThis.litbookIndex = /** @type {Litbook.IndexPart[]} */ (
    /** @type {unknown} */ ({
      push(/** @type {Litbook.IndexPart} */ part) {
        const script = /** @type {HTMLScriptElement} */ (document.currentScript);
        const [, volume] = /([^/]+)\/search-index\/[^/]+$/.exec(new URL(script.src).pathname) ?? [];
        const kept = arrived.get(decodeURIComponent(volume ?? ""));
        if (part.part === "volumes" || part.part === "volume-words") own.push(part);
        else kept?.push(part);
      },
    })
  );

  /** The index of one volume, in which a term is as rare as it is in all of them. */
  class VolumeStore extends globalThis.litbookStore.Store {
    /** @param {Litbook.VolumeKnown} volume @param {Litbook.VolumeKnown[]} volumes */
    constructor(volume, volumes) {
      super(makeLoader(`${root}${volume.name}/`), volume.version);
      this.volume = volume;
      this.all = volumes.reduce((sum, { papers }) => sum + papers, 0);
      /** @type {Litbook.IndexPart[]} */
      this.came = [];
      arrived.set(volume.name, this.came);
    }

    /** Add the parts that have arrived since the last call.
     * @override */
    take() {
      for (const part of this.came.splice(0)) this.add(part);
    }

    /** @override @param {number} id */
    rarity(id) {
      const known = totals.get(this.terms[id]);
      const held = known ?? (this.holders[id] * this.all) / this.size; // of other words: as if spread evenly
      return Math.log(1 + (this.all - held + 0.5) / (held + 0.5));
    }
  }

  /** @type {Map<string, number>} how many papers of all volumes hold a term */
  const totals = new Map();
  /** @type {Map<string, Map<number, number>>} how many papers of each volume do */
  const holders = new Map();
  /** @type {Promise<Litbook.VolumesHead> | undefined} */
  let opening;
  /** @type {Map<number, Promise<void>>} */
  const asked = new Map();
  /** @type {Map<number, VolumeStore>} */
  const stores = new Map();

  /** Load which volumes there are, once. */
  function open() {
    opening ??= loadScript(`${root}search-index/volumes.js`).then(() => {
      const part = own.find((one) => one.part === "volumes");
      if (part?.part !== "volumes") throw new Error("The index of the volumes is missing.");
      const volumes = part.volumes.map(([name, title, papers, version]) => ({ name, title, papers, version }));
      for (const { name, title } of volumes) volumeField.append(make("option", { value: name }, title));
      return { volumes, starts: part.starts, files: part.files, reader: makeReader(part.rules) };
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  /** Load how many papers of each volume hold some terms.
   * @param {Litbook.VolumesHead} head @param {string[]} terms */
  async function countHolders(head, terms) {
    const numbers = new Set(terms.map((term) => head.starts.findLastIndex((start) => start <= term)));
    await Promise.all([...numbers].filter((number) => number >= 0).map((number) => needPart(head, number)));
  }

  /** @param {Litbook.VolumesHead} head @param {number} number */
  function needPart(head, number) {
    let loading = asked.get(number);
    if (!loading) {
      loading = loadScript(`${root}search-index/volumes-${number}.js?v=${head.files[number]}`).then(takeWords);
      loading.catch(() => asked.delete(number));
      asked.set(number, loading);
    }
    return loading;
  }

  function takeWords() {
    for (const part of own.splice(0)) {
      if (part.part !== "volume-words") continue;
      for (const [at, term] of unfold(part.terms).entries()) {
        const pairs = part.holders[at];
        /** @type {Map<number, number>} */
        const held = new Map();
        for (let place = 0; place < pairs.length; place += 2) held.set(pairs[place], pairs[place + 1]);
        holders.set(term, held);
        totals.set(
          term,
          [...held.values()].reduce((sum, one) => sum + one, 0),
        );
      }
    }
  }

  // --- The question ---

  const field = find(form, "[name=q]", HTMLInputElement);
  const volumeField = find(form, "[name=volume]", HTMLSelectElement);
  const from = find(form, "[name=from]", HTMLInputElement);
  const to = find(form, "[name=to]", HTMLInputElement);
  const sort = find(form, "[name=sort]", HTMLSelectElement);
  let turn = 0;
  let shown = PAGE;
  let most = AT_ONCE;

  async function answer() {
    const mine = ++turn;
    const question = field.value.trim();
    if (!question) return draw([], [], []);
    try {
      if (!opening) status.textContent = "Loading the search index …";
      const head = await open();
      const words = head.reader.read(question).filter(({ common, asking }) => !common && !asking);
      const terms = words.flatMap(({ word, term }) => [term, `${word}=`, `${word}!`]);
      await countHolders(head, terms);
      const only = head.volumes.findIndex(({ name }) => name === volumeField.value);
      const held = words.map(({ term }) => holders.get(term) ?? new Map());
      const order = only >= 0 ? [only] : orderVolumes(head.volumes, held);
      const chosen = order.slice(0, most);
      const answers = await Promise.all(chosen.map((number) => askVolume(head, number, question)));
      const hits = mergeFound(answers, question).filter(passes);
      const matching = hits.filter(({ match }) => match);
      if (sort.value === "year") matching.sort((a, b) => yearOf(b) - yearOf(a));
      const nearest = hits.filter(({ match }) => !match).slice(0, NEAR);
      await Promise.all(
        [...matching.slice(0, shown), ...nearest].map(({ answer: { store }, paper }) => store.needPapers([paper])),
      );
      if (mine !== turn) return;
      draw(answers, matching, nearest);
      others.hidden = chosen.length >= order.length;
      others.textContent = `Also search the other ${count(order.length - chosen.length, "volume")}`;
      status.textContent = describe(answers, matching, nearest, chosen.length, order.length);
      place?.setAttribute("data-answered", question);
    } catch (error) {
      if (mine === turn) status.textContent = "The search index could not be loaded. All papers are listed by year.";
      console.error(error);
    }
  }

  /** @param {Litbook.VolumesHead} head @param {number} number @param {string} question
   * @returns {Promise<Litbook.VolumeFound>} */
  async function askVolume(head, number, question) {
    const store = stores.get(number) ?? new VolumeStore(head.volumes[number], head.volumes);
    stores.set(number, store);
    const found = await search(store, question);
    return { volume: head.volumes[number], store: await store.open(), found };
  }

  /** @param {Litbook.VolumeHit} hit */
  function yearOf({ answer: { store }, paper }) {
    return Number(store.facets.year.values[store.facets.year.papers[paper]] ?? 0);
  }

  /** @param {Litbook.VolumeHit} hit */
  function passes(hit) {
    const [first, last] = [Number(from.value), Number(to.value)];
    const year = first || last ? yearOf(hit) : 0;
    return (!first || year >= first) && (!last || (year > 0 && year <= last));
  }

  // --- What was found ---

  /** @param {Litbook.VolumeFound[]} answers @param {Litbook.VolumeHit[]} matching @param {Litbook.VolumeHit[]} nearest */
  function draw(answers, matching, nearest) {
    list.replaceChildren(...matching.slice(0, shown).map(makeResult));
    more.hidden = matching.length <= shown;
    near.hidden = !nearest.length;
    find(near, "ol").replaceChildren(...nearest.map(makeResult));
    const better = matching.length
      ? []
      : answers.map(({ store, found }) => correct(store, field.value, found.corrected));
    suggested.textContent = better.find(Boolean) ?? "";
    suggestion.hidden = !suggested.textContent;
    if (!answers.length) {
      status.textContent = "";
      others.hidden = true;
    }
  }

  /** @param {Litbook.VolumeHit} hit */
  function makeResult({ answer: { store, found, volume }, paper }) {
    const item = makePaper(store, paper, found);
    const { citekey } = store.papers[paper];
    find(item, "a", HTMLAnchorElement).href = `${root}${volume.name}/book/papers/${encodeURIComponent(citekey)}.html`;
    item.dataset.volume = volume.name;
    const line =
      item.querySelector(".litbook-result-by") ?? item.appendChild(make("p", { class: "litbook-result-by" }));
    line.append(`${line.textContent ? " · " : ""}${volume.title}`);
    return item;
  }

  /** @param {Litbook.VolumeFound[]} answers @param {Litbook.VolumeHit[]} matching @param {Litbook.VolumeHit[]} nearest
   * @param {number} searched @param {number} all */
  function describe(answers, matching, nearest, searched, all) {
    const of =
      searched < all ? `${searched} of ${count(all, "volume")} that hold your words` : count(searched, "volume");
    const facts = answers[0]?.found.reading.facts.map(({ label }) => label) ?? [];
    const only = facts.length ? ` (${facts.join(", ")})` : "";
    if (matching.length) return `${count(matching.length, "paper")} found in ${of}${only}.`;
    return nearest.length && answers.some(({ found }) => found.close)
      ? `No paper has all of these words${only}; ${of} searched.`
      : `No close match${only}; ${of} searched.`;
  }

  // --- Address and events ---

  function save() {
    const values = new FormData(form);
    const query = new URLSearchParams();
    for (const [name, value] of values) if (String(value).trim()) query.set(name, String(value).trim());
    try {
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    } catch {
      // some browsers forbid it for files: the results are shown regardless
    }
  }

  function change() {
    shown = PAGE;
    most = AT_ONCE;
    save();
    void answer();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });
  field.addEventListener("focus", () => {
    open().catch(() => {});
  });
  for (const one of [volumeField, from, to, sort]) one.addEventListener("change", change);
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += PAGE;
    await answer();
    list.children[before]?.querySelector("a")?.focus();
  });
  others.addEventListener("click", () => {
    most += AT_ONCE;
    void answer();
  });
  suggested.addEventListener("click", () => {
    field.value = suggested.textContent ?? "";
    change();
    field.focus();
  });

  const query = new URLSearchParams(location.search);
  for (const one of [field, from, to, sort]) one.value = query.get(one.name) ?? "";
  if (query.get("volume"))
    open().then(() => {
      volumeField.value = query.get("volume") ?? "";
      return answer();
    }, answer);
  else void answer();
})();
