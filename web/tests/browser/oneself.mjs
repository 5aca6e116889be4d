// Looks as readers do who look for themselves: node oneself.mjs FACTS SHOTS
// Prints what went wrong, one line each, and as the last line what was found, as JSON.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { violations } from "./axe.mjs";

const [{ site, facts }, shots] = [JSON.parse(process.argv[2]), process.argv[3]];
let troubles = 0;
const trouble = (...words) => {
  troubles += 1;
  console.log(...words);
};
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 360, height: 740 }, acceptDownloads: true });

const open = async (path, { quiet = false, behind = "" } = {}) => {
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble(path, error.message));
  page.on("console", (message) => {
    if (!quiet && ["error", "warning"].includes(message.type())) trouble(path, message.text());
  });
  await page.goto(`${site}${path}${behind}`);
  return page;
};

const looked = async (page, name) => {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${shots}/${name}${colorScheme === "dark" ? "-dark" : ""}.png`, fullPage: true });
    for (const rule of await violations(page)) trouble(name, colorScheme, JSON.stringify(rule));
  }
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("[hidden]")].filter((one) => one.getClientRects().length).map((one) => one.outerHTML.slice(0, 100)));
  if (shown.length) trouble(name, "shows what is hidden:", ...shown);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (sideways > 0) trouble(name, "scrolls sideways by", sideways);
};

const visible = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-part]")].filter((part) => !part.hidden).map((part) => part.dataset.part));

// By keyboard alone.
const tabTo = async (page, selector) => {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  trouble("no key leads to", selector);
};
const press = async (page, selector) => {
  await tabTo(page, selector);
  await page.keyboard.press("Enter");
};
const focused = async (page, name) => {
  if (await page.evaluate(() => !document.activeElement.matches("h2"))) trouble(name, "the focus is not on what is new");
};

const HANDING_OVER = {
  file: (page, receipt) =>
    page.setInputFiles("#receipt-file", { name: "receipt", mimeType: "text/plain", buffer: Buffer.from(receipt) }),
  keyboard: async (page, receipt) => {
    await tabTo(page, "#receipt-text");
    await page.keyboard.insertText(receipt);
  },
  link: async (page, receipt) => {
    if ((await page.inputValue("#receipt-text")) !== receipt) trouble("the link's receipt is not filled in");
    if (!(await page.isVisible("#filled"))) trouble("nothing says that a link filled it in");
    await looked(page, "filled");
  },
};

const find = async ({ page: path, receipt, by = "file" }, place) => {
  const behind = by === "link" ? `#r=${Buffer.from(receipt).toString("base64url")}` : "";
  const page = await open(path, { quiet: path.includes("127.0.0.1:9") || path.includes("?copy="), behind });
  const requests = [];
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  if (place === 0) await looked(page, "ask");
  await HANDING_OVER[by](page, receipt);
  if (by === "keyboard") await press(page, "#receipt-form button");
  else await page.click("#receipt-form button");
  await page.waitForSelector("[data-part].notice:not([hidden])", { timeout: 60_000 });
  const [part, ...more] = await visible(page);
  if (more.length) trouble(path, "shows several parts:", part, ...more);
  await focused(page, path);
  await looked(page, `${place}-${part}`);
  let proof = null;
  if (part === "dropped") {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-part=dropped] a.proof")]);
    proof = JSON.parse(readFileSync(await download.path(), "utf8"));
  }
  // Nothing of it stays behind: neither in the address nor where pages keep things.
  if (page.url() !== `${site}${path}`) trouble("the address changed:", page.url());
  const kept = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length, history.state].join());
  if (kept !== ",0,0,") trouble(path, "keeps something:", kept);
  await page.close();
  // The browser fetches the tab's picture when it likes.
  const own = (request) => request.startsWith("GET blob:") || request.includes("/assets/icon.");
  return { part, proof, requests: requests.filter((request) => !own(request)) };
};

