// Runs vectors in WebAssembly: node vectors.mjs BOOTH STATEMENTS OPENINGS BALLOTS…
// Prints one JSON object; `failures` says what differs from the native bytes.
import { readFile } from "node:fs/promises";
import { bytes, context, flat, hex, load, numbers } from "../../web/booth/node.mjs";

const [folder, statements, openings, ...ballots] = process.argv.slice(2);
const booth = await load(folder);
const json = async (file) => JSON.parse(await readFile(file, "utf8"));
const failures = [];
const ran = { statements: 0, openings: 0, ballots: 0, sealed: 0, refused: 0 };

function expect(name, what, found, expected) {
  if (found !== expected) failures.push(`${name}: ${what} is ${found}, not ${expected}`);
}

// What JavaScript must not be able to do: the message of the exception, or a failure.
function refused(name, what, action) {
  try {
    action();
    failures.push(`${name}: ${what} is not refused`);
  } catch (error) {
    ran.refused += 1;
    return error.message;
  }
}

function runStatement(vector) {
  const [maxima, constraints] = [numbers(vector.maxima), flat(vector.constraints)];
  expect(vector.name, "the defect", booth.statementDefect(maxima, constraints), vector.defect);
  if (vector.valid) expect(vector.name, "the digest", hex(booth.statementDigest(maxima, constraints)), vector.digest);
}

// What a second device says: the sealed tracker, or that something is wrong.
function runOpening(vector) {
  const ctx = context(booth, vector);
  const tracker = () => hex(new booth.VectorOpening(ctx, bytes(vector.opening)).trackerBytes());
  if (vector.valid) expect(vector.name, "the tracker", tracker(), vector.tracker);
  else if (vector.defect === "AnotherTracker") expect(vector.name, "the same tracker", tracker() === vector.tracker, false);
  else refused(vector.name, "the opening", tracker);
}

// The same secret, seed, values and generator must give the same entry.
function seal(vector, ctx) {
  const credential = booth.Credential.restore(bytes(vector.secret));
  const draft = () => {
    const values = numbers(vector.values);
    return booth.VectorDraft.sealSeeded(ctx, credential, vector.sequence, values, bytes(vector.seed));
  };
  const cast = draft();
  expect(vector.name, "the tracker", hex(cast.trackerBytes()), vector.tracker);
  const tokens = bytes(vector.tokens.join(""));
  expect(vector.name, "the entry", hex(cast.castSeeded(credential, tokens, bytes(vector.proof_chacha20_seed))), vector.entry);
  refused(vector.name, "casting twice", () => cast.cast(credential, tokens));

  const opened = draft();
  const opening = opened.open();
  refused(vector.name, "casting an opened ballot", () => opened.cast(credential, tokens));
  const checked = new booth.VectorOpening(ctx, opening);
  expect(vector.name, "the opening's tracker", hex(checked.trackerBytes()), vector.tracker);
  expect(vector.name, "the opening's values", checked.values.join(), vector.values.join());
  refused(vector.name, "an opening with a byte missing", () => new booth.VectorOpening(ctx, opening.slice(1)));
  refused(vector.name, "a token too short", () => draft().cast(credential, tokens.slice(1)));
  const wrong = numbers(vector.values.map(() => 2 ** 53 - 1));
  const rule = refused(vector.name, "a choice outside the rules", () => booth.VectorDraft.seal(ctx, credential, 0, wrong));
  expect(vector.name, "the core's message", rule?.startsWith("cell 0: the value is above"), true);

  // With the browser's own randomness no two ballots are alike, and all verify.
  const fresh = () => booth.VectorDraft.seal(ctx, credential, 0, numbers(vector.values)).cast(credential, tokens);
  const [one, two] = [fresh(), fresh()];
  expect(vector.name, "a second seal the same", hex(one) === hex(two), false);
  expect(vector.name, "a fresh ballot's defect", ctx.defect(one, new Uint8Array(32)), undefined);
  expect(vector.name, "the length of a fresh ballot", one.length, vector.entry.length / 2);
  ran.sealed += 1;
}

for (const vector of await json(statements)) {
  runStatement(vector);
  ran.statements += 1;
}
for (const vector of await json(openings)) {
  runOpening(vector);
  ran.openings += 1;
}
for (const file of ballots) {
  for (const vector of await json(file)) {
    const ctx = context(booth, vector);
    expect(vector.name, "the defect", ctx.defect(bytes(vector.entry), new Uint8Array(32).fill(1)), vector.defect);
    if (vector.secret) seal(vector, ctx);
    ran.ballots += 1;
  }
}
console.log(JSON.stringify({ ...ran, failures }));
process.exit(failures.length === 0 ? 0 : 1);
