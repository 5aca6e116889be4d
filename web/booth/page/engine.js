// Runs the booth's module in a worker, so that sealing never makes the page
// stand still. It has no network and no storage: the page asks, this answers.
import init, { Beginning } from "./booth.js";

let beginning;
let poll;

const describe = () => ({
  phase: poll.phase,
  revoting: poll.revoting,
  witnesses: poll.hasWitnesses,
  issuers: poll.issuers,
  ledger: poll.ledger,
  contests: poll.contests.map((id, contest) => ({ id, projects: poll.projects(contest) })),
});

const ANSWERS = {
  start: async (module) => {
    await init({ module_or_path: module });
  },
  begin: (checkpoint) => {
    beginning = new Beginning(checkpoint);
    return beginning.wanted();
  },
  take: (path, bytes) => {
    beginning.take(path, bytes);
    return beginning.wanted();
  },
  styles: () => beginning.styles,
  poll: (link, style) => {
    poll = beginning.poll(link, style);
    return describe();
  },
};

// One after the other, in the order they came.
let before = Promise.resolve();
self.onmessage = ({ data: { number, name, values } }) => {
  before = before.then(async () => {
    try {
      self.postMessage({ number, result: await ANSWERS[name](...values) });
    } catch (error) {
      self.postMessage({ number, error: String(error?.message ?? error) });
    }
  });
};
