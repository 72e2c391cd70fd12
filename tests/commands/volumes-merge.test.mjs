import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/scripts.mjs";

load("volumes/volumes-merge");
const { orderVolumes, mergeFound } = globalThis.litbookVolumes;

const VOLUMES = ["bread", "boats", "birds"].map((name) => ({ name, title: name, papers: 100, version: "" }));

/** What a volume answers: hits as [paper, match, score, share of the words]. */
function answer(name, hits, named = []) {
  const made = hits.map(([paper, match, score, words]) => ({ paper, match, score, evidence: { words } }));
  return { volume: { name }, store: {}, found: { hits: made, named } };
}

const names = (hits) => hits.map((hit) => `${hit.answer.volume.name} ${hit.paper}`);

test("a question goes first to the volumes that hold its rarest words, and not to those without any", () => {
  const common = new Map([
    [0, 90],
    [1, 20],
  ]);
  const rare = new Map([[1, 2]]);
  assert.deepEqual(orderVolumes(VOLUMES, [common, rare]), [1, 0]);
  assert.deepEqual(orderVolumes(VOLUMES, [common]), [0, 1]);
});

test("a question whose words no volume has goes to all, in their order", () => {
  assert.deepEqual(orderVolumes(VOLUMES, [new Map()]), [0, 1, 2]);
  assert.deepEqual(orderVolumes(VOLUMES, []), [0, 1, 2]);
});

test("the best paper of a volume that knows little does not pass that of one that knows much", () => {
  const much = answer("bread", [
    [7, true, 1.2, 0.8],
    [8, true, 1, 0.7],
  ]);
  const little = answer("boats", [[3, true, 1.1, 0.1]]);
  assert.deepEqual(names(mergeFound([little, much], "how bread rises")), ["bread 7", "bread 8", "boats 3"]);
});

test("papers that match come before those that are near", () => {
  const one = answer("bread", [[1, false, 5, 0.9]]);
  const other = answer("boats", [[2, true, 0.1, 0.1]]);
  assert.deepEqual(names(mergeFound([one, other], "words")), ["boats 2", "bread 1"]);
});

test("an identifier asks for the paper that it names and no other", () => {
  const named = answer("bread", [[1, true, 10, 0]], [1]);
  const other = answer("boats", [[2, true, 1.5, 0.5]]);
  assert.deepEqual(names(mergeFound([other, named], "10.1000/182")), ["bread 1"]);
  assert.deepEqual(names(mergeFound([other, named], "levain")), ["bread 1", "boats 2"]);
});

test("volumes that found nothing add nothing", () => {
  assert.deepEqual(mergeFound([answer("bread", []), answer("boats", [])], "x"), []);
  assert.deepEqual(mergeFound([], "x"), []);
});
