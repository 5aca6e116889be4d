// Other ways through the booth: the keyboard alone, the second device, voting
// again, leaving the device, going on elsewhere, no JavaScript; and that nothing
// but the choice's content differs between two voters.
// node ways.mjs FACTS SHOTS [all]: one line per trouble, and 1 in the end if there is any.
import { readFile } from "node:fs/promises";
import {
  CHOOSE,
  DESKTOP,
  PHONE,
  card,
  contest,
  device,
  end,
  fresh,
  getPass,
  look,
  newCodes,
  notCast,
  part,
  says,
  seal,
  shots,
  standing,
  toReview,
  town,
  trouble,
  until,
  vote,
  votePath,
} from "./steps.mjs";

// --- the keyboard alone ----------------------------------------------------------

const focused = (page) =>
  page.evaluate(() => {
    const active = document.activeElement;
    const box = active.getBoundingClientRect();
    const style = getComputedStyle(active);
    const above = [...document.querySelectorAll(".standing, .meter")].filter((bar) => bar !== active && !bar.contains(active));
    const covered = above.some((bar) => {
      const over = bar.getBoundingClientRect();
      return over.height > 0 && over.top <= box.top && over.bottom >= box.bottom && over.left <= box.left && over.right >= box.right;
    });
    return {
      id: active.id,
      html: active.outerHTML.slice(0, 160),
      seen: box.bottom > 0 && box.top < innerHeight && !covered,
      marked: style.outlineStyle !== "none" || style.boxShadow !== "none",
    };
  });
// Tabs to a control; every stop on the way is seen.
const tabTo = async (page, wanted) => {
  for (let stop = 0; stop < 120; stop += 1) {
    await page.keyboard.press("Tab");
    const active = await focused(page);
    if (!active.seen || !active.marked) trouble("focus is not seen on", active.html);
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), wanted)) return;
  }
  throw new Error(`the keyboard does not reach ${wanted}`);
};
await fresh(
  "the keyboard alone",
  async (page) => {
    const codes = newCodes(1);
    await page.goto(votePath());
    await until(page, "pass");
    await tabTo(page, "#style");
    await page.keyboard.press("ArrowDown");
    for (const [field, code] of codes.entries()) {
      await tabTo(page, `#code-${field}`);
      await page.keyboard.insertText(code);
    }
    await page.keyboard.press("Enter");
    await until(page, "choose");
    await tabTo(page, "[data-id=parks] [data-id=pond] input");
    await page.keyboard.press("Space");
    await tabTo(page, "[data-id=points] [data-id=slide] [data-do=more]");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+Tab");
    if ((await page.inputValue("[data-id=points] [data-id=slide] input")) !== "2") trouble("the keyboard gives no points");
    await tabTo(page, "[data-id=order] .projects [data-do=rank]");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await tabTo(page, "[data-id=order] .projects [data-do=rank]");
    await page.keyboard.press("Enter");
    const ranked = page.locator("[data-id=order] [data-ranked]");
    const before = await ranked.allInnerTexts();
    while (!(await page.evaluate(() => document.activeElement.matches("[data-ranked] [data-do=up]")))) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    const after = await ranked.allInnerTexts();
    if (before.length !== 2 || before[0] !== after[1]) trouble("the keyboard does not order:", before, after);
    await tabTo(page, "#ballot [type=submit]");
    await page.keyboard.press("Enter");
    await until(page, "review");
    await tabTo(page, "#seal");
    await page.keyboard.press("Enter");
    await until(page, "sealed");
    await tabTo(page, "#cast");
    await page.keyboard.press("Enter");
    await until(page, "receipt");
  },
  { ...DESKTOP, reducedMotion: "reduce" },
);

// --- dragging --------------------------------------------------------------------

