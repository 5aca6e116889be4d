// What takes its time: the wait between pass and ballot, a witness that is away,
// a poll that closes meanwhile. node times.mjs FACTS SHOTS [all]: one line per
// trouble and 1 in the end if there is any; wishes are granted by the town.
import {
  CHOOSE,
  again,
  ballots,
  end,
  fresh,
  getPass,
  look,
  newCodes,
  notCast,
  says,
  seal,
  standing,
  toReview,
  town,
  trouble,
  until,
  vote,
  votePath,
  wish,
} from "./steps.mjs";

const BALLOTS = `${town.ledger}/ballots`;
/** The sealed delay, in milliseconds. */
const DELAY = 20_000;
const WAITS = /^Not cast yet: your ballot waits until \d\d:\d\d\.$/;

// When passes came and ballots left, by this machine's clock.
const times = (context) => {
  const found = { passed: 0, left: [] };
  context.on("response", (response) => {
    if (response.url().endsWith("/token-request") && response.status() === 200) found.passed = Date.now();
  });
  context.on("request", (request) => {
    if (request.url() === BALLOTS && request.method() === "POST") found.left.push(Date.now());
  });
  return found;
};
const toWait = async (page, style) => {
  await vote(page, style);
  await page.click("#cast");
  await until(page, "waiting");
};
const castAtOnce = async (page) => {
  await page.click("[data-part=waiting] summary");
  await page.click("#cast-now");
};
const inTheBox = async (page) => {
  await page.waitForFunction(() => document.getElementById("standing").textContent === "Your ballot is in the box");
  await says(page, "Your device has checked that the public record holds your ballot.");
};

await fresh("g9: a ballot waits, whoever leaves and comes back", async (page, context) => {
  const [found, before] = [times(context), await ballots()];
  await page.goto(votePath());
  await getPass(page, 0);
  await until(page, "choose");
  await says(page, "Once you cast, your ballot waits on this device until");
  await CHOOSE[0](page);
  await toReview(page);
  await seal(page);
  await page.click("#cast");
  await until(page, "waiting");
  await notCast(page);
  if (!WAITS.test(await standing(page))) trouble("the standing is", await standing(page));
  await says(page, "You may also close the page");
  if (!/^in \d+ second/.test(await page.textContent("#countdown"))) trouble("no countdown:", await page.textContent("#countdown"));
  await look(page, "waiting");
  const asked = page.waitForEvent("dialog", { timeout: 5_000 });
  await page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  const other = await again(page, context);
  await until(other, "waiting");
  await other.click(".languages [hreflang=de]");
  await other.waitForURL(/\/de\//);
  await until(other, "waiting");
  if ((await other.textContent("[data-part=waiting] h2")) !== "Ihr Stimmzettel wartet und ist noch nicht abgegeben") trouble("the page is not in German");
  await look(other, "waiting-de");
  if (found.left.length) trouble("the ballot did not wait");
  await other.waitForSelector("[data-part=receipt]:not([hidden])", { timeout: 3 * DELAY });
  const waited = found.left[0] - found.passed;
  if (waited < DELAY - 1_000 || waited > 2 * DELAY + 10_000) trouble("the ballot waited", waited, "milliseconds");
  if ((await ballots()) !== before + 1) trouble("there are", await ballots(), "ballots after", before);
});

await fresh("who cannot wait casts at once, and the later vote waits no more", async (page, context) => {
  const found = times(context);
  await toWait(page, 0);
  await castAtOnce(page);
  await until(page, "receipt");
  if (found.left[0] - found.passed > DELAY) trouble("it waited all the same");
  await inTheBox(page);
  await page.click("#again");
  await until(page, "choose");
  if (await page.isVisible("#wait-before")) trouble("the page says that the second ballot waits");
  await CHOOSE[0](page, "pond");
  await toReview(page);
  await seal(page);
  await page.click("#cast");
  await until(page, "receipt");
});

// --- the witness is away ---------------------------------------------------------

const unwitnessed = async (page) => {
  await toWait(page, 0);
  await wish("the witness leaves");
  await castAtOnce(page);
  await until(page, "receipt");
  const words = "Your vote is handed in, and not yet confirmed by the witnesses.";
  if ((await standing(page)) !== words || (await page.textContent("#receipt-title")) !== words) trouble("it says", await standing(page));
  const text = await page.locator("main").innerText();
  if (text.includes("Your ballot is in the box")) trouble("the page says more than it knows:", text.slice(0, 400));
};
await fresh("witnesses are awaited while the page is open", async (page) => {
  const before = await ballots();
  await unwitnessed(page);
  await look(page, "handed-in");
  await page.reload();
  await until(page, "receipt");
  if ((await standing(page)) === "Your ballot is in the box") trouble("the page knows no witness");
  await wish("the witness returns");
  await inTheBox(page);
  if ((await ballots()) !== before + 1) trouble("there are", await ballots(), "ballots after", before);
});
await fresh("witnesses confirm while nobody looks", async (page, context) => {
  await unwitnessed(page);
  const empty = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await wish("the witness returns");
  await empty.goto(votePath());
  await until(empty, "receipt");
  await inTheBox(empty);
});

// --- the poll closes -------------------------------------------------------------

await fresh("c10: the poll closes while voters choose and ballots wait", async (choosing, context) => {
  const [codes, before] = [newCodes(0), await ballots()];
  await choosing.goto(votePath());
  await getPass(choosing, 0);
  await until(choosing, "choose");
  await CHOOSE[0](choosing);
  await fresh("one who waits", async (waiting) => {
    await toWait(waiting, 1);
    await fresh("one with a letter", async (late) => {
      await late.goto(votePath());
      await until(late, "pass");
      await wish("the poll closes");
      await getPass(late, 0, codes);
      await late.waitForSelector("#pass-wrong:not([hidden])");
      await says(late, "Voting has ended. No more voting passes are given out.");
      await notCast(late);
      await look(late, "closed-pass");
    });
    await castAtOnce(waiting);
    await until(waiting, "refused");
    await says(waiting, "The ballot box takes no ballots now.");
    await notCast(waiting);
    await look(waiting, "closed-waiting");
  });
  await toReview(choosing);
  await seal(choosing);
  await choosing.click("#cast");
  // On a slow machine the wait is over by now.
  await choosing.waitForSelector("[data-part=waiting]:not([hidden]), [data-part=refused]:not([hidden])");
  if (await choosing.isVisible("[data-part=waiting]")) await castAtOnce(choosing);
  await until(choosing, "refused");
  await says(choosing, "The ballot box takes no ballots now.");
  await notCast(choosing);
  await look(choosing, "closed-choosing");
  if ((await ballots()) !== before) trouble("there are", await ballots(), "ballots after", before);
  // Whoever comes later reads it before anything else.
  const later = await context.newPage();
  await later.goto(votePath());
  await later.waitForSelector("text=/^(Voting has ended|Being counted)$/");
});

await end();
