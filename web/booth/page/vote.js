// The page for voting: reads and verifies the public record of its poll.
import { startMachine } from "./machine.js";
import { readBeginning } from "./record.js";

const booth = document.getElementById("booth");
const { engine, engineIntegrity, module, moduleIntegrity, ledger, election } = booth.dataset;
const show = (id) => {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== id;
};
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (digits) => Number.parseInt(digits, 16));

const begin = async () => {
  const ask = await startMachine({
    engine: { src: engine, integrity: engineIntegrity },
    module: { src: module, integrity: moduleIntegrity },
  });
  show("reading");
  await readBeginning(ask, ledger);
  await ask("poll", bytes(election), 0);
  show("read");
};

begin().catch((error) => {
  document.getElementById("why").textContent = error.message;
  show("failed");
});
