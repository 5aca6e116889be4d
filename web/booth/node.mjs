// Loads a booth that `cargo xtask booth --vectors` built, in Node, and makes
// contexts as specs/vectors/ballot.json states them. For tests and measurements.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
export const hex = (array) => Buffer.from(array).toString("hex");
export const numbers = (list) => BigUint64Array.from(list, BigInt);

export async function load(folder) {
  const booth = await import(pathToFileURL(resolve(folder, "booth.js")));
  const module = await readFile(join(folder, "booth_bg.wasm"));
  await booth.default({ module_or_path: module });
  return booth;
}

// lo, hi, number of terms, cell, weight, … of one constraint after the other.
export const flat = (constraints) =>
  BigInt64Array.from(constraints.flatMap(({ lo, hi, terms }) => [lo, hi, terms.length, ...terms.flat()]), BigInt);

export function context(booth, vector) {
  const { maxima, constraints } = vector.statement;
  return new booth.Parts(
    bytes(vector.election_id),
    bytes(vector.joint_key),
    bytes(vector.key_digest),
    numbers(maxima),
    flat(constraints),
  ).context(vector.style, vector.issuers, vector.token_length);
}
