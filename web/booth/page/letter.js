// What the letter says: a code for each issuer and the ballot's style, typed or
// from the letter's link, behind `#`, where they go to no server.
import { byId } from "./show.js";

const codeFields = () => [...document.querySelectorAll("[data-code]")];

/** What the voter has typed. */
export const typed = () => ({
  style: Number(byId("style")?.value ?? 0),
  codes: codeFields().map((field) => field.value.trim()),
});

/** Fills in what the link says. */
export const fillIn = (link) => {
  const codes = link.getAll("code");
  codeFields().forEach((field, place) => {
    field.value = codes[place] ?? "";
  });
  const named = [...(byId("style")?.options ?? [])].find((option) => option.textContent === link.get("style"));
  if (named) named.selected = true;
};

/** What is typed, as a link says it. */
export const asLink = () => {
  const link = new URLSearchParams(typed().codes.map((code) => ["code", code]));
  const style = byId("style")?.selectedOptions[0];
  if (style) link.set("style", style.textContent);
  return link;
};

/** Codes are not kept once they are used. */
export const forgetCodes = () => {
  for (const field of codeFields()) field.value = "";
};
