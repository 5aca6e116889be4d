// Reads the beginning of the public record. The worker says which files it
// needs and verifies them; nothing that the server says is believed.

const LONGEST = 120_000;

/** A file of the record; nothing where there is none. */
export const file = async (ledger, path) => {
  const answer = await fetch(`${ledger.replace(/\/$/, "")}/${path}`, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-cache",
    signal: AbortSignal.timeout(LONGEST),
  });
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (!answer.ok) throw new Error(`${path}: status ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** Reads until the worker has what it needs for a poll. */
export const readBeginning = async (ask, ledger) => {
  const checkpoint = await file(ledger, "checkpoint");
  if (!checkpoint) throw new Error("the public record shows no checkpoint yet");
  let path = await ask("begin", checkpoint);
  while (path) {
    // A partial tile goes when the full one comes.
    let bytes = await file(ledger, path);
    if (!bytes && path.includes(".p/")) {
      path = path.slice(0, path.lastIndexOf(".p/"));
      bytes = await file(ledger, path);
    }
    if (!bytes) throw new Error(`the public record lacks ${path}`);
    path = await ask("take", path, bytes);
  }
};
