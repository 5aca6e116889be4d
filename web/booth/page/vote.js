// The page for voting, step by step (specs/11-web.md §9). Nothing says that a
// vote is cast but a receipt that the worker has verified.
import { makeBallot, summary } from "./ballot.js";
import { startMachine } from "./machine.js";
import { NoPass, getPasses } from "./pass.js";
import { eachBundle, readBeginning } from "./record.js";
import { handIn } from "./servers.js";
import {
  base64url,
  byId,
  complain,
  drawQr,
  failed,
  hexBytes,
  keepFile,
  show,
  shown,
  standing,
  takeFragment,
  waitFor,
} from "./show.js";
import { STALE, fromFile, openStore, toFile } from "./store.js";
import { groups, say } from "./words.js";

const { election, ledger, engine, engineIntegrity, module, moduleIntegrity, check } = byId("booth").dataset;
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

const sayStanding = () => {
  if (voter?.stage === "cast") return standing(say("booth-cast"), "cast");
  if (voter?.stage === "handed-in") return standing(say("booth-handed-in"), "waiting");
  standing(say(voter?.earlier ? "booth-not-cast-again" : "booth-not-cast"), "not-cast");
};
// A choice that was begun after a vote was cast is a new vote.
const sayChoosing = () => {
  const again = voter.earlier || voter.stage === "cast" || voter.stage === "handed-in";
  standing(say(again ? "booth-not-cast-again" : "booth-not-cast"), "not-cast");
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
  sayStanding();
  failed(error);
};
const on = (id, event, action) => byId(id).addEventListener(event, guarded(action));

// --- the voting pass -------------------------------------------------------------

const codeFields = () => [...document.querySelectorAll("[data-code]")];
const askCode = (complaint, detail) => {
  sayStanding();
  complain("pass-wrong", complaint ?? "", detail);
  byId("asked").hidden = !asked;
  const style = byId("style");
  if (style && voter) style.value = String(poll.style);
  if (style) style.disabled = asked;
  show("pass");
  if (complaint) byId("pass-wrong").focus();
};
const newPass = async () => {
  const style = Number(byId("style")?.value ?? 0);
  const codes = codeFields().map((field) => field.value.trim());
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
  for (const field of codeFields()) field.value = "";
  choose();
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
  route();
};

// --- choosing --------------------------------------------------------------------

const choose = ({ push = true } = {}) => {
  ballot ??= makeBallot(form, poll.contests, () => complain("choose-wrong", ""));
  ballot.update();
  sayChoosing();
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
  sayChoosing();
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
  sayChoosing();
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
  sayStanding();
  complain("unconfirmed-why", say(name), detail);
  step("unconfirmed");
};
// The same bytes, again and again, until there is a receipt or a refusal.
const deliver = () =>
  work(say("booth-sending"), async () => {
    sayStanding();
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
  sayStanding();
  complain("refused-why", say(REFUSALS.get(code) ?? "booth-refused"), detail);
  step("refused");
};

// --- the receipt -----------------------------------------------------------------

const receipt = async () => {
  sayStanding();
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
const keepReceipt = () => keepFile(new Blob([voter.receipt], { type: "text/plain" }), "receipt.txt");

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
  const begun = isSealed || isBusy || shown() === "unconfirmed" || (ballot?.isTouched && ["choose", "review"].includes(shown()));
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
const route = () => {
  if (!voter || voter.stage === "no-pass") return askCode();
  if (voter.stage === "not-cast") return choose();
  ballot ??= makeBallot(form, poll.contests, () => complain("choose-wrong", ""));
  if (voter.stage === "unconfirmed") return deliver();
  if (voter.stage === "refused") return refusal();
  return receipt();
};

const begin = guarded(async () => {
  isSealed = false;
  isBusy = false;
  leaving = true;
  show("reading", { quiet: true });
  ask = await startMachine({
    engine: { src: engine, integrity: engineIntegrity },
    module: { src: module, integrity: moduleIntegrity },
  });
  checkpoint = await readBeginning(ask, ledger);
  const saved = await store.load();
  poll = await ask("poll", hexBytes(election), saved?.style ?? 0);
  if (saved) await keep(await ask("resume", saved.state), saved);
  const codes = fragment.getAll("code");
  codeFields().forEach((field, place) => {
    field.value = codes[place] ?? "";
  });
  const named = [...(byId("style")?.options ?? [])].find((option) => option.textContent === fragment.get("style"));
  if (named) named.selected = true;
  await route();
});

// One tab at a time has this vote; another can take it over.
const lock = (options) =>
  navigator.locks
    .request(`psephos ${election}`, options, async (held) => {
      if (!held) return show("elsewhere");
      await begin();
      await new Promise(() => {});
    })
    .catch(() => {
      leaving = false;
      show("elsewhere");
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
on("send-again", "click", deliver);
on("refused-again", "click", () => choose());
on("again", "click", () => choose());
on("keep-receipt", "click", keepReceipt);
on("print", "click", () => print());
on("save-pass", "click", savePass);
on("forget", "click", forget);
byId("here").addEventListener("click", () => lock({ steal: true }));
if (fragment.get("poll") && fragment.get("poll") !== election) fail(new Error("your link is of another poll than this page: do not vote here, and report it"));
else lock({ ifAvailable: true });
