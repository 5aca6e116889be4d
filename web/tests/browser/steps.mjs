// A voter at the booth's page, step by step, for the scripts beside this one.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { violations } from "./axe.mjs";

const [facts, place, all] = process.argv.slice(2);
export const shots = place;
export const town = JSON.parse(facts);
export const long = Boolean(all);
export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, colorScheme: "dark", reducedMotion: "reduce" };

let troubles = 0;
export const trouble = (...words) => {
  troubles += 1;
  console.log(...words);
};
export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
export const end = async () => {
  await browser.close();
  process.exit(troubles ? 1 : 0);
};
/** Runs a part of a script by its name; whatever it throws is a trouble. */
export const part = async (name, action) => {
  try {
    await action();
  } catch (error) {
    trouble(`${name}: ${error.stack}`);
  }
};
/** A part with a browser of its own. */
export const fresh = (name, action, options) =>
  part(name, async () => {
    const context = await device(name, options);
    await action(await context.newPage(), context);
    await context.close();
  });
let granted;
/** Something that the test itself does, in the town. */
export const wish = async (what) => {
  granted ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  console.log(`WISH ${what}`);
  await granted.next();
};

const next = [0, 0];
/** The codes of a voter who has not been here. */
export const newCodes = (style) => {
  next[style] += 1;
  return town.codes[style][next[style] - 1];
};

const made = new WeakMap();
/** A browser of its own; pages that fail, or ask elsewhere than they may, are trouble. */
export const device = async (name, options = DESKTOP) => {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  made.set(context, options);
  const servers = [town.site, town.ledger, ...town.issuers];
  context.setDefaultTimeout(30_000);
  context.on("page", (page) => {
    page.on("pageerror", (error) => trouble(name, error.stack));
    page.on("console", (message) => {
      // What a test breaks on purpose is repeated by the console.
      const text = message.text();
      const broken = /Failed to load resource|net::ERR_|blocked by CORS|integrity/.test(text);
      if (["error", "warning"].includes(message.type()) && !broken) trouble(name, text);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!servers.some((server) => url.startsWith(`${server}/`)) && !url.startsWith("blob:")) trouble(name, "asks elsewhere:", url);
      if (request.headers().cookie) trouble(name, "sends a cookie:", url);
    });
  });
  return context;
};

export const votePath = (language = "en") => `${town.site}/${language}/polls/${town.poll}/vote`;

/** The part that is seen. */
export const seen = (page) => page.evaluate(() => [...document.querySelectorAll("[data-part]")].filter((part) => !part.hidden).map((part) => part.dataset.part).join());
export const until = async (page, wanted) => {
  try {
    await page.waitForSelector(`[data-part=${wanted}]:not([hidden])`, { timeout: 40_000 });
  } catch {
    const says = await page.locator("main").innerText();
    throw new Error(`${wanted} is never seen, but ${await seen(page)}:\n${says.slice(0, 1_500)}`);
  }
};
export const standing = (page) => page.textContent("#standing");
/** That the page says something. */
export const says = async (page, words) => {
  const text = await page.locator("main").innerText();
  if (!text.includes(words)) trouble(`nothing says "${words}":`, text.slice(0, 800));
};
export const ballots = async () => (await (await fetch(`${town.ledger}/status`)).json()).ballots;
/** The same tab, closed and opened again. */
export const again = async (page, context) => {
  const other = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await other.goto(votePath());
  return other;
};
/** That the page does not claim a vote is cast. */
export const notCast = async (page) => {
  const says = await page.locator("main").innerText();
  if (says.includes("Your ballot is in the box") || (await page.isVisible("[data-part=receipt]"))) trouble("the page claims a vote is cast:", says.slice(0, 400));
  if (!/not cast/i.test(says)) trouble("the page does not say that nothing is cast:", says.slice(0, 400));
};

export const getPass = async (page, style, codes = newCodes(style)) => {
  await until(page, "pass");
  await page.selectOption("#style", String(style));
  await page.fill("#code-0", codes[0]);
  await page.fill("#code-1", codes[1]);
  await page.click("#pass-form button[type=submit]");
};