const ranked = (page) => contest(page, "order").locator("[data-ranked]");
const order = async (page) => (await ranked(page).locator("[data-row-name]").allInnerTexts()).map((name) => name.split(" ").at(-1)).join();
// Where a finger or a mouse takes hold of a row, and where it lets go.
const holds = async (page, from, to) => {
  // In the middle of the window: a mouse that leaves it moves nothing.
  await ranked(page).nth(1).evaluate((row) => row.scrollIntoView({ block: "center", behavior: "instant" }));
  const [start, goal] = [await ranked(page).nth(from).locator("[data-grip]").boundingBox(), await ranked(page).nth(to).boundingBox()];
  const down = to > from;
  return { x: start.x + start.width / 2, y: start.y + start.height / 2, to: goal.y + (down ? goal.height - 4 : 4) };
};
const rankThree = async (page) => {
  await page.goto(votePath());
  await getPass(page, 1);
  await until(page, "choose");
  for (const project of ["pond", "slide", "trees"]) await card(page, "order", project).locator("[data-do=rank]").click();
  if ((await order(page)) !== "frogs,slide,trees") trouble("the order is", await order(page));
};
const withMouse = async (page) => {
  await rankThree(page);
  const drag = async (from, to) => {
    const { x, y, to: goal } = await holds(page, from, to);
    await page.mouse.move(x, y);
    await page.mouse.down();
    if (!(await page.locator(".dragged").count())) {
      const at = ([x, y]) => document.elementFromPoint(x, y)?.outerHTML.slice(0, 200);
      trouble("no row is held at", x, y, "but", await page.evaluate(at, [x, y]));
    }
    await page.mouse.move(x, (y + goal) / 2);
    await page.mouse.move(x, goal, { steps: 4 });
    await page.waitForSelector(".drop-before, .drop-after");
    if (from === 0) await page.screenshot({ path: `${shots}/dragging.png` });
    await page.mouse.up();
  };
  await drag(0, 2);
  if ((await order(page)) !== "slide,trees,frogs") trouble("after dragging down the order is", await order(page));
  await drag(2, 1);
  if ((await order(page)) !== "slide,frogs,trees") trouble("after dragging up the order is", await order(page));
  await toReview(page);
  const reviewed = await page.locator("#summary section").nth(4).locator("li").allInnerTexts();
  if (!/slide/.test(reviewed[0]) || !/frogs/.test(reviewed[1])) trouble("another order is reviewed:", reviewed);
};
// Without smooth scrolling: rows stand still before they are taken hold of.
await fresh("an order is dragged with a mouse", withMouse, { ...DESKTOP, reducedMotion: "reduce" });
await fresh(
  "an order is dragged with a finger",
  async (page, context) => {
    await rankThree(page);
    const debug = await context.newCDPSession(page);
    const touch = (type, point) => debug.send("Input.dispatchTouchEvent", { type, touchPoints: point ? [point] : [] });
    const { x, y, to } = await holds(page, 2, 0);
    const scrolled = await page.evaluate(() => scrollY);
    await touch("touchStart", { x, y });
    for (let step = 1; step <= 5; step += 1) await touch("touchMove", { x, y: y + ((to - y) * step) / 5 });
    await touch("touchEnd");
    if (Math.abs((await page.evaluate(() => scrollY)) - scrolled) > 200) trouble("the page ran away under the finger");
    if ((await order(page)) !== "trees,frogs,slide") trouble("after dragging with a finger the order is", await order(page));
    // A drag that the browser takes away changes nothing.
    const other = await holds(page, 0, 2);
    await touch("touchStart", { x: other.x, y: other.y });
    await touch("touchMove", { x: other.x, y: other.to });
    await touch("touchCancel");
    if ((await order(page)) !== "trees,frogs,slide") trouble("a drag that was cancelled changed the order to", await order(page));
    if (await page.locator(".dragged, .drop-before, .drop-after").count()) trouble("a row stays lifted");
  },
  PHONE,
);

// --- another language ------------------------------------------------------------

const LANGUAGE = (tag) => `.languages [hreflang=${tag}]`;
const held = (page) =>
  page.evaluate(async () => {
    const database = await new Promise((done) => (indexedDB.open("psephos").onsuccess = ({ target }) => done(target.result)));
    const keys = await new Promise((done) => (database.transaction("polls").objectStore("polls").getAllKeys().onsuccess = ({ target }) => done(target.result)));
    database.close();
    return { keys: keys.length, others: Object.keys(localStorage).length + Object.keys(sessionStorage).length };
  });
