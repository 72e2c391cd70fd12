// Load the site's classic scripts in Node, as a page would, and ask the Python side for what both must agree on.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const ROOT = new URL("../../", import.meta.url);

/** Run scripts, named `slice/name`, `desk/name` or `volumes/name`, in their order. The page that they see has nothing in it. */
export function load(...names) {
  globalThis.document ??= { documentElement: { dataset: {} }, addEventListener() {} };
  for (const name of names) {
    const [slice, script] = name.split("/");
    const room = { desk: "desk", volumes: "commands/volumes" }[slice] ?? `site/${slice}`;
    const file = new URL(`scripts/litbook/${room}/assets/litbook-${script}.js`, ROOT);
    vm.runInThisContext(readFileSync(file, "utf-8"), { filename: fileURLToPath(file) });
  }
}

/** Return a table of `script_tables.py`; the Python of the tests is named by the environment. */
export function table(name) {
  const script = fileURLToPath(new URL("tests/support/script_tables.py", ROOT));
  const text = execFileSync(process.env.PYTHON ?? "python3", [script, name], { encoding: "utf-8", maxBuffer: 1 << 28 });
  return JSON.parse(text);
}

/** Return the text of a file in `tests/samples`. */
export function sample(name) {
  return readFileSync(new URL(`tests/samples/${name}`, ROOT), "utf-8");
}