const contest = (page, id) => page.locator(`[data-contest][data-id=${id}]`);
const card = (page, id, project) => contest(page, id).locator(`[data-project][data-id=${project}]`);
/** Choices of both styles: `CHOICES[style]`, what each looks like in the review. */
export const CHOOSE = [
  async (page, project = "trees") => {
    await card(page, "square", project).locator("input").check();
  },
  async (page) => {
    await card(page, "parks", "pond").locator("input").check();
    await card(page, "parks", "slide").locator("input").check();
    await card(page, "basket", "fountain").locator("input").check();
    await card(page, "basket", "trees").locator("input").check();
    await card(page, "points", "stage").locator("input").fill("6");
    for (let press = 0; press < 4; press += 1) await card(page, "points", "pond").locator("[data-do=more]").click();
    await card(page, "scores", "slide").locator("input").fill("3");
    await card(page, "scores", "trees").locator("[data-do=more]").click();
    for (const project of ["slide", "pond", "stage"]) await card(page, "order", project).locator("[data-do=rank]").click();
    await contest(page, "order").locator("[data-ranked]", { hasText: "stage" }).locator("[data-do=up]").click();
  },
];
export const REVIEWED = [
  ["Forty lime trees"],
  ["A pond for frogs", "A long slide", "A fountain", "Forty lime trees", "A stage for music", "points: 6", "points: 4", "points: 3", "points: 1"],
];
export { card, contest };

export const toReview = async (page) => {
  await page.click("#ballot button[type=submit]");
  await until(page, "review");
};
export const seal = async (page) => {
  await page.click("#seal");
  await until(page, "sealed");
};
export const vote = async (page, style, codes) => {
  await page.goto(votePath());
  await getPass(page, style, codes);
  await until(page, "choose");
  await CHOOSE[style](page);
  await toReview(page);
  await seal(page);
};

// What a screen reader would say of every control: nothing is nameless.
const NAMED = new Set(["button", "link", "textbox", "searchbox", "checkbox", "radio", "combobox", "DisclosureTriangle", "image", "progressbar", "region"]);
const nameless = async (debug) => {
  const { nodes } = await debug.send("Accessibility.getFullAXTree");
  const controls = nodes.filter(({ ignored, role }) => !ignored && NAMED.has(role?.value));
  if (controls.length < 4) trouble("only", controls.length, "controls are told to screen readers");
  return controls.filter(({ name }) => !name?.value?.trim()).map(({ role }) => role.value);
};

const geometry = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    const inText = (control) => control.closest("p:not(.pick), h1, h2, h3, h4, dd") && !control.matches(".button");
    const controls = [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")];
    const small = controls.filter((control) => {
      const box = (control.closest("label") ?? control).getBoundingClientRect();
      return box.width > 1 && !inText(control) && (box.height < 24 || box.width < 24);
    });
    return {
      sideways: root.scrollWidth - root.clientWidth,
      small: small.map((control) => control.outerHTML.slice(0, 200)),
      moving: document.getAnimations().length,
    };
  });

// The same page as others see it. 640 × 450 is what 1280 × 900 holds at 200 %, and 320 at 400 %.
const VIEWS = {
  dark: { media: { colorScheme: "dark" } },
  light: { media: { colorScheme: "light" } },
  forced: { media: { forcedColors: "active" } },
  "forced-dark": { media: { forcedColors: "active", colorScheme: "dark" } },
  still: { media: { reducedMotion: "reduce" } },
  "zoom-200": { size: { width: 640, height: 450 } },
  "zoom-400": { size: { width: 320, height: 256 } },
  "text-200": { text: "200%" },
};
const setText = (page, size) => page.evaluate((size) => (document.documentElement.style.fontSize = size), size);

/** Accessibility, geometry and a picture of what is seen, by everybody. */
export const look = async (page, name) => {
  const debug = await page.context().newCDPSession(page);
  const check = async (what) => {
    const { sideways, small, moving } = await geometry(page);
    if (sideways > 0) trouble(what, "scrolls sideways by", sideways);
    if (small.length) trouble(what, "small targets:", small);
    if (moving) trouble(what, "moves by itself");
  };
  const judge = async (what) => {
    await page.screenshot({ path: `${shots}/${what}.png`, fullPage: true });
    for (const rule of await violations(page)) trouble(what, JSON.stringify(rule));
  };
  await check(name);
  await judge(name);
  for (const role of await nameless(debug)) trouble(name, "has a nameless", role);
  const { viewport, colorScheme = null, reducedMotion = null } = made.get(page.context());
  for (const [view, { media, size, text }] of Object.entries(VIEWS)) {
    // A phone's width is 400 % already; text of twice the size is for those who do not zoom.
    if (text && viewport.width < 640) continue;
    if (media) await page.emulateMedia(media);
    if (size) await page.setViewportSize(size);
    if (text) await setText(page, text);
    await check(`${name}-${view}`);
    if (long) await judge(`${name}-${view}`);
    if (media) await page.emulateMedia({ colorScheme, reducedMotion, forcedColors: null });
    if (size) await page.setViewportSize(viewport);
    if (text) await setText(page, "");
  }
  await debug.detach();
};
