// What stays on this device: one voter's state per poll, encrypted with a key
// that no script can read out, in IndexedDB. A state is written whole, and only
// by the tab that read the one before it.

const opened = () =>
  new Promise((done, failed) => {
    const request = indexedDB.open("psephos", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("polls");
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

const within = async (mode, work) => {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction("polls", mode, { durability: "strict" });
      let result;
      transaction.oncomplete = () => done(result);
      transaction.onabort = () => failed(transaction.error ?? new Error(STALE));
      work(transaction.objectStore("polls"), (value) => (result = value), transaction);
    });
  } finally {
    database.close();
  }
};

/** What is said when another tab has gone on. */
export const STALE = "another tab has gone on with this vote";

/** How long entries wait for the page in another language, in milliseconds. */
const SOON = 60_000;

const sealing = (iv, place) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) });

/** The place of one poll's state on this device. */
export const openStore = (election) => {
  let key;
  let serial = 0;
  const load = async () => {
    const record = await within("readonly", (polls, give) => {
      polls.get(election).onsuccess = ({ target }) => give(target.result);
    });
    if (!record) return undefined;
    ({ key, serial } = record);
    const plain = await crypto.subtle.decrypt(sealing(record.iv, election), key, record.sealed);
    const bytes = new Uint8Array(plain);
    return { style: new DataView(plain).getUint32(0), asked: bytes[4] === 1, state: bytes.slice(5) };
  };
  const save = async ({ style, asked, state }) => {
    key ??= await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const plain = new Uint8Array(5 + state.length);
    new DataView(plain.buffer).setUint32(0, style);
    plain[4] = asked ? 1 : 0;
    plain.set(state, 5);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(sealing(iv, election), key, plain);
    plain.fill(0);
    await within("readwrite", (polls, _, transaction) => {
      polls.get(election).onsuccess = ({ target }) => {
        if ((target.result?.serial ?? 0) !== serial) return transaction.abort();
        polls.put({ key, iv, sealed, serial: serial + 1 }, election);
      };
    });
    serial += 1;
  };
  // What is entered while the voter changes the language: taken once, and soon or not at all.
  const entered = `${election} entered`;
  const hold = async (what) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify({ at: Date.now(), what }));
    const sealed = await crypto.subtle.encrypt(sealing(iv, entered), key, plain);
    await within("readwrite", (polls) => {
      polls.put({ iv, sealed }, entered);
    });
  };
  const take = async () => {
    const record = await within("readwrite", (polls, give) => {
      polls.get(entered).onsuccess = ({ target }) => give(target.result);
      polls.delete(entered);
    });
    if (!record || !key) return undefined;
    const plain = await crypto.subtle.decrypt(sealing(record.iv, entered), key, record.sealed);
    const { at, what } = JSON.parse(new TextDecoder().decode(plain));
    return Date.now() - at < SOON ? what : undefined;
  };
  const forget = () =>
    within("readwrite", (polls) => {
      polls.delete(election);
      polls.delete(entered);
    });
  return { load, save, hold, take, forget };
};

// --- the file --------------------------------------------------------------------

const MAGIC = new TextEncoder().encode("psephos voting pass 1\n");
const ROUNDS = 600_000;

const keyOf = async (passphrase, salt) => {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};

/** The state as a file under a passphrase (specs/11-web.md §9.3). */
export const toFile = async (election, style, state, passphrase) => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new Uint8Array(4 + state.length);
  new DataView(plain.buffer).setUint32(0, style);
  plain.set(state, 4);
  const sealed = await crypto.subtle.encrypt(sealing(iv, election), await keyOf(passphrase, salt), plain);
  plain.fill(0);
  return new Blob([MAGIC, salt, iv, sealed], { type: "application/octet-stream" });
};

/** What such a file holds; throws where file, passphrase or poll is another. */
export const fromFile = async (election, bytes, passphrase) => {
  if (MAGIC.some((byte, place) => bytes[place] !== byte)) throw new Error("not a file with a voting pass");
  const [salt, iv] = [bytes.slice(22, 38), bytes.slice(38, 50)];
  const plain = await crypto.subtle.decrypt(sealing(iv, election), await keyOf(passphrase, salt), bytes.slice(50));
  return { style: new DataView(plain).getUint32(0), asked: true, state: new Uint8Array(plain).slice(4) };
};