const verdict = async (page, path, name) => {
  await page.waitForSelector("[data-part=verdict]:not([hidden]), [data-part=failed]:not([hidden])", { timeout: 240_000 });
  if (await page.isVisible("[data-part=failed]")) trouble(path, await page.textContent("#why"));
  else await focused(page, path);
  await looked(page, name);
  return page.evaluate(() => {
    const number = (element) => Number(element.textContent.replaceAll(/[^0-9-]/g, ""));
    const all = (selector) => [...document.querySelectorAll(selector)];
    const standing = (word) =>
      all("[data-claim]").filter((row) => !row.querySelector(`[data-standing="${word}"]`).hidden).map((row) => row.dataset.claim);
    return {
      outcome: all("[data-outcome]").find((one) => !one.hidden)?.dataset.outcome,
      ending: document.querySelector("#ending").textContent,
      unsigned: document.querySelector("#unsigned").getClientRects().length > 0,
      held: standing("held").length,
      broken: standing("broken"),
      figures: all("[data-figure]").map(number),
      root: document.querySelector("#root").textContent,
      votes: all('table:not([hidden]) [data-total="votes"]').map(number),
    };
  });
};

const check = async ({ page: path }, place) => {
  const page = await open(path, { quiet: path.includes("?copy=") });
  if (place === 0) await looked(page, "begin");
  await page.click("[data-part=begin] button.begin");
  const found = await verdict(page, path, `${place}-verdict`);
  await page.close();
  return found;
};

// Stopped by the reader, then cut off for good, then for a moment; all by keyboard.
const interrupt = async ({ page: path, first, second, progress }) => {
  const page = await open(path, { quiet: true });
  let firstAsked = 0;
  await page.route(`**/${first}`, async (route) => {
    firstAsked += 1;
    // So long that the page can tell how long the rest will take.
    await new Promise((done) => setTimeout(done, 2_500));
    await route.continue();
  });
  let release;
  const held = new Promise((done) => {
    release = done;
  });
  let cut = "held";
  await page.route(`**/${second}`, async (route) => {
    if (cut === "held") await held;
    if (cut === "no longer") return route.continue();
    if (cut === "a moment") cut = "no longer";
    await route.abort("connectionreset");
  });
  await press(page, "[data-part=begin] button.begin");
  const bar = page.getByRole("progressbar", { name: /\w{3}/ });
  await page.locator(".pace", { hasText: "256" }).waitFor({ timeout: 120_000 });
  const shown = await bar.evaluate((element) => [element.value, element.max]);
  if (shown.join() !== progress.join()) trouble("the bar shows", ...shown);
  const pace = await page.textContent(".pace");
  if (!/^Entries checked: 256 of \d+\. About \d+ (second|minute)s? left\.$/.test(pace)) trouble("the pace is said as:", pace);
  if ((await page.textContent(".aloud")) !== pace) trouble("the pace is not said aloud");
  await looked(page, "reading");

  await press(page, "[data-part=reading] button.stop");
  await page.waitForSelector("[data-paused=stopped]", { state: "visible" });
  await focused(page, "stopped");
  await looked(page, "stopped");

  cut = "for good";
  release();
  await press(page, "button.go-on");
  await page.locator(".again-soon", { hasText: /\w/ }).waitFor();
  await looked(page, "trying");
  await page.waitForSelector("[data-paused=unreachable]", { state: "visible", timeout: 30_000 });
  await focused(page, "unreachable");
  await looked(page, "unreachable");

  cut = "a moment";
  // The device is online again: it goes on by itself.
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const found = await verdict(page, path, "verdict");
  if (cut !== "no longer") trouble("the line was never cut");
  await page.close();
  return { ...found, firstAsked };
};

const found = [];
for (const [place, one] of (facts.find ?? []).entries()) found.push(await find(one, place));
for (const [place, one] of (facts.check ?? []).entries()) found.push(await check(one, place));
for (const one of facts.interrupt ?? []) found.push(await interrupt(one));
await browser.close();
console.log(JSON.stringify(found));
process.exit(troubles ? 1 : 0);
