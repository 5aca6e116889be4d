// The second device: reads the public record itself, recomputes what the first
// device opened, and shows it (specs/05a-voter.md §5.1).
import { startMachine } from "./machine.js";
import { eachBundle, readBeginning } from "./record.js";
import { byId, failed, fromBase64url, hexBytes, show, takeFragment } from "./show.js";
import { groups, say } from "./words.js";

const { election, ledger } = byId("booth").dataset;
const fragment = takeFragment();
const place = `psephos scanned ${election}`;

// The tracker was scanned before the voter chose to check, or proves nothing.
const scanned = (text) => {
  const tracker = fromBase64url(text);
  if (tracker.length !== 32) throw new Error("this is not a tracker code");
  localStorage.setItem(place, text);
  byId("tracker").textContent = groups(tracker);
  show("scanned");
};

const answers = (contests, choices) => {
  const names = byId("names").content;
  return contests.map(({ id, projects, rules }, contest) => {
    const root = names.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const part = document.createElement("section");
    const heading = document.createElement("h3");
    heading.append(root.querySelector("[data-heading]").cloneNode(true));
    const list = document.createElement(rules.kind === "ranking" ? "ol" : "ul");
    const { projects: chosen, points } = choices[contest];
    for (const [at, project] of chosen.entries()) {
      const line = document.createElement("li");
      const name = root.querySelector(`[data-project="${project}"]`);
      // The name is the page's, the id the public record's.
      line.append(...[...name.childNodes].map((node) => node.cloneNode(true)), ` (${projects[project]})`);
      if (points) line.append(" – ", say("booth-line-points", { points: points[at] }));
      list.append(line);
    }
    const blank = document.createElement("p");
    blank.textContent = say("booth-blank");
    part.append(heading, chosen.length ? list : blank);
    return part;
  });
};

const check = async (style, opening, tracker) => {
  const ask = await startMachine(byId("booth").dataset);
  await readBeginning(ask, ledger);
  const poll = await ask("poll", hexBytes(election), style);
  let choices;
  try {
    choices = await ask("check", opening, tracker);
  } catch (error) {
    byId("bad").textContent = error.message;
    return show("bad");
  }
  let isCast = false;
  await eachBundle(ask, ledger, async (bundle) => {
    isCast ||= await ask("isCastIn", bundle);
  });
  if (isCast) return show("cast");
  byId("answers").replaceChildren(...answers(poll.contests, choices));
  show("good");
};

const begin = async () => {
  const [tracker, opening] = [fragment.get("t"), fragment.get("o")];
  if (tracker) return scanned(tracker);
  if (!opening) return show("start");
  const before = localStorage.getItem(place);
  if (!before) return show("lacking");
  show("reading", { quiet: true });
  await check(Number(fragment.get("s")), fromBase64url(opening), fromBase64url(before));
};

begin().catch(failed);
