// Reads whatever the observer asks for, patiently, and says how far it is.
import { startMachine } from "./machine.js";
import { file } from "./record.js";

const PAUSES = [250, 500, 1_000, 2_000, 4_000];

const patiently = async (ledger, path) => {
  for (const pause of PAUSES) {
    try {
      return await file(ledger, path);
    } catch {
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  try {
    return await file(ledger, path);
  } catch (error) {
    throw new Error(`unreachable: ${error.message}`);
  }
};

/** Starts the observer that the page names. */
export const startObserver = ({ engine, engineIntegrity, module, moduleIntegrity }) =>
  startMachine({
    engine: { src: engine, integrity: engineIntegrity },
    module: { src: module, integrity: moduleIntegrity },
  });

/** Reads until nothing is wanted any more; `step` is told of every file. */
export const readAll = async (ask, ledger, begun, step) => {
  let state = begun;
  step(state);
  while (state.wants !== undefined) {
    state = await ask("take", await patiently(ledger, state.wants));
    step(state);
  }
};

/** Shows one part of a page, and leads the reader there. */
export const show = (name) => {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
  const heading = document.querySelector(`[data-part="${name}"] h2`);
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
};

const bar = (part) => document.querySelector(`[data-part="${part}"] progress`);

/** Fills the bar of a part; said aloud at every quarter. */
export const progressOf = (part) => {
  let said = 0;
  return ({ done, of }) => {
    if (of === 0) return;
    const progress = bar(part);
    progress.max = of;
    progress.value = done;
    const quarter = Math.floor((4 * done) / of);
    if (quarter === said) return;
    said = quarter;
    const percent = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { style: "percent" });
    document.querySelector(`[data-part="${part}"] [role="status"]`).textContent = percent.format(quarter / 4);
  };
};

/** What an error means: the word before its colon, if the page has words for it. */
export const meaning = (error, known) => {
  const [word] = error.message.split(":");
  return known.includes(word) ? word : "unproven";
};
