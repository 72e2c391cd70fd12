// The filter of the map in the address: names of themes, and a range of years. Whatever else is in the address stays.
"use strict";

(() => {
  /** @type {Litbook.MapAddress["read"]} */
  function read(query) {
    const given = new URLSearchParams(query);
    const year = (/** @type {string} */ name) => (/^\d{4}$/.test(given.get(name) ?? "") ? (given.get(name) ?? "") : "");
    return { themes: given.getAll("theme"), since: year("from"), until: year("to") };
  }

  /** @type {Litbook.MapAddress["write"]} */
  function write(query, { themes, since, until }) {
    const given = new URLSearchParams(query);
    for (const name of ["theme", "from", "to"]) given.delete(name);
    for (const theme of themes) given.append("theme", theme);
    if (since) given.set("from", since);
    if (until) given.set("to", until);
    return given.toString();
  }

  /** @type {Litbook.MapAddress["save"]} */
  function save(filter) {
    const query = write(location.search, filter);
    try {
      history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
    } catch {
      // some browsers forbid it for files: the map is filtered regardless
    }
  }

  globalThis.litbookMapAddress = { read, write, save };
})();
