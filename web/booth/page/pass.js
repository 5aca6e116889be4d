// Gets the voting pass: the letter's code goes to the issuers, and to nobody
// else. The request is stored before it is sent, and only ever this one is sent.
import { say } from "./words.js";
import { askForPass, servedKeys } from "./servers.js";

/** Why there is no pass: what to say, and what the server or the worker said. */
export class NoPass extends Error {
  constructor(name, detail, { unasked = false } = {}) {
    super(say(name));
    this.detail = detail ?? "";
    // Whether every issuer says that it has issued nothing.
    this.unasked = unasked;
  }
}

const REFUSALS = new Map(Object.entries({
  unauthorised: "booth-code-unknown",
  "other-style": "booth-code-style",
  "already-issued": "booth-code-used",
  closed: "booth-code-closed",
  "not-yet": "booth-code-early",
}));

/** Asks every issuer whose pass is missing. `keep` stores what the worker answers. */
export const getPasses = async (ask, keep, { outstanding, issuers, codes }) => {
  let first = true;
  for (const issuer of outstanding) {
    const { keys, detail } = await servedKeys(issuers[issuer]);
    if (!keys) throw new NoPass("booth-issuer-silent", detail, { unasked: first });
    let made;
    try {
      made = await ask("request", issuer, keys);
    } catch (error) {
      throw new NoPass("booth-issuer-keys", error.message, { unasked: first });
    }
    await keep(made, { asked: true });
    const answer = await askForPass(issuers[issuer], made.request, codes[issuer]);
    if (answer.given) {
      let passed;
      try {
        passed = await ask("pass", issuer, answer.given);
      } catch (error) {
        throw new NoPass("booth-issuer-false", error.message);
      }
      await keep(passed);
    } else if (answer.refused) {
      const unasked = first && ["unauthorised", "other-style", "closed"].includes(answer.code);
      throw new NoPass(REFUSALS.get(answer.code) ?? "booth-code-refused", answer.detail, { unasked });
    } else {
      throw new NoPass(REFUSALS.get(answer.code) ?? "booth-issuer-silent", answer.detail);
    }
    first = false;
  }
};
