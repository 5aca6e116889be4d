// Runs the observer on a folder: node observer.mjs BOOTH audit|find FOLDER [RECEIPT],
// or, where it was built with them, all vectors: node observer.mjs BOOTH vectors. Prints what it says, as JSON.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [booth, what, folder, receipt] = process.argv.slice(2);
const observer = await import(pathToFileURL(resolve(booth, "observer.js")));
await observer.default({ module_or_path: await readFile(join(booth, "observer_bg.wasm")) });

if (what === "vectors") {
  console.log(observer.judgeVectors());
  process.exit(0);
}
const machine =
  what === "audit" ? new observer.Observer(undefined) : new observer.Finder(await readFile(receipt), undefined);
for (let path; (path = machine.wants()) !== undefined; ) {
  const file = await readFile(join(folder, path)).catch(() => undefined);
  if (!machine.take(file)) throw new Error(`${path} is packed`);
}
console.log(what === "audit" ? machine.verdict() : machine.found());
