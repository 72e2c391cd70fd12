// Shared by the other scripts of the site: build elements, load and save files, read ranges, shorten lists of names.
// Untrusted text (titles, names, abstracts) reaches a page only as text nodes and attribute values, never as markup.
"use strict";

(() => {
  const root = document.documentElement.dataset.content_root ?? "./";
  // Only the search page knows the digest of the index; elsewhere a browser may cache its files for an hour.
  const hour = `h${Math.floor(Date.now() / 3_600_000)}`;

  globalThis.litbookIndex ??= []; // where the parts of the search's index add themselves

  /** @type {Litbook.Dom["make"]} */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /** @type {Litbook.Dom["makeButton"]} */
  function makeButton(text, act, attributes = {}) {
    const button = make("button", { type: "button", ...attributes }, text);
    button.addEventListener("click", act);
    return button;
  }

  /** Return an element of the page's template. @type {Litbook.Dom["find"]} */
  function find(/** @type {ParentNode} */ place, /** @type {string} */ selector, kind = HTMLElement) {
    const found = place.querySelector(selector);
    if (found instanceof kind) return found;
    throw new Error(`${selector} is missing.`);
  }

  /** Load a classic script; unlike `fetch`, this also works for a site opened from a folder on disk.
   * @type {Litbook.Dom["loadScript"]} */
  function loadScript(src, message = `${src} was not found.`) {
    return new Promise((resolve, reject) => {
      const script = make("script", { src });
      script.onload = () => {
        script.remove();
        resolve();
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(message));
      };
      document.head.append(script);
    });
  }

  /** @type {Litbook.Dom["download"]} */
  function download(text, type, name) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it later
  }

  /** @type {Litbook.Dom["readRange"]} */
  function readRange(text) {
    const [, low, high] = /^(-?[\d.]*)\.\.(-?[\d.]*)$/.exec(text) ?? [];
    const [least, most] = [low ? Number(low) : -Infinity, high ? Number(high) : Infinity];
    if (!(low || high) || Number.isNaN(least) || Number.isNaN(most)) return undefined;
    return (value) => value !== "" && Number(value) >= least && Number(value) <= most;
  }

  /** @type {Litbook.Dom["makeRange"]} */
  function makeRange(name, values) {
    const numbers = values.map(Number);
    const [low, high] = [
      make("input", { "aria-label": `${name}, at least`, placeholder: String(Math.min(...numbers)) }),
      make("input", { "aria-label": `${name}, at most`, placeholder: String(Math.max(...numbers)) }),
    ];
    for (const input of [low, high]) {
      input.type = "number";
      input.step = "any";
    }
    return {
      element: make("span", { class: "litbook-range" }, low, " – ", high),
      get value() {
        return low.value || high.value ? `${low.value}..${high.value}` : "";
      },
      set value(text) {
        [low.value, high.value] = readRange(text) ? text.split("..") : ["", ""];
      },
    };
  }

  globalThis.litbookDom = {
    root,
    hour,
    make,
    makeButton,
    find,
    loadScript,
    download,
    readRange,
    makeRange,
    addressOf: (citekey) => `${root}book/papers/${encodeURIComponent(citekey)}.html`,
    keyOf: ({ href }) => decodeURIComponent(/\/papers\/([^/]+)\.html$/.exec(new URL(href).pathname)?.[1] ?? ""),
    count: (number, one = "paper", many = `${one}s`) => `${number} ${number === 1 ? one : many}`,
    listNames: (names, most) =>
      names.length > most
        ? `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} others`
        : names.join(", "),
    citeNames: (names, most) => (names.length > most ? `${names[0]} et al.` : names.join(", ")),
  };
})();
