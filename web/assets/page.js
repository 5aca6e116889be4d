// Says times in the reader's own time zone, and how long it is until then.
// Everything is in the page without this script too, in UTC.

const { lang } = document.documentElement;
const language = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;
const date = new Intl.DateTimeFormat(language, {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
const distance = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const UNITS = [
  ["day", 86_400, 172_800],
  ["hour", 3_600, 7_200],
  ["minute", 60, 120],
  ["second", 1, 0],
];

for (const time of document.querySelectorAll("time[data-local]")) {
  time.textContent = date.format(new Date(time.dateTime));
}

// Counts down: every second in the last two minutes, else every minute.
const countdown = (span) => {
  const left = Math.round((Date.parse(span.dataset.until) - Date.now()) / 1_000);
  const [unit, seconds] = UNITS.find(([, , least]) => Math.abs(left) >= least);
  span.textContent = `(${distance.format(Math.trunc(left / seconds), unit)})`;
  setTimeout(countdown, Math.abs(left) < 180 ? 1_000 : 60_000, span);
};

document.querySelectorAll("[data-until]").forEach(countdown);
