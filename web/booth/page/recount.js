// "Check the count yourself": the whole audit on the reader's own device.
import { startMachine } from "./machine.js";
import { number, progressOf, readOn, show } from "./reading.js";

const page = document.getElementById("recount");
const { ledger, election } = page.dataset;
const one = (selector) => page.querySelector(selector);

const claim = ({ id, standing, findings, because }) => {
  const row = one(`[data-claim="${id}"]`);
  for (const word of row.querySelectorAll("[data-standing]")) word.hidden = word.dataset.standing !== standing;
  row.classList.toggle("broken", standing === "broken");
  const details = row.querySelector("ul");
  const lines = findings ? findings.listed.slice(0, 20).map(said) : because ? [because] : [];
  details.replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
  details.hidden = lines.length === 0;
};

const said = ({ entry, field, expected, found }) =>
  `${entry === null ? "" : `entry ${entry}, `}${field}: expected ${expected}, found ${found}`;

const figures = (found) => {
  for (const figure of page.querySelectorAll("[data-figure]")) {
    figure.textContent = found ? number.format(found[figure.dataset.figure]) : "–";
  }
  one("#root").textContent = found?.root ?? "–";
};

const results = (contests) => {
  for (const table of page.querySelectorAll("[data-contest]")) {
    table.hidden = true;
    table.nextElementSibling.hidden = false;
  }
  contests.forEach((contest, place) => {
    const table = one(`[data-contest="${place}"]`);
    const proven = contest.result === "totals";
    table.hidden = !proven;
    table.nextElementSibling.hidden = proven;
    for (const [row, project] of (contest.projects ?? []).entries()) {
      const cells = table.querySelectorAll(`[data-project="${row}"] [data-total]`);
      for (const cell of cells) cell.textContent = number.format(project[cell.dataset.total]);
      table.querySelector(`[data-project="${row}"] .tag-won`).hidden = !project.won;
    }
  });
};

const judged = (verdict) => {
  verdict.claims.forEach(claim);
  figures(verdict.figures);
  // The page's names are this poll's, and another poll's numbers are none of theirs.
  results(verdict.figures?.election_id === election ? verdict.results : []);
  one("#ending").textContent = verdict.ending;
  one("#unsigned").hidden = verdict.figures?.signed ?? true;
  show("verdict");
  const outcome = verdict.outcome.replace(" ", "-");
  for (const word of page.querySelectorAll("[data-outcome]")) word.hidden = word.dataset.outcome !== outcome;
  one(`[data-outcome="${outcome}"] h2`).focus();
};

let ask;
// How far the recount is, for who goes on later.
let state;
const audit = async (anew, signal) => {
  const progress = progressOf("reading");
  ask ??= await startMachine(page.dataset);
  if (anew || !state) state = await ask("audit", election);
  const step = (now) => {
    state = now;
    progress.step(now);
  };
  await readOn(ask, ledger, state, { ...progress, signal, step });
  if (signal.aborted) return;
  const verdict = await ask("verdict");
  state = undefined;
  if (!signal.aborted) judged(verdict);
};

let turn = new AbortController();
let broken = false;
const pause = (why) => {
  broken = why === "unreachable";
  for (const words of page.querySelectorAll("[data-paused]")) words.hidden = words.dataset.paused !== why;
  show("paused");
};

// One turn after the other: what a stopped one still has in hand comes first.
let before = Promise.resolve();
const begin = (anew) => {
  broken = false;
  turn = new AbortController();
  const { signal } = turn;
  show("reading");
  const run = async () => {
    if (!signal.aborted) await audit(anew, signal);
  };
  before = before.then(run).catch((error) => {
    if (signal.aborted) return;
    if (error.message.startsWith("unreachable:")) return pause("unreachable");
    one("#why").textContent = error.message;
    show("failed");
  });
};

for (const button of page.querySelectorAll("button.begin")) button.addEventListener("click", () => begin(true));
one("button.go-on").addEventListener("click", () => begin(false));
one("button.stop").addEventListener("click", () => {
  turn.abort();
  pause("stopped");
});
addEventListener("online", () => {
  if (broken) begin(false);
});
page.hidden = false;
document.getElementById("needs").hidden = true;
