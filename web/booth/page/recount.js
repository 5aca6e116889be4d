// "Check the count yourself": the whole audit on the reader's own device.
import { progressOf, readAll, show, startObserver } from "./reading.js";

const page = document.getElementById("recount");
const { ledger, election } = page.dataset;
const number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
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
  for (const table of page.querySelectorAll("[data-contest]")) table.hidden = true;
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

let ask;
const audit = async () => {
  show("reading");
  ask ??= await startObserver(page.dataset);
  await readAll(ask, ledger, await ask("audit", election), progressOf("reading"));
  const verdict = await ask("verdict");
  verdict.claims.forEach(claim);
  figures(verdict.figures);
  results(verdict.results);
  show("verdict");
  const outcome = verdict.outcome.replace(" ", "-");
  for (const word of page.querySelectorAll("[data-outcome]")) word.hidden = word.dataset.outcome !== outcome;
  one(`[data-outcome="${outcome}"] h2`).focus();
};

for (const button of page.querySelectorAll("button.begin"))
  button.addEventListener("click", () => {
    audit().catch((error) => {
      one("#why").textContent = error.message;
      show("failed");
    });
  });
page.hidden = false;
document.getElementById("needs").hidden = true;
