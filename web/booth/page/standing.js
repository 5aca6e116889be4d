// What is true of the vote, above every step. "In the box" is said for the
// worker's word "cast" and for nothing else.
import { standing } from "./show.js";
import { moment, now } from "./waiting.js";
import { say } from "./words.js";

/** Says how the voter's last ballot stands; `sends` is when it may leave. */
export const sayStanding = (voter, sends) => {
  if (voter?.stage === "cast") return standing(say("booth-cast"), "cast");
  if (voter?.stage === "handed-in") return standing(say("booth-handed-in"), "waiting");
  if (voter?.stage === "unconfirmed" && sends > now()) return standing(say("booth-not-cast-waits", { time: moment(sends) }), "not-cast");
  standing(say(voter?.earlier ? "booth-not-cast-again" : "booth-not-cast"), "not-cast");
};

/** A choice that was begun after a vote was cast is a new vote. */
export const sayChoosing = (voter) => {
  const again = voter.earlier || voter.stage === "cast" || voter.stage === "handed-in";
  standing(say(again ? "booth-not-cast-again" : "booth-not-cast"), "not-cast");
};
