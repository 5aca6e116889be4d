// Starts the worker with the booth's module: both are fetched with their
// integrity, and nothing else is ever run.

// The only addresses a worker may be made from are those of verified bytes.
const made = new Set();
const policy = globalThis.trustedTypes?.createPolicy("booth", {
  createScriptURL: (address) => {
    if (!made.has(address)) throw new TypeError("not the booth");
    return address;
  },
});

const verified = async (src, integrity) => {
  const answer = await fetch(src, { integrity, credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.arrayBuffer();
};

/**
 * Starts the engine that a page names in its data. Asks the worker: `ask(name,
 * ...values)` gives its answer, or throws what it says.
 */
export const startMachine = async ({ engine, engineIntegrity, module, moduleIntegrity }) => {
  const [script, bytes] = await Promise.all([verified(engine, engineIntegrity), verified(module, moduleIntegrity)]);
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  made.add(address);
  const worker = new Worker(policy ? policy.createScriptURL(address) : address, { type: "module" });
  const waiting = new Map();
  let number = 0;
  worker.onmessage = ({ data }) => {
    const { done, failed } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error === undefined) done(data.result);
    else failed(new Error(data.error));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { failed } of waiting.values()) failed(new Error(event.message || "the worker stopped"));
    waiting.clear();
  };
  const ask = (name, ...values) =>
    new Promise((done, failed) => {
      number += 1;
      waiting.set(number, { done, failed });
      worker.postMessage({ number, name, values });
    });
  await ask("start", bytes);
  URL.revokeObjectURL(address);
  return ask;
};
