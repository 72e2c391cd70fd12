// What several scripts of the site share: building elements, loading and saving files, short forms of names and counts.
// Untrusted text (titles, names, abstracts) reaches a page only as text nodes and attribute values, never as markup.
"use strict";

(function () {
  const root = document.documentElement.dataset.content_root ?? "./";
  // Only the search page knows the digest of the index; elsewhere a browser may cache its files for an hour.
  const hour = `h${Math.floor(Date.now() / 3_600_000)}`;

  /** Return a new element; strings among its children become text nodes.
   * @param {string} name @param {Object<string, string>} attributes @param {...(string | Node)} children @returns {any} */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /** @param {string} text @param {() => void} act @param {Object<string, string>} [attributes] */
  function makeButton(text, act, attributes = {}) {
    const button = make("button", { type: "button", ...attributes }, text);
    button.addEventListener("click", act);
    return button;
  }

  /** Load a classic script: unlike `fetch`, it also works where the site is opened from a folder on disk.
   * @param {string} src @param {string} [message] of the error if it cannot be loaded @returns {Promise<void>} */
  function loadScript(src, message = `${src} was not found.`) {
    return new Promise((resolve, reject) => {
      const script = make("script", { src });
      script.onload = () => { script.remove(); resolve(); };
      script.onerror = () => { script.remove(); reject(new Error(message)); };
      document.head.append(script);
    });
  }

  /** Have the browser save a text as a file.
   * @param {string} text @param {string} type @param {string} name */
  function download(text, type, name) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers begin to read after this turn
  }

  /** Return the address of a paper's page. @param {string} citekey */
  const addressOf = (citekey) => `${root}book/papers/${encodeURIComponent(citekey)}.html`;

  /** Return the citekey of the paper to whose page a link leads, or "". @param {HTMLAnchorElement} link */
  const keyOf = (link) => decodeURIComponent(/\/papers\/([^/]+)\.html$/.exec(new URL(link.href).pathname)?.[1] ?? "");

  /** @param {number} number @param {string} [one] @param {string} [many] */
  const count = (number, one = "paper", many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

  /** Return up to `most` names, or the first ones and how many others there are. @param {string[]} names @param {number} most */
  const listNames = (names, most) => (names.length > most ? `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} others` : names.join(", "));

  /** Return up to `most` names, or the first one "et al." @param {string[]} names @param {number} most */
  const citeNames = (names, most) => (names.length > most ? `${names[0]} et al.` : names.join(", "));

  globalThis.litbookDom = { root, hour, make, makeButton, loadScript, download, addressOf, keyOf, count, listNames, citeNames };
})();