await fresh("another language loses nothing", async (page) => {
  const codes = newCodes(1);
  await page.goto(votePath());
  await until(page, "pass");
  await page.selectOption("#style", "1");
  await page.fill("#code-0", codes[0]);
  await page.fill("#code-1", codes[1]);
  await page.click(LANGUAGE("fr"));
  await page.waitForURL(/\/fr\//);
  await until(page, "pass");
  for (const [field, code] of codes.entries()) if ((await page.inputValue(`#code-${field}`)) !== code) trouble("a code is lost with the language");
  if ((await page.inputValue("#style")) !== "1") trouble("the ballot's name is lost with the language");
  if (page.url().includes("#")) trouble("codes stay in the address");
  await page.click("#pass-form button[type=submit]");
  await until(page, "choose");
  await CHOOSE[1](page);
  await card(page, "points", "slide").locator("input").fill("nine");
  const state = () =>
    page.evaluate(() => ({
      values: [...document.querySelectorAll("#ballot [data-project] input")].map((input) => [input.id, input.type === "text" ? input.value : input.checked]),
      ranked: [...document.querySelectorAll("[data-ranked]")].map((row) => row.dataset.project),
      order: [...document.querySelectorAll("#ballot [data-project][data-id]")].map((one) => one.dataset.id),
    }));
  const before = JSON.stringify(await state());
  await page.click(LANGUAGE("ar"));
  await page.waitForURL(/\/ar\//);
  await until(page, "choose");
  if (JSON.stringify(await state()) !== before) trouble("the choice is lost with the language:", before, JSON.stringify(await state()));
  if (/pond|slide|%|#/.test(page.url())) trouble("the choice stands in the address:", page.url());
  const { keys, others } = await held(page);
  if (keys !== 1 || others) trouble("the choice is still kept:", keys, others);
  await card(page, "points", "slide").locator("input").fill("");
  await toReview(page);
  await page.click(LANGUAGE("pl"));
  await until(page, "review");
  await seal(page);
  await page.click(LANGUAGE("en"));
  await until(page, "review");
  await notCast(page);
  for (const words of ["A pond for frogs", "points: 6"]) await says(page, words);
  // Taken once: whoever loads the page later begins anew.
  const other = await page.context().newPage();
  await page.close({ runBeforeUnload: false });
  await other.goto(votePath());
  await until(other, "choose");
  if (await other.locator("[data-contest]:not([hidden]) [data-project] input:checked").count()) trouble("a choice came back that was not kept");
});

// --- limits are said before they are hit -----------------------------------------

await fresh("limits", async (page) => {
  await page.goto(votePath());
  await getPass(page, 1);
  await until(page, "choose");
  await card(page, "basket", "slide").locator("input").check();
  const meter = await page.textContent("[data-id=basket] [data-meter]");
  if (!meter.includes("Cost: €700 of €1,000")) trouble("the meter says", meter);
  const note = await card(page, "basket", "trees").locator("[data-note]").textContent();
  if (note !== "Does not fit: €300 are left.") trouble("the note says", note);
  await card(page, "basket", "trees").locator("input").check();
  await page.click("#ballot [type=submit]");
  await page.waitForSelector("#choose-wrong:not([hidden])");
  await says(page, "Too much: take something out, so that it is €1,000 at most.");
  await look(page, "over-budget");
  await card(page, "basket", "trees").locator("input").uncheck();
  await page.fill("#q", "frogs");
  if ((await page.locator("[data-id=basket] [data-project]:visible").count()) !== 1) trouble("the search finds something else");
  await page.fill("#q", "");
  if (!(await card(page, "basket", "slide").locator("input").isChecked())) trouble("the search lost a choice");
  await card(page, "points", "stage").locator("input").fill("7");
  await says(page, "Points are whole numbers from 1 to 6.");
  await card(page, "points", "stage").locator("input").fill("");
  await toReview(page);
  await says(page, "Nothing is chosen here: a blank answer.");
});

// --- the second device -----------------------------------------------------------

await fresh("the second device", async (page, context) => {
  await vote(page, 1);
  const tracker = await page.textContent("#tracker-address");
  const phone = await device("second device", PHONE);
  const second = await phone.newPage();
  await second.goto(tracker);
  await until(second, "scanned");
  if (second.url().includes("#")) trouble("the code stays in the address");
  await look(second, "check-scanned");
  await page.click("#check");
  await until(page, "opened");
  await notCast(page);
  await look(page, "opened");
  const opening = await page.textContent("#opening-address");
  await second.close();
  const third = await phone.newPage();
  await third.goto(opening);
  await until(third, "good");
  await look(third, "check-good");
  for (const words of ["A pond for frogs (pond)", "A stage for music (stage) – points: 6", "is not in the public record"]) await says(third, words);
  const order = await third.locator("#answers section").nth(4).locator("li").allInnerTexts();
  if (!/slide/.test(order[0]) || !/stage/.test(order[1])) trouble("another order is shown:", order);
  // Another ballot than the scanned one, an opening that was changed, none scanned.
  await page.click("#seal-again");
  await until(page, "review");
  await seal(page);
  const next = await page.textContent("#tracker-address");
  if (next === tracker) trouble("a seal was used twice");
  const liar = await phone.newPage();
  await liar.goto(next);
  await until(liar, "scanned");
  await liar.close();
  const caught = await phone.newPage();
  await caught.goto(opening);
  await until(caught, "bad");
  await look(caught, "check-bad");
  const other = await device("a third device", PHONE);
  const lacking = await other.newPage();
  await lacking.goto(opening);
  await until(lacking, "lacking");
  await look(lacking, "check-lacking");
  await other.close();
  // The check led nowhere else: the fresh seal is cast.
  await page.click("#cast");
  await until(page, "receipt");
  await phone.close();
});

// --- again, elsewhere, nowhere ---------------------------------------------------

await fresh("a later ballot replaces the earlier", async (page) => {
  await vote(page, 0);
  await page.click("#cast");
  await until(page, "receipt");
  await page.click("#again");
  await until(page, "choose");
  if ((await standing(page)) !== "Your new vote is not cast yet.") trouble("it says", await standing(page));
  await CHOOSE[0](page, "pond");
  await toReview(page);
  await seal(page);
  await page.click("#cast");
  await until(page, "receipt");
});

await fresh("the pass goes to another device, and is forgotten here", async (page) => {
  await vote(page, 0);
  await page.click("#cast");
  await until(page, "receipt");
  await page.click("#device details:nth-of-type(1) summary");
  await page.fill("#save-secret", "short");
  await page.click("#save-pass");
  await says(page, "at least ten characters");
  await page.fill("#save-secret", "correct horse battery");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-pass")]);
  const path = await download.path();
  const file = await readFile(path);
  if (!file.subarray(0, 22).equals(Buffer.from("psephos voting pass 1\n"))) trouble("another file");
  const elsewhere = await device("elsewhere");
  const other = await elsewhere.newPage();
  await other.goto(votePath());
  await until(other, "pass");
  await other.click("[data-part=pass] details summary");
  await other.setInputFiles("#pass-file", path);
  await other.fill("#pass-secret", "another password");
  await other.click("#restore");
  await other.waitForSelector("#file-wrong:not([hidden])");
  await says(other, "This file does not open.");
  await other.fill("#pass-secret", "correct horse battery");
  await other.click("#restore");
  await until(other, "receipt");
  await elsewhere.close();
  await page.click("#device details:nth-of-type(2) summary");
  await page.click("#forget");
  await until(page, "pass");
  if (await page.isVisible("#device")) trouble("something is still kept");
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const database = await new Promise((done) => (indexedDB.open("psephos").onsuccess = ({ target }) => done(target.result)));
    const keys = await new Promise((done) => (database.transaction("polls").objectStore("polls").getAllKeys().onsuccess = ({ target }) => done(target.result)));
    return { databases: databases.length, keys, local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie };
  });
  if (kept.keys.length || kept.cookie || Object.keys(kept.local).length + Object.keys(kept.session).length) trouble("kept:", JSON.stringify(kept));
});

await fresh(
  "without JavaScript",
  async (page) => {
    await page.goto(votePath());
    await says(page, "your browser needs JavaScript and WebAssembly");
    await says(page, "psephos vote");
    await page.screenshot();
  },
  { ...DESKTOP, javaScriptEnabled: false },
);

// --- nothing tells choices apart -------------------------------------------------

await part("one length whatever the choice", async () => {
  const choices = [
    async () => {},
    CHOOSE[1],
    async (page) => {
      await card(page, "parks", "trees").locator("input").check();
      await card(page, "points", "slide").locator("input").fill("1");
    },
  ];
  const heard = [];
  for (const choose of choices) {
    const context = await device("lengths");
    const page = await context.newPage();
    const lines = [];
    // What the network stack itself sends; lengths.rs measures the answers.
    const debug = await context.newCDPSession(page);
    await debug.send("Network.enable");
    const own = new Map();
    debug.on("Network.requestWillBeSent", ({ requestId, request: { method, url } }) => {
      const isOwn = method !== "GET" || !new URL(url).pathname.startsWith("/tile/");
      if (!url.startsWith(`${town.site}/`) && !url.startsWith("blob:") && isOwn) own.set(requestId, `${method} ${url}`);
    });
    const all = (headers) => Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}: ${value.length}`).sort().join(", ");
    const extra = new Map();
    debug.on("Network.requestWillBeSentExtraInfo", ({ requestId, headers }) => extra.set(requestId, all(headers)));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (request.method() === "POST") lines.push(`${url.href} ${request.postDataBuffer().length}`);
    });
    await page.goto(votePath());
    await getPass(page, 1);
    await until(page, "choose");
    await choose(page);
    await toReview(page);
    await seal(page);
    await page.click("#cast");
    await until(page, "receipt");
    // The browser tells of a request's headers in its own time.
    for (let wait = 0; wait < 50 && [...own.keys()].some((id) => !extra.has(id)); wait += 1) await page.waitForTimeout(100);
    for (const [id, what] of own) lines.push(`${what} {${extra.get(id)}}`);
    heard.push(lines.sort().join("\n"));
    await context.close();
  }
  if (new Set(heard).size !== 1) trouble("choices are told apart by their requests:", heard.join("\n\n"));
  if (!/\/ballots [1-9]/.test(heard[0]) || !/POST \S+\/ballots \{.*content-length/.test(heard[0])) trouble("no ballot was heard:", heard[0]);
});

await end();
