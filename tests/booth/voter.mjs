// Votes in WebAssembly: node voter.mjs BOOTH. Whatever servers answer comes from
// the test that runs this: one JSON question a line out, one answer a line in.
// The last question is `done`, with what went wrong.
import { createInterface } from "node:readline";
import { bytes, hex, load } from "../../web/booth/node.mjs";

const booth = await load(process.argv[2]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const failures = [];
const utf8 = (text) => new TextEncoder().encode(text);

async function ask(ask, more = {}) {
  process.stdout.write(`${JSON.stringify({ ask, ...more })}\n`);
  return JSON.parse((await lines.next()).value);
}

function expect(what, found, expected) {
  if (found !== expected) failures.push(`${what} is ${found}, not ${expected}`);
}

function refused(what, says, action) {
  try {
    action();
    failures.push(`${what} is not refused`);
  } catch (error) {
    if (!error.message.includes(says)) failures.push(`${what}: ${error.message}`);
  }
}

const crash = (poll, voter) => booth.Voter.resume(poll, voter.save());
const ledger = async () => {
  const { link, bundle, checkpoint } = await ask("ledger");
  return { link: bytes(link), bundle: bytes(bundle), checkpoint: utf8(checkpoint) };
};

async function readPoll() {
  const { link, bundle, checkpoint } = await ledger();
  const poll = (id, style) => new booth.Poll(id, bundle, checkpoint, new Uint8Array(), style);
  refused("another election's link", "another election", () => poll(link.map((byte) => byte ^ 1), 1));
  refused("a style that is not there", "no ballot style 9", () => poll(link, 9));
  return poll(link, 1);
}

async function fetchPass(poll, voter, issuer) {
  const keys = await ask("keys", { issuer });
  const others = await ask("keys", { issuer: 1 - issuer });
  refused("g5: a key of one's own", "not in the public record", () => voter.request(issuer, others));
  const request = voter.request(issuer, keys);
  expect("the request after a crash", hex(crash(poll, voter).request(issuer, keys)), hex(request));
  const answer = bytes(await ask("issue", { issuer, request: hex(request) }));
  refused("g14: a marked pass", "not a valid signature", () => voter.answer(issuer, answer.with(9, answer[9] ^ 1)));
  voter.answer(issuer, answer);
  expect("a request for a pass that is there", voter.request(issuer, keys), undefined);
}

function choices(...parks) {
  const choices = new booth.Choices();
  choices.projects(Uint32Array.from(parks));
  choices.points(Uint32Array.of(0, 2), BigInt64Array.of(5n, 1n));
  return choices;
}

function check(poll, voter) {
  refused("three parks", "parks: names 3 projects", () => voter.choose(choices(0, 1, 2)));
  const draft = voter.choose(choices(1));
  const scanned = draft.trackerBytes();
  expect("the tracker's groups", draft.tracker().split(" ").length, 16);
  const opening = draft.open();
  refused("casting an opened ballot", "", () => voter.cast(draft));
  const checked = new booth.CheckedOpening(poll, opening, scanned);
  expect("the checked parks", checked.projects(0).join(), "1");
  expect("the checked points", checked.points(1).join(), "5,1");
  const other = scanned.with(0, scanned[0] ^ 1);
  refused("another tracker", "sealed something else", () => new booth.CheckedOpening(poll, opening, other));
  return checked;
}

async function cast(poll, voter) {
  const ballot = voter.cast(voter.choose(choices(0, 2)));
  const late = await ask("cast", { ballot: hex(ballot) });
  // The answer is lost, the page is closed.
  voter = crash(poll, voter);
  expect("the stage", voter.stage.startsWith("Not cast yet."), true);
  expect("what is sent again", hex(voter.unconfirmed), hex(ballot));
  refused("a second ballot", "no receipt yet", () => voter.choose(choices(1)));
  refused("h5: a receipt of the manifest", "not for the ballot", () => voter.receive(utf8(late.manifest)));
  refused("h5: any other answer", "not a receipt", () => voter.receive(utf8("accepted")));
  expect("receipted", voter.isReceipted, false);
  const { receipt } = await ask("cast", { ballot: hex(voter.unconfirmed) });
  expect("the words", voter.receive(utf8(receipt)), "Your vote is in the ballot box.");
  expect("receipted", voter.isReceipted, true);
  expect("the kept receipt", voter.receipt, receipt);
  return voter;
}

async function look(voter, checked, poll) {
  const { proof } = await ask("consistency", { receipt: voter.receipt });
  const { bundle, checkpoint } = await ledger();
  voter.follow(checkpoint, bytes(proof));
  refused("a proof cut short", "changed after your receipt", () => voter.follow(checkpoint, bytes(proof).slice(32)));
  const status = voter.status(new booth.Reading(voter, bundle), checkpoint);
  expect("ballots recorded", status.recorded, 1);
  expect("ballots by others", status.byOthers, 0);
  expect("a contradiction", status.contradictsReceipt, false);
  expect("the ballot that counts", status.text.includes("A ballot of this device counts"), true);
  for (const entry of await ask("entries")) expect("the opened ballot on the ledger", checked.isCastAs(poll, bytes(entry)), false);
}

const poll = await readPoll();
expect("the phase", poll.phase, "open");
expect("the contests", poll.contests.join(), "parks,roads");
expect("the projects", poll.projects(0).join(), "pond,trees,slide");
expect("the issuers", poll.issuers.length, 2);
let voter = booth.Voter.begin(poll);
for (const issuer of voter.outstanding) await fetchPass(poll, voter, issuer);
voter = crash(poll, voter);
const checked = check(poll, voter);
voter = await cast(poll, voter);
await look(voter, checked, poll);
await ask("done", { failures });
process.exit(0);
