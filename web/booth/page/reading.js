// Reads whatever the observer asks for, patiently, and says how far it is.
import { file } from "./record.js";
import { waitFor } from "./show.js";

/** Seconds. */
const PAUSES = [0.25, 0.5, 1, 2, 4];

// What breaks off is asked for again.
const patiently = async (ledger, path, { signal, trying }) => {
  for (const pause of [...PAUSES, undefined]) {
    try {
      const bytes = await file(ledger, path);
      trying(false);
      return bytes;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (pause === undefined) throw new Error(`unreachable: ${error.message}`);
      trying(true);
      await waitFor(pause);
    }
  }
};

/**
 * Reads on from a state until nothing is wanted any more, or the signal stops
 * it; `step` is told of every state. Whoever keeps the last one can go on from it.
 */
export const readOn = async (ask, ledger, begun, { signal, step, trying }) => {
  let state = begun;
  step(state);
  while (state.wants !== undefined) {
    const bytes = await patiently(ledger, state.wants, { signal, trying });
    if (signal.aborted) return;
    state = await ask("take", bytes);
    step(state);
  }
};

/** Shows one part of a page, and leads the reader there. */
export const show = (name) => {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
  const part = document.querySelector(`[data-part="${name}"]`);
  const heading = part.querySelector("h2");
  heading?.setAttribute("tabindex", "-1");
  (heading ?? part.querySelector("input, button"))?.focus();
};

const language = `${document.documentElement.lang}-u-nu-latn`;
/** Numbers as the reader writes them. */
export const number = new Intl.NumberFormat(language);
const lasting = (amount, unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);

// Nobody wants to know it to the second.
const roughly = (seconds) =>
  seconds < 90 ? lasting(5 * Math.max(1, Math.ceil(seconds / 5)), "second") : lasting(Math.ceil(seconds / 60), "minute");

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Milliseconds after which it can be said how long it will take. */
const TELLING = 2_000;

/** Tells how far a part's reading is: as a bar, in words, and aloud at every quarter. */
export const progressOf = (name) => {
  const part = document.querySelector(`[data-part="${name}"]`);
  const [bar, pace, aloud, again] = ["progress", ".pace", ".aloud", ".again-soon"].map((place) => part.querySelector(place));
  const begun = performance.now();
  let first;
  let said = 0;
  bar.removeAttribute("value");
  for (const words of [pace, aloud, again]) words.textContent = "";
  return {
    step: ({ done, of }) => {
      if (of === 0) return;
      first ??= done;
      bar.max = of;
      bar.value = done;
      const spent = performance.now() - begun;
      const words = [filled(pace.dataset.step, { done: number.format(done), of: number.format(of) })];
      if (first < done && done < of && spent > TELLING) {
        const seconds = (((of - done) / (done - first)) * spent) / 1_000;
        words.push(filled(pace.dataset.left, { time: roughly(seconds) }));
      }
      pace.textContent = words.join(" ");
      const quarter = Math.floor((4 * done) / of);
      if (quarter > said) aloud.textContent = pace.textContent;
      said = quarter;
    },
    trying: (isTrying) => {
      again.textContent = isTrying ? again.dataset.says : "";
    },
  };
};

/** What an error means: the word before its colon, if the page has words for it. */
export const meaning = (error, known) => {
  const [word] = error.message.split(":");
  return known.includes(word) ? word : "unproven";
};
