// Reads the beginning of the public record. The worker says which files it
// needs and verifies them; nothing that the server says is believed.

const LONGEST = 120_000;

/** A file of the record; nothing where there is none. */
export const file = async (ledger, path) => {
  const answer = await fetch(`${ledger.replace(/\/$/, "")}/${path}`, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: path === "checkpoint" ? "no-store" : "default",
    redirect: "error",
    signal: AbortSignal.timeout(LONGEST),
  });
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (!answer.ok) throw new Error(`${path}: status ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

// A partial tile goes when the full one comes.
const tile = async (ledger, path) => {
  const bytes = await file(ledger, path);
  if (bytes) return { path, bytes };
  const full = path.split(".p/")[0];
  const whole = full === path ? undefined : await file(ledger, full);
  if (!whole) throw new Error(`the public record lacks ${path}`);
  return { path: full, bytes: whole };
};

/** Reads until the worker has what it needs for a poll; gives the checkpoint. */
export const readBeginning = async (ask, ledger) => {
  const checkpoint = await file(ledger, "checkpoint");
  if (!checkpoint) throw new Error("the public record shows no checkpoint yet");
  let wanted = await ask("begin", checkpoint);
  while (wanted) {
    const { path, bytes } = await tile(ledger, wanted);
    wanted = await ask("take", path, bytes);
  }
  return checkpoint;
};

/** Every bundle of the checkpoint's ledger, one after the other. */
export const eachBundle = async (ask, ledger, work) => {
  for (let number = 0; ; number += 1) {
    const path = await ask("bundle", number);
    if (!path) return;
    const { bytes } = await tile(ledger, path);
    await work(bytes, number);
  }
};
