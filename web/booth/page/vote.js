// The page for voting, step by step (specs/11-web.md §9). Nothing says that a
// vote is cast but a receipt that the worker has verified.
import { makeBallot, summary } from "./ballot.js";
import { followLanguages } from "./languages.js";
import { asLink, fillIn, forgetCodes, typed } from "./letter.js";
import { startMachine } from "./machine.js";
import { NoPass, getPasses } from "./pass.js";
import { eachBundle, readBeginning } from "./record.js";
import { handIn } from "./servers.js";
import { base64url, byId, complain, drawQr, failed, hexBytes, keepFile, show, shown, takeFragment, waitFor } from "./show.js";
import { sayChoosing, sayStanding } from "./standing.js";
import { STALE, fromFile, openStore, toFile } from "./store.js";
import { oneTab } from "./tab.js";
import { countDown, moment, now } from "./waiting.js";
import { groups, say } from "./words.js";

const { election, ledger, check, seed } = byId("booth").dataset;
const fragment = takeFragment();
const store = openStore(election);
const form = byId("ballot");
/** How long a ballot is sent again by itself, in milliseconds. */
const PATIENCE = 20_000;

let ask;
let checkpoint;
let poll;
let voter;
let state;
/** When a ballot may leave this device, in seconds since 1970. */
let sends = 0;
let asked = false;
let ballot;
let isSealed = false;
let isBusy = false;

// --- what is kept ----------------------------------------------------------------

const keep = async (answer, more = {}) => {
  asked = more.asked ?? asked;
  await store.save({ style: poll.style, asked, state: answer.state });
  ({ state, voter } = answer);
  byId("device").hidden = false;
  return answer;
};

const step = (part, { push = true } = {}) => {
  if (push && history.state?.part !== part) history.pushState({ part }, "");
  show(part);
};
const work = async (sentence, doing) => {
  isBusy = true;
  byId("working").textContent = sentence;
  show("working", { quiet: true });
  try {
    return await doing();
  } finally {
    isBusy = false;
  }
};
// What cannot go on here: another tab has, or something unforeseen.
const guarded =
  (action) =>
  async (...values) => {
    try {
      await action(...values);
    } catch (error) {
      isBusy = false;
      if (error.message === STALE) show("elsewhere");
      else fail(error);
    }
  };
const fail = (error) => {
  sayStanding(voter, sends);
  failed(error);
};
const on = (id, event, action) => byId(id).addEventListener(event, guarded(action));

// --- the voting pass -------------------------------------------------------------

const askCode = (complaint, detail) => {
  sayStanding(voter, sends);
  complain("pass-wrong", complaint ?? "", detail);
  byId("asked").hidden = !asked;
  const style = byId("style");
  if (style && voter) style.value = String(poll.style);
  if (style) style.disabled = asked;
  show("pass");
  if (complaint) byId("pass-wrong").focus();
};
const newPass = async () => {
  const { style, codes } = typed();
  const wellFormed = await Promise.all(codes.map((code) => ask("isCode", code)));
  if (!wellFormed.every(Boolean)) return askCode(say("booth-code-mistyped"));
  const { outstanding } = await work(say("booth-passing"), async () => {
    if (!voter || (!asked && poll.style !== style)) {
      poll = await ask("poll", hexBytes(election), style);
      await keep(await ask("newVoter"));
    }
    return voter;
  });
  try {
    await work(say("booth-passing"), () => getPasses(ask, keep, { outstanding, issuers: poll.issuers, codes }));
  } catch (error) {
    if (!(error instanceof NoPass)) throw error;
    const released = error.unasked && outstanding.length === poll.issuers.length;
    if (released) await keep({ state, voter }, { asked: false });
    return askCode(error.message, error.detail);
  }
  forgetCodes();
  await route();
};

const restore = async () => {
  const [chosen] = byId("pass-file").files;
  if (!chosen) return complain("file-wrong", say("booth-file-none"));
  let saved;
  try {
    saved = await fromFile(election, new Uint8Array(await chosen.arrayBuffer()), byId("pass-secret").value);
  } catch {
    return complain("file-wrong", say("booth-file-wrong"));
  }
  byId("pass-secret").value = "";
  await work(say("booth-looking"), async () => {
    poll = await ask("poll", hexBytes(election), saved.style);
    await ask("resume", saved.state);
    // An older copy does not know what was cast since: the record does. The copy
    // is kept here only once it knows too.
    await eachBundle(ask, ledger, (bundle, number) => ask(number ? "lookMore" : "lookBegin", bundle));
    const { look } = await keep(await ask("lookEnd", checkpoint), { asked: true });
    if (look.others > 0 || look.contradicts) complain("look-wrong", say("booth-look-wrong"), look.says);
  });
  await route();
};

