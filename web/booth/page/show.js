// The steps of the page: one part is seen at a time, its heading gets the
// focus, and the title names it.
export const byId = (id) => document.getElementById(id);
const parts = [...document.querySelectorAll("[data-part]")];
const title = document.title;
let now;

/** Shows one part. */
export const show = (name, { quiet = false } = {}) => {
  now = name;
  for (const part of parts) part.hidden = part.dataset.part !== name;
  const heading = parts.find((part) => part.dataset.part === name).querySelector("h2");
  document.title = `${heading.textContent} – ${title}`;
  if (quiet) return;
  heading.tabIndex = -1;
  heading.focus();
  heading.scrollIntoView({ block: "nearest" });
};

/** The part that is seen. */
export const shown = () => now;

/** What is true of the vote, always in the same place. */
export const standing = (sentence, tone) => {
  const line = byId("standing");
  if (line.textContent !== sentence) line.textContent = sentence;
  line.dataset.tone = tone;
  line.hidden = false;
};

/** A sentence that something did not go as wished, beside where it happened. */
export const complain = (id, sentence, detail = "") => {
  const place = byId(id);
  place.replaceChildren(sentence);
  if (detail) {
    const more = document.createElement("span");
    more.lang = "en";
    more.dir = "ltr";
    more.className = "detail";
    // Others' words: marked as such, and never many.
    more.textContent = `“${detail.slice(0, 300)}”`;
    place.append(" ", more);
  }
  place.hidden = !sentence;
};

/** A QR code as a picture, named for those who do not see it. */
export const drawQr = (place, modules, name) => {
  const width = Math.sqrt(modules.length);
  const create = (what) => document.createElementNS("http://www.w3.org/2000/svg", what);
  const picture = create("svg");
  picture.setAttribute("viewBox", `-4 -4 ${width + 8} ${width + 8}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", name);
  picture.setAttribute("shape-rendering", "crispEdges");
  const ground = create("rect");
  for (const [attribute, value] of Object.entries({ x: -4, y: -4, width: width + 8, height: width + 8, class: "qr-ground" })) ground.setAttribute(attribute, value);
  const dark = create("path");
  const squares = Array.from(modules, (module, at) => (module ? `M${at % width} ${Math.floor(at / width)}h1v1h-1z` : ""));
  dark.setAttribute("d", squares.join(""));
  dark.setAttribute("class", "qr-dark");
  picture.append(ground, dark);
  place.replaceChildren(picture);
};

/** Offers a file to keep. */
export const keepFile = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

export const base64url = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

export const fromBase64url = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** What stands behind the `#` of the address; it is taken out of it at once. */
export const takeFragment = () => {
  const fragment = new URLSearchParams(location.hash.slice(1));
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return fragment;
};

export const hexBytes = (hex) => Uint8Array.from(hex.match(/../g), (digits) => Number.parseInt(digits, 16));

export const waitFor = (seconds) => new Promise((done) => setTimeout(done, seconds * 1_000));

/** What the page says of an unexpected fault. */
export const failed = (error) => {
  byId("why").textContent = error.message;
  show("failed");
};
