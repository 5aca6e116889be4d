// Seals ballots in WebAssembly: node benches/booth.mjs [RUNS]
// The booth is built by `cargo xtask booth --vectors` (benches/README.md).
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { context, load, numbers } from "../web/booth/node.mjs";

const RUNS = Number(process.argv[2] ?? 31);
const TOKEN_LENGTH = 384;
const CASES = [
  { projects: 20, choose: 5, goal: 25 },
  { projects: 100, choose: 5 },
  { projects: 200, choose: 5, goal: 180 },
];
const folder = fileURLToPath(new URL("../target/booth-vectors", import.meta.url));
const booth = await load(folder);

// Any key will do: a credential's.
const joint_key = Buffer.from(booth.Credential.generate().public).toString("hex");

function contextOf({ projects, choose }) {
  const terms = Array.from({ length: projects }, (_, cell) => [cell, 1]);
  return context(booth, {
    election_id: "07".repeat(32),
    joint_key,
    key_digest: "09".repeat(32),
    style: 0,
    issuers: 1,
    token_length: TOKEN_LENGTH,
    statement: { maxima: Array(projects).fill(1), constraints: [{ lo: 0, hi: choose, terms }] },
  });
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

// Cells and tracker, then the proof: what a voter waits for.
function measure(test) {
  const ctx = contextOf(test);
  const credential = booth.Credential.generate();
  const values = numbers(Array.from({ length: test.projects }, (_, cell) => (cell < test.choose ? 1 : 0)));
  const tokens = new Uint8Array(TOKEN_LENGTH);
  const times = { seal: [], cast: [], both: [] };
  let length = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const draft = booth.VectorDraft.seal(ctx, credential, run, values);
    draft.tracker();
    const sealed = performance.now();
    length = draft.cast(credential, tokens).length;
    const end = performance.now();
    times.seal.push(sealed - start);
    times.cast.push(end - sealed);
    times.both.push(end - start);
  }
  return { seal: median(times.seal), cast: median(times.cast), both: median(times.both), first: times.both[0], least: Math.min(...times.both), length };
}

const ms = (time) => time.toFixed(1).padStart(8);
console.log(`Node ${process.version}, ${cpus()[0].model}; median of ${RUNS} runs, in milliseconds`);
console.log("projects   cells    proof     both    least    first     goal   entry bytes");
for (const test of CASES) {
  const { seal, cast, both, least, first, length } = measure(test);
  const goal = test.goal === undefined ? "" : `${both <= test.goal ? "≤" : "ABOVE"} ${test.goal}`;
  console.log(`${String(test.projects).padStart(8)}${ms(seal)} ${ms(cast)} ${ms(both)} ${ms(least)} ${ms(first)} ${goal.padStart(8)} ${String(length).padStart(13)}`);
}
const module = readFileSync(`${folder}/booth_bg.wasm`);
console.log(`module: ${module.length} bytes, ${gzipSync(module, { level: 9 }).length} compressed`);