// --- choosing --------------------------------------------------------------------

const choose = ({ push = true } = {}) => {
  ballot ??= makeBallot(form, poll.contests, () => complain("choose-wrong", ""));
  ballot.update();
  complain("wait-before", sends > now() ? say("booth-wait-before", { time: moment(sends) }) : "");
  sayChoosing(voter);
  step("choose", { push });
};
const review = ({ push = true } = {}) => {
  const wrong = ballot.update();
  if (wrong.length) {
    complain("choose-wrong", wrong.join(" "));
    show("choose", { quiet: true });
    return byId("choose-wrong").focus();
  }
  byId("summary").replaceChildren(...summary(ballot));
  complain("review-wrong", "");
  sayChoosing(voter);
  step("review", { push });
};
const drop = async () => {
  if (isSealed) await ask("drop");
  isSealed = false;
};

// --- sealing, checking -----------------------------------------------------------

const seal = async () => {
  let sealed;
  try {
    ({ sealed } = await work(say("booth-sealing"), async () => keep(await ask("seal", ballot.choices))));
  } catch (error) {
    if (error.message === STALE) throw error;
    review({ push: false });
    return complain("review-wrong", say("booth-seal-wrong"), error.message);
  }
  isSealed = true;
  byId("tracker").textContent = groups(sealed.tracker);
  await address("tracker", `t=${base64url(sealed.tracker)}`, say("booth-qr-tracker"));
  sayChoosing(voter);
  step("sealed");
};
const qr = async (id, text, name) => drawQr(byId(id), await ask("qr", text), name);
// For the second device: what stands behind `#` goes to no server.
const address = async (what, fragment, name) => {
  const url = `${new URL(check, location.href).href}#${fragment}`;
  byId(`${what}-address`).textContent = url;
  await qr(`${what}-qr`, url, name);
};
const open = async () => {
  const opening = await ask("open");
  isSealed = false;
  await address("opening", `s=${poll.style}&o=${base64url(opening)}`, say("booth-qr-opening"));
  byId("opened-summary").replaceChildren(...summary(ballot));
  step("opened");
};

// --- casting ---------------------------------------------------------------------

const cast = async () => {
  await work(say("booth-proving"), async () => keep(await ask("cast")));
  isSealed = false;
  await deliver();
};
const notCast = (name, detail) => {
  sayStanding(voter, sends);
  complain("unconfirmed-why", say(name), detail);
  step("unconfirmed");
};
// Nobody shall tell by the times which letter a ballot belongs to: it waits first.
const deliver = async () => {
  await findWait();
  if (sends <= now()) return send();
  sayStanding(voter, sends);
  byId("waiting-until").textContent = say("booth-waiting-until", { time: moment(sends) });
  step("waiting");
  if (await countDown(sends)) await deliver();
};
const findWait = async () => {
  const { at } = await keep(await ask("sendsAt", now()));
  sends = at ?? 0;
};
const castNow = async () => {
  await work(say("booth-sending"), async () => keep(await ask("waitNoLonger", now())));
  await deliver();
};
// The same bytes, again and again, until there is a receipt or a refusal.
const send = () =>
  work(say("booth-sending"), async () => {
    sayStanding(voter, sends);
    const begun = Date.now();
    for (;;) {
      const answer = await handIn(poll.ledger, voter.unconfirmed);
      if (answer.given) {
        try {
          await keep(await ask("receive", answer.given));
        } catch (error) {
          if (error.message === STALE) throw error;
          return notCast("booth-false-receipt", error.message);
        }
        return receipt();
      }
      if (answer.refused) {
        await keep(await ask("refused"));
        return refusal(answer);
      }
      if (Date.now() - begun > PATIENCE) return notCast("booth-silent", answer.detail);
      await waitFor(2);
    }
  });
const REFUSALS = new Map(Object.entries({ "not-open": "booth-refused-closed", "no-revoting": "booth-refused-again" }));
const refusal = ({ code, detail } = {}) => {
  sayStanding(voter, sends);
  complain("refused-why", say(REFUSALS.get(code) ?? "booth-refused"), detail);
  step("refused");
};

// --- the receipt -----------------------------------------------------------------

