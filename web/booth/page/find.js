// "Find my ballot": looks a receipt up. Neither the receipt nor anything that
// depends on it leaves the device.
import { startMachine } from "./machine.js";
import { meaning, progressOf, readOn, show } from "./reading.js";
import { fromBase64url, takeFragment } from "./show.js";

// Out of the address before anything else is done.
const linked = takeFragment().get("r");
const page = document.getElementById("find");
const { ledger, election } = page.dataset;
const LOST = ["missing", "too-large", "no-receipt", "other-election", "foreign", "not-signed", "unproven", "unreachable"];

const field = (id) => document.getElementById(id);
const receipt = async () => {
  const [chosen] = field("receipt-file").files;
  if (chosen) return new Uint8Array(await chosen.arrayBuffer());
  // Pasted text ends as the saved file does.
  const text = field("receipt-text").value.replaceAll("\r\n", "\n").trim();
  return new TextEncoder().encode(`${text}\n`);
};

const offer = (evidence) => {
  const file = new Blob([`${JSON.stringify(evidence, null, 2)}\n`], { type: "application/json" });
  const address = URL.createObjectURL(file);
  for (const link of document.querySelectorAll("a.proof")) link.href = address;
};

const NAMES = { "no-ballot": "entry", "not-looked": "kept" };
const shown = (found) => {
  if (found.evidence) offer(found.evidence);
  if (found.found === "unknown") return found.because;
  if (found.found === "kept") return NAMES[found.counts] ?? found.counts;
  return found.found;
};

let ask;
let turn = new AbortController();
const look = async (signal) => {
  show("reading");
  const progress = progressOf("reading");
  ask ??= await startMachine(page.dataset);
  const begun = await ask("find", await receipt(), election);
  await readOn(ask, ledger, begun, { signal, ...progress });
  if (!signal.aborted) show(shown(await ask("found")));
};

field("receipt-form").addEventListener("submit", (event) => {
  event.preventDefault();
  turn = new AbortController();
  const { signal } = turn;
  look(signal).catch((error) => {
    if (signal.aborted) return;
    page.dataset.why = error.message;
    show(meaning(error, LOST));
  });
});
page.querySelector("button.stop").addEventListener("click", () => {
  turn.abort();
  show("ask");
});
for (const again of document.querySelectorAll("button.again")) again.addEventListener("click", () => show("ask"));

// What was handed over last is looked up.
field("receipt-text").addEventListener("input", () => {
  field("receipt-file").value = "";
});
field("receipt-file").addEventListener("change", () => {
  field("receipt-text").value = "";
});

// A receipt behind the `#` of a link, which no server gets.
const fillIn = (text) => {
  try {
    field("receipt-text").value = new TextDecoder().decode(fromBase64url(text));
    field("filled").hidden = false;
  } catch {
    show("no-receipt");
  }
};

page.hidden = false;
field("needs").hidden = true;
if (linked) fillIn(linked);
