import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/scripts.mjs";

load("map/map-address");
const { read, write } = globalThis.litbookMapAddress;

test("the filter of the map comes back from its address, and the rest of that stays", () => {
  const filter = { themes: ["Bread & butter", "Boats"], since: "2020", until: "" };
  const query = write("?back=1&theme=Old&to=2001", filter);
  assert.equal(query, "back=1&theme=Bread+%26+butter&theme=Boats&from=2020");
  assert.deepEqual(read(query), filter);
  assert.equal(write("?theme=Old", { themes: [], since: "", until: "" }), "");
});

test("a year that is not one is no limit", () => {
  assert.deepEqual(read("from=soon&to=20201"), { themes: [], since: "", until: "" });
});
