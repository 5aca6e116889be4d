// "Find my ballot": looks a receipt up. Neither the receipt nor anything that
// depends on it leaves the device.
import { meaning, progressOf, readAll, show, startObserver } from "./reading.js";

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
const look = async () => {
  show("reading");
  ask ??= await startObserver(page.dataset);
  const begun = await ask("find", await receipt(), election);
  await readAll(ask, ledger, begun, progressOf("reading"));
  show(shown(await ask("found")));
};

field("receipt-form").addEventListener("submit", (event) => {
  event.preventDefault();
  look().catch((error) => {
    page.dataset.why = error.message;
    show(meaning(error, LOST));
  });
});
for (const again of document.querySelectorAll("button.again")) again.addEventListener("click", () => show("ask"));
page.hidden = false;
field("needs").hidden = true;