const receipt = async () => {
  sayStanding(voter, sends);
  const isCast = voter.stage === "cast";
  byId("receipt-title").textContent = say(isCast ? "booth-cast" : "booth-handed-in");
  byId("receipt-lead").textContent = say(isCast ? "booth-cast-lead" : "booth-handed-in-lead");
  byId("receipt-tracker").textContent = groups(voter.tracker);
  byId("receipt-index").textContent = String(voter.index);
  byId("again").hidden = !(poll.revoting && voter.free);
  await qr("receipt-qr", voter.receipt, say("booth-qr-receipt"));
  step("receipt");
  if (!isCast) witnesses();
};
// Handed in again from time to time: the answer is a receipt under a later head.
const witnesses = guarded(async () => {
  await waitFor(3);
  while (voter.stage === "handed-in" && shown() === "receipt") {
    const answer = await handIn(poll.ledger, voter.unconfirmed);
    if (answer.given) await ask("receive", answer.given).then(keep, () => undefined);
    if (voter.stage === "cast" && shown() === "receipt") return receipt();
    await waitFor(3);
  }
});

// --- this device -----------------------------------------------------------------

const savePass = async () => {
  const secret = byId("save-secret");
  if (secret.value.length < 10) return complain("save-wrong", say("booth-secret-short"));
  keepFile(await toFile(election, poll.style, state, secret.value), "voting-pass.psephos");
  secret.value = "";
  complain("save-wrong", say("booth-saved"));
};
const forget = async () => {
  await store.forget();
  ballot = undefined;
  isSealed = false;
  voter = undefined;
  leaving = false;
  location.reload();
};

// --- the whole -------------------------------------------------------------------

let leaving = true;
addEventListener("beforeunload", (event) => {
  const begun = isSealed || isBusy || ["waiting", "unconfirmed"].includes(shown()) || (ballot?.isTouched && ["choose", "review"].includes(shown()));
  if (leaving && begun) event.preventDefault();
});
addEventListener(
  "popstate",
  guarded(async ({ state: entry }) => {
    const to = entry?.part;
    const isOver = isBusy || !["choose", "review", "sealed", "opened"].includes(shown());
    if (isOver || !voter) return history.pushState({ part: shown() }, "");
    if (to === "sealed" && isSealed) return show("sealed");
    await drop();
    if (to === "review" || to === "sealed" || to === "opened") return review({ push: false });
    choose({ push: false });
  }),
);

/** Goes on where this voter stands. */
const route = async () => {
  if (!voter || voter.stage === "no-pass") return askCode();
  await findWait();
  ballot ??= makeBallot(form, poll.contests, () => complain("choose-wrong", ""));
  if (await resumed()) return undefined;
  if (voter.stage === "not-cast") return choose();
  if (voter.stage === "unconfirmed") return deliver();
  if (voter.stage === "refused") return refusal();
  return receipt();
};

// What was entered on the page in another language.
const resumed = async () => {
  const kept = await store.take();
  if (!kept || !voter.free) return false;
  ballot.enter(kept.entered);
  choose();
  if (kept.part !== "choose") review();
  return true;
};
// A sealed ballot is not kept: it is sealed anew from the same choice.
const leaveFor = async (url) => {
  const part = shown();
  if (isBusy) return;
  url.searchParams.set("seed", seed);
  if (part === "pass") url.hash = asLink();
  const isChoosing = ["choose", "review", "sealed", "opened"].includes(part);
  // What cannot be held is warned of by the browser, as on any way out.
  leaving = isChoosing && !(await store.hold({ part, entered: ballot.entered }).then(() => true, () => false));
};

const begin = guarded(async () => {
  isSealed = false;
  isBusy = false;
  leaving = true;
  show("reading", { quiet: true });
  ask = await startMachine(byId("booth").dataset);
  checkpoint = await readBeginning(ask, ledger);
  const saved = await store.load();
  poll = await ask("poll", hexBytes(election), saved?.style ?? 0);
  if (saved) await keep(await ask("resume", saved.state), saved);
  fillIn(fragment);
  await route();
});

const lock = oneTab(`psephos ${election}`, {
  begin,
  elsewhere: ({ taken = false } = {}) => {
    leaving &&= !taken;
    show("elsewhere");
  },
});

byId("pass-form").addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(newPass)();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(review)();
});
on("restore", "click", restore);
on("change", "click", () => choose());
on("seal", "click", seal);
on("cast", "click", cast);
on("check", "click", open);
on("seal-again", "click", () => review());
on("cast-now", "click", castNow);
on("send-again", "click", deliver);
on("refused-again", "click", () => choose());
on("again", "click", () => choose());
on("keep-receipt", "click", () => keepFile(new Blob([voter.receipt], { type: "text/plain" }), "receipt.txt"));
on("print", "click", () => print());
on("save-pass", "click", savePass);
on("forget", "click", forget);
followLanguages(leaveFor);
byId("here").addEventListener("click", () => lock({ steal: true }));
if (fragment.get("poll") && fragment.get("poll") !== election) fail(new Error("your link is of another poll than this page: do not vote here, and report it"));
else lock({ ifAvailable: true });
