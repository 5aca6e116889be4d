// Runs the booth's module in a worker, so that sealing never makes the page
// stand still. It has no network and no storage: the page asks, this answers.
// Whatever changes the voter's state answers with the state to store.
import { answerBy } from "./answering.js";
import init, {
  Beginning,
  CheckedOpening,
  Choices,
  Reading,
  Voter,
  isCode,
  qr,
} from "./booth.js";

let beginning;
let poll;
let voter;
let draft;
let reading;
let checked;

const rulesOf = (contest) => {
  const rules = poll.rules(contest);
  const limit = (_, place) => ({
    projects: [...rules.limitProjects(place)],
    isCost: rules.limitIsCost(place),
    range: [...rules.limitRange(place)],
  });
  return {
    kind: rules.kind,
    lengths: [...rules.lengths],
    spending: [...rules.spending],
    points: [...rules.points].map(Number),
    costs: [...rules.costs],
    limits: Array.from({ length: rules.limits }, limit),
  };
};
const describe = () => ({
  phase: poll.phase,
  style: poll.style,
  revoting: poll.revoting,
  witnesses: poll.hasWitnesses,
  issuers: poll.issuers,
  issuerNames: poll.issuerNames,
  ledger: poll.ledger,
  contests: poll.contests.map((id, contest) => ({ id, projects: poll.projects(contest), rules: rulesOf(contest) })),
});
const standing = () => ({
  stage: voter.stageName,
  says: voter.stage,
  outstanding: [...voter.outstanding],
  earlier: voter.hasEarlier,
  free: voter.isFree,
  tracker: voter.tracker,
  index: voter.index,
  receipt: voter.receiptFile,
  unconfirmed: voter.unconfirmed,
});
// The state goes with everything that may change it: it is stored before anything is sent.
const stored = (more) => ({ ...more, voter: standing(), state: voter.save() });
// With all passes the voter chooses next: time to make sealing fast.
let isWarm = false;
const warmUp = () => {
  if (isWarm || voter.outstanding.length > 0) return;
  isWarm = true;
  setTimeout(() => poll.warmUp(), 0);
};
const choicesOf = (list) => {
  const choices = new Choices();
  for (const { projects, points, isRanking } of list) {
    if (points) choices.points(Uint32Array.from(projects), BigInt64Array.from(points, BigInt));
    else if (isRanking) choices.ranking(Uint32Array.from(projects));
    else choices.projects(Uint32Array.from(projects));
  }
  return choices;
};

answerBy({
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
  bundle: (number) => beginning.bundle(number),
  styles: () => beginning.styles,
  poll: (link, style) => {
    poll = beginning.poll(link, style);
    return describe();
  },
  isCode: (text) => isCode(text),
  qr: (text) => qr(text),
  newVoter: () => {
    voter = Voter.begin(poll);
    return stored();
  },
  resume: (state) => {
    voter = Voter.resume(poll, state);
    warmUp();
    return stored();
  },
  request: (issuer, keys) => stored({ request: voter.request(issuer, keys) }),
  pass: (issuer, answer) => {
    voter.answer(issuer, answer);
    warmUp();
    return stored();
  },
  sendsAt: (now) => stored({ at: voter.sendsAt(now) }),
  waitNoLonger: (now) => {
    voter.waitNoLonger(now);
    return stored();
  },
  seal: (list) => {
    draft = voter.choose(choicesOf(list));
    return stored({ sealed: { tracker: draft.trackerBytes() } });
  },
  open: () => {
    const opened = draft.open();
    draft = undefined;
    return opened;
  },
  drop: () => {
    draft = undefined;
  },
  cast: () => {
    const sealed = draft;
    draft = undefined;
    return stored({ ballot: voter.cast(sealed) });
  },
  receive: (answer) => {
    voter.receive(answer);
    return stored();
  },
  refused: () => {
    voter.refused();
    return stored();
  },
  lookBegin: (bundle) => {
    reading = new Reading(voter, bundle);
  },
  lookMore: (bundle) => reading.bundle(bundle),
  lookEnd: (checkpoint) => {
    const status = voter.status(reading, checkpoint);
    reading = undefined;
    return stored({
      look: { recorded: status.recorded, others: status.byOthers, contradicts: status.contradictsReceipt, says: status.text },
    });
  },
  check: (opening, tracker) => {
    checked = new CheckedOpening(poll, opening, tracker);
    return poll.contests.map((_, contest) => ({
      projects: [...checked.projects(contest)],
      points: checked.points(contest) && [...checked.points(contest)].map(Number),
    }));
  },
  isCastIn: (bundle) => checked.isCastIn(poll, bundle),
});
