// Looks as readers do who look for themselves: node oneself.mjs FACTS SHOTS
// Prints what went wrong, one line each, and as the last line what was found, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [{ site, facts }, shots] = [JSON.parse(process.argv[2]), process.argv[3]];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let troubles = 0;
const trouble = (...words) => {
  troubles += 1;
  console.log(...words);
};
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 360, height: 740 }, acceptDownloads: true });

const violations = async (page) => {
  const debug = await context.newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe });
  const { result } = await debug.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) => JSON.stringify(
      found.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 200))])))`,
    awaitPromise: true,
    returnByValue: true,
  });
  return JSON.parse(result.value);
};

const open = async (path, quiet) => {
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble(path, error.message));
  page.on("console", (message) => {
    if (!quiet && ["error", "warning"].includes(message.type())) trouble(path, message.text());
  });
  await page.goto(`${site}${path}`);
  return page;
};

const looked = async (page, name) => {
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  for (const rule of await violations(page)) trouble(name, JSON.stringify(rule));
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (sideways > 0) trouble(name, "scrolls sideways by", sideways);
};

const visible = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-part]")].filter((part) => !part.hidden).map((part) => part.dataset.part));

const find = async ({ page: path, receipt, paste }, place) => {
  const page = await open(path, path.includes("127.0.0.1:9"));
  if (place === 0) await looked(page, "ask");
  if (paste) await page.fill("#receipt-text", receipt);
  else await page.setInputFiles("#receipt-file", { name: "receipt", mimeType: "text/plain", buffer: Buffer.from(receipt) });
  await page.click("#receipt-form button");
  await page.waitForSelector("[data-part].notice:not([hidden])", { timeout: 60_000 });
  const [part, ...more] = await visible(page);
  if (more.length) trouble(path, "shows several parts:", part, ...more);
  await looked(page, `${place}-${part}`);
  if (await page.evaluate(() => !document.activeElement.matches("h2"))) trouble(path, "the focus is not on the answer");
  let proof = null;
  if (part === "dropped") {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-part=dropped] a.proof")]);
    proof = JSON.parse(readFileSync(await download.path(), "utf8"));
  }
  if (page.url() !== `${site}${path}`) trouble("the address changed:", page.url());
  await page.close();
  return { part, proof };
};

const check = async ({ page: path }, place) => {
  const page = await open(path);
  if (place === 0) await looked(page, "begin");
  await page.click("[data-part=begin] button.begin");
  await page.waitForSelector("[data-part=verdict]:not([hidden]), [data-part=failed]:not([hidden])", { timeout: 240_000 });
  if (await page.isVisible("[data-part=failed]")) trouble(path, await page.textContent("#why"));
  await looked(page, `${place}-verdict`);
  const found = await page.evaluate(() => {
    const number = (element) => Number(element.textContent.replaceAll(/[^0-9-]/g, ""));
    const all = (selector) => [...document.querySelectorAll(selector)];
    const standing = (word) =>
      all("[data-claim]").filter((row) => !row.querySelector(`[data-standing="${word}"]`).hidden).map((row) => row.dataset.claim);
    return {
      outcome: all("[data-outcome]").find((one) => !one.hidden)?.dataset.outcome,
      held: standing("held").length,
      broken: standing("broken"),
      figures: all("[data-figure]").map(number),
      root: document.querySelector("#root").textContent,
      votes: all('table:not([hidden]) [data-total="votes"]').map(number),
    };
  });
  await page.close();
  return found;
};

const found = [];
for (const [place, one] of (facts.find ?? []).entries()) found.push(await find(one, place));
for (const [place, one] of (facts.check ?? []).entries()) found.push(await check(one, place));
await browser.close();
console.log(JSON.stringify(found));
process.exit(troubles ? 1 : 0);
