// Gets one token of type 0x0002 with @cloudflare/privacypass-ts:
//   node get-token.mjs ISSUER-URL ACTIVATION-CODE CHALLENGE-HEX
// Looks for the key in the issuer's directory (RFC 9578 §4) by the challenge's
// origin, and prints the token in hex.
import { TokenChallenge, publicVerif } from '@cloudflare/privacypass-ts';

const [url, code, challengeHex] = process.argv.slice(2);
const challenge = TokenChallenge.deserialize(Uint8Array.from(Buffer.from(challengeHex, 'hex')));
const directory = await (await fetch(`${url}/.well-known/private-token-issuer-directory`)).json();
const style = challenge.originInfo[0];
const entry = directory['token-keys'].find((key) => key.style === style && key['token-type'] === 2);
const key = Uint8Array.from(Buffer.from(entry['token-key'], 'base64url'));

const client = new publicVerif.Client(publicVerif.BlindRSAMode.PSS);
const request = await client.createTokenRequest(challenge, key);
const response = await fetch(new URL(directory['issuer-request-uri'], url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/private-token-request', Authorization: `Bearer ${code}` },
    body: request.serialize(),
});
if (response.status !== 200) {
    throw new Error(`${response.status}: ${await response.text()}`);
}
const answer = client.deserializeTokenResponse(new Uint8Array(await response.arrayBuffer()));
const token = await client.finalize(answer);
console.log(Buffer.from(token.serialize()).toString('hex'));
