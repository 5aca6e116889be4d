// How a voter's device talks to issuers and to the ballot box. What it says,
// and what it believes of the answers, is the worker's.

const LONGEST_ANSWER = 32_768;
const LONGEST_LIST = 1_048_576;
const PATIENCE = 60_000;
const KINDLY = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };

const limited = async (answer, most) => {
  const parts = [];
  let length = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    length += value.length;
    if (length > most) throw new Error("the answer is longer than any answer may be");
    parts.push(value);
  }
};

const problem = (bytes) => {
  try {
    const { type, detail } = JSON.parse(new TextDecoder().decode(bytes));
    return { code: String(type).replace("urn:psephos:problem:", ""), detail: String(detail) };
  } catch {
    return { code: "", detail: "" };
  }
};

// `given`: bytes that are not verified yet. `refused`: it does not take it.
// `unknown`: nothing is known, the same is sent again.
const send = async (url, options, most = LONGEST_ANSWER) => {
  let answer;
  let bytes;
  try {
    answer = await fetch(url, { ...KINDLY, ...options, signal: AbortSignal.timeout(PATIENCE) });
    bytes = await limited(answer, most);
  } catch (error) {
    return { unknown: true, detail: error.message, code: "silent" };
  }
  if (answer.status === 200) return { given: bytes };
  const refused = answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status);
  return { refused, unknown: !refused, status: answer.status, ...problem(bytes) };
};

const place = (url) => url.replace(/\/$/, "");

/** The keys that an issuer serves (RFC 9578 §4). */
export const servedKeys = async (issuer) => {
  const answer = await send(`${place(issuer)}/.well-known/private-token-issuer-directory`, {}, LONGEST_LIST);
  if (!answer.given) return answer;
  try {
    const { "token-keys": keys } = JSON.parse(new TextDecoder().decode(answer.given));
    return { keys: keys.map((key) => String(key["token-key"])) };
  } catch (error) {
    return { unknown: true, detail: error.message, code: "silent" };
  }
};

/** Asks an issuer for a voting pass, with the code of the letter. */
export const askForPass = (issuer, request, code) =>
  send(`${place(issuer)}/token-request`, {
    method: "POST",
    headers: { "content-type": "application/private-token-request", authorization: `Bearer ${code}` },
    body: request,
  });

/** Hands a ballot in. */
export const handIn = (ledger, ballot) =>
  send(`${place(ledger)}/ballots`, { method: "POST", headers: { "content-type": "application/cbor" }, body: ballot });
