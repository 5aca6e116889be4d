// What the page says, in its language: the server puts the sentences into a
// template, with `{name}` where a value stands. Values are text, never markup.

const sentences = new Map(
  [...document.getElementById("words").content.children].map((line) => [line.dataset.say, line.textContent]),
);

/** A sentence with its values. */
export const say = (name, values = {}) => {
  const sentence = sentences.get(name);
  if (sentence === undefined) throw new Error(`nothing says ${name}`);
  return sentence.replace(/\{(\w+)\}/g, (_, value) => values[value]);
};

const digits = (number) => {
  const text = String(number);
  const grouped = text.length < Number(say("number-group-from")) ? text : text.replace(/\B(?=(\d{3})+$)/g, say("number-group"));
  return grouped;
};

/** An amount in minor units, as the rest of the page writes amounts. */
export const money = (amount, { money: pattern, decimals }) => {
  const unit = 10n ** BigInt(decimals);
  const rest = amount % unit;
  const whole = digits(amount / unit);
  const shown = rest ? `${whole}${say("number-decimal")}${String(rest).padStart(decimals, "0")}` : whole;
  return pattern.replace("{amount}", shown);
};

/** A tracker code: sixteen groups of four digits. */
export const groups = (bytes) => {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.match(/.{4}/g).join(" ");
};
