// Votes as people do: node walk.mjs FACTS SHOTS [all]
// Prints one line per trouble and ends with 1 if there is any. Screenshots of
// every step are left in SHOTS.
import {
  CHOOSE,
  DESKTOP,
  PHONE,
  REVIEWED,
  device,
  end,
  getPass,
  long,
  look,
  newCodes,
  part,
  seal,
  shots,
  standing,
  toReview,
  trouble,
  until,
  votePath,
} from "./steps.mjs";

const LANGUAGES = long ? ["en", "ar", "de", "es", "fr", "pl"] : ["en", "ar"];
const expect = (what, found, wanted) => {
  if (found !== wanted) trouble(`${what} is ${found}, not ${wanted}`);
};

// On paper: what proves, in black on white, and nothing to press.
const printed = async (page, name) => {
  await page.pdf({ path: `${shots}/${name}.pdf`, format: "A4" });
  await page.emulateMedia({ media: "print" });
  for (const shown of ["#standing", "#receipt-tracker", "#receipt-index", "#receipt-qr svg"])
    if (!(await page.isVisible(shown))) trouble(name, "lacks", shown);
  for (const hidden of ["#keep-receipt", "#print", "#again", "#device", ".languages"])
    if (await page.isVisible(hidden)) trouble(name, "prints", hidden);
  const paper = await page.evaluate(() => {
    const [line, body] = [getComputedStyle(document.getElementById("standing")), getComputedStyle(document.documentElement)];
    return [line.color, line.backgroundColor, body.color, body.backgroundColor].join(" ");
  });
  if (paper !== "rgb(0, 0, 0) rgb(255, 255, 255) rgb(0, 0, 0) rgb(255, 255, 255)") trouble(name, "is printed in", paper);
  await page.emulateMedia({ media: null });
};

// Every kind of ballot, every step seen, on a desktop and on a phone.
const walk = async (language, style, [view, options]) => {
  const name = (step) => `${language}-${style}-${view}-${step}`;
  const context = await device(name("walk"), options);
  const page = await context.newPage();
  const codes = newCodes(style);
  await page.goto(`${votePath(language)}#code=${codes[0]}&code=${codes[1]}`);
  await until(page, "pass");
  expect("the address", page.url(), votePath(language));
  expect("the code of the link", await page.inputValue("#code-0"), codes[0]);
  await look(page, name("1-pass"));
  await getPass(page, style, codes);
  await until(page, "choose");
  await look(page, name("2-choose"));
  await CHOOSE[style](page);
  await look(page, name("2-chosen"));
  await toReview(page);
  const review = await page.textContent("#summary");
  if (language === "en") for (const words of REVIEWED[style]) if (!review.includes(words)) trouble(`${words} is not in ${review}`);
  await look(page, name("3-review"));
  await seal(page);
  if (language === "en") expect("the standing", await standing(page), "Not cast yet.");
  const tracker = await page.textContent("#tracker");
  await look(page, name("4-sealed"));
  await page.click("#cast");
  await until(page, "receipt");
  if (language === "en") expect("the standing", await standing(page), "Your ballot is in the box");
  expect("the tracker", await page.textContent("#receipt-tracker"), tracker);
  await look(page, name("5-receipt"));
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#keep-receipt")]);
  const kept = await (await file.createReadStream()).toArray();
  if (!Buffer.concat(kept).toString().startsWith("c2sp.org/tlog-proof@v1\nextra ")) trouble("no kept receipt");
  await printed(page, name("6-printed"));
  // Loaded again, the page knows.
  await page.reload();
  await until(page, "receipt");
  expect("the tracker later", await page.textContent("#receipt-tracker"), tracker);
  await context.close();
};

const VIEWS = [["desktop", DESKTOP], ["phone", PHONE]];
for (const [place, language] of LANGUAGES.entries())
  for (const style of [0, 1])
    for (const view of long ? VIEWS : [VIEWS[(place + style) % 2]])
      await part(`${language} ${style} ${view[0]}`, () => walk(language, style, view));
await end();
