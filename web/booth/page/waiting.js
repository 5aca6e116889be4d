// The wait before a ballot leaves (specs/05a-voter.md §3.3). When it is over is
// for the worker to say; this shows how long that is.
import { byId, shown, waitFor } from "./show.js";

const { lang } = document.documentElement;
const language = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;
const distance = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const UNITS = [
  ["hour", 3_600, 7_200],
  ["minute", 60, 120],
  ["second", 1, 0],
];

/** Seconds since 1970, by this device's clock. */
export const now = () => Math.floor(Date.now() / 1_000);

/** The first full minute from a moment on, in the reader's time; with its day if that is not today. */
export const moment = (seconds) => {
  const date = new Date(Math.ceil(seconds / 60) * 60_000);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(language, { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
};

/** Counts down while the ballot is seen to wait; whether the moment has come. */
export const countDown = async (at) => {
  const line = byId("countdown");
  while (shown() === "waiting") {
    const left = at - now();
    if (left <= 0) return true;
    const [unit, seconds] = UNITS.find(([, , least]) => left >= least);
    line.textContent = distance.format(Math.trunc(left / seconds), unit);
    await waitFor(1);
  }
  return false;
};
