// Sigstore's verifier reads a receipt of the ballot box:
//   node check.mjs RECEIPT ENTRY ORIGIN PUBLIC_KEY_HEX
// Prints the size of the verified checkpoint; ends with 1 and the verifier's
// code where it refuses.
import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { verifyTLogInclusion } = require("@sigstore/verify/dist/tlog");
const { LogCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint");
const { VerificationError } = require("@sigstore/verify");

const [receiptFile, entryFile, origin, publicKey] = process.argv.slice(2);

// A receipt: C2SP tlog-proof.
const receipt = readFileSync(receiptFile, "utf8");
const end = receipt.indexOf("\n\n");
const [kind, index, ...hashes] = receipt.slice(0, end).split("\n");
if (kind !== "c2sp.org/tlog-proof@v1" || !index.startsWith("index ")) {
  throw new Error("this is no receipt");
}
const checkpoint = receipt.slice(end + 2);

// The log as Sigstore knows one: id and key. The id begins with the key id of
// signed notes.
const raw = Buffer.from(publicKey, "hex");
const logID = createHash("sha256")
  .update(Buffer.concat([Buffer.from(`${origin}\n\u0001`), raw]))
  .digest();
const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
const log = {
  baseURL: `https://${origin}`,
  logID,
  publicKey: createPublicKey({ key: spki, format: "der", type: "spki" }),
  validFor: { start: new Date(0), end: new Date(8.64e15) },
};

try {
  verifyTLogInclusion(
    {
      logId: { keyId: logID },
      canonicalizedBody: readFileSync(entryFile),
      inclusionProof: {
        logIndex: index.slice("index ".length),
        hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
        checkpoint: { envelope: checkpoint },
      },
    },
    [log],
  );
} catch (error) {
  if (!(error instanceof VerificationError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exit(1);
}
const text = checkpoint.slice(0, checkpoint.indexOf("\n\n") + 1);
console.log(String(LogCheckpoint.fromString(text).logSize));
