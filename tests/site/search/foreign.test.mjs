import assert from "node:assert/strict";
import { test } from "node:test";
import { table } from "../../support/scripts.mjs";
import { makeStore } from "../../support/searching.mjs";

const { parts, questions } = table("foreign");
const load = async (name) => {
  globalThis.litbookIndex.push(structuredClone(parts[name]));
};

/** Return the titles of what a question finds, best first. */
async function ask(question) {
  const store = makeStore(load);
  const { hits } = await globalThis.litbookSearch.search(store, question);
  const open = await store.open();
  await open.needPapers(hits.map(({ paper }) => paper));
  return hits.map(({ paper }) => open.papers[paper].title);
}

for (const language of new Set(questions.map(([name]) => name)))
  test(`questions in ${language} find their paper first, also in another form of the words`, async () => {
    for (const [, question, title] of questions.filter(([name]) => name === language))
      assert.equal((await ask(question))[0], title, question);
  });

test("words of scripts without spaces are marked sign by sign", async () => {
  const { reader } = await makeStore(load).open();
  const marked = reader.locate("川のセンサー").filter(({ words }) => words.some(({ term }) => term === "セン"));
  assert.deepEqual(
    marked.map(({ at, length }) => [at, length]),
    [
      [2, 1],
      [3, 1],
    ],
  );
});
