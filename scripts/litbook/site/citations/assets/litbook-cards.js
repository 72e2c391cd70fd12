// Cards of citations and claims: on hover, on keyboard focus, and on the first tap. Escape closes them.
"use strict";

(() => {
  const { make, keyOf } = globalThis.litbookDom;
  const data = document.getElementById("litbook-cards");
  if (!data) return;
  /** @type {Record<string, {title: string, byline?: string, gist?: string} | undefined>} */
  const papers = JSON.parse(data.textContent);
  const LINKS = ".bibtex-citation a, a.litbook-claim";
  const WAIT = 120,
    LINGER = 250; // milliseconds until a card appears and disappears
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  let waiting = 0,
    leaving = 0,
    touched = false;

  const card = make("div", { class: "litbook-card", id: "litbook-card", role: "tooltip", hidden: "" });

  // The title of a claim's mark is for readers without this script; with it, there would be two tooltips. Of several
  // marks of the same sentence the first has it.
  /** @type {Map<string, string>} */
  const said = new Map();
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const claims = document.querySelectorAll("a.litbook-claim");
  for (const link of claims) {
    const place = `${link.href} ${link.textContent}`;
    const sentence = link.title || said.get(place);
    if (!sentence) continue;
    said.set(place, sentence);
    link.dataset.sentence = sentence;
    link.setAttribute("aria-label", sentence.split(":")[0]);
    link.removeAttribute("title");
  }

  // A citation is one stop of the Tab key; the arrow keys lead on to its sentences, and through the paragraph.
  for (const group of document.querySelectorAll(".litbook-claims")) {
    const before = group.previousSibling;
    const named =
      group.closest(".bibtex-citation") ?? (before instanceof Element && before.matches(".bibtex-citation"));
    for (const [at, link] of group.querySelectorAll("a").entries()) if (at || named) link.tabIndex = -1;
  }

  /** @param {string} name @param {string} [text] */
  function addLine(name, text) {
    if (text) card.append(make("p", { class: `litbook-card-${name}` }, text));
  }

  /** @param {HTMLAnchorElement} link */
  function fill(link) {
    const paper = papers[keyOf(link)];
    if (!paper) return false;
    card.replaceChildren();
    addLine("title", paper.title);
    addLine("byline", paper.byline);
    addLine("quote", link.dataset.sentence ? link.dataset.sentence.replace(/^.*?: /, "") : paper.gist);
    if (touched) addLine("hint", "Tap the citation again to open the paper.");
    else if (link.matches(":focus-visible")) addLine("hint", "Arrow keys: sentences and citations beside it");
    return true;
  }

  /** @param {HTMLAnchorElement} link */
  function place(link) {
    const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const width = card.offsetWidth,
      height = card.offsetHeight,
      room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, room - width - 8));
    const below = box.bottom + height + 12 < window.innerHeight || box.top < height + 12;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(below ? box.bottom + 6 : box.top - height - 6) + window.scrollY}px`;
  }

  /** @param {HTMLAnchorElement} link */
  function show(link) {
    clearTimeout(waiting);
    clearTimeout(leaving);
    if (shown === link) return;
    hide();
    if (!fill(link)) return;
    shown = link;
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    place(link);
  }

  function hide() {
    clearTimeout(waiting);
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  }

  const linger = () => {
    clearTimeout(waiting);
    clearTimeout(leaving);
    leaving = setTimeout(hide, LINGER);
  };
  /** @param {Event} event @returns {HTMLAnchorElement | null} */
  const linkOf = ({ target }) => (target instanceof Element ? target.closest(LINKS) : null);
  const isInCard = (/** @type {Event} */ event) => card.contains(/** @type {Node} */ (event.target));

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link) {
      clearTimeout(waiting);
      clearTimeout(leaving);
      waiting = setTimeout(() => show(link), shown ? 0 : WAIT);
    } else if (isInCard(event)) clearTimeout(leaving);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && (linkOf(event) || isInCard(event))) linger();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) show(link);
    else if (shown && event.target !== shown) hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shown) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) hide();
    const link = linkOf(event);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!link || !step) return;
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = (link.closest("p, li, td, dd") ?? document).querySelectorAll(LINKS);
    links[[...links].indexOf(link) + step]?.focus();
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (shown && !linkOf(event) && !isInCard(event)) hide();
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!touched || !link || shown === link || !papers[keyOf(link)]) return;
    event.preventDefault();
    show(link);
  });
  window.addEventListener("resize", hide);
  (document.querySelector("main") ?? document.body).append(card); // screen readers skip what is outside of landmarks
})();
