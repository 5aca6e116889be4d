// Votes as people do: node walk.mjs FACTS SHOTS [all]
// Prints one line per trouble and ends with 1 if there is any.
import { chromium } from "playwright-core";

const [facts, shots] = process.argv.slice(2);
const { site, poll } = JSON.parse(facts);
let troubles = 0;
const trouble = (...words) => {
  troubles += 1;
  console.log(...words);
};
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
page.on("pageerror", (error) => trouble(error.message));
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) trouble(message.text());
});
await page.goto(`${site}/en/polls/${poll}/vote`);
await page.waitForSelector("[data-part=read]:not([hidden]), [data-part=failed]:not([hidden])", { timeout: 20_000 }).catch((error) => trouble(error.message));
if (!(await page.isVisible("[data-part=read]"))) trouble("not read:", await page.textContent("#why"));
await page.screenshot({ path: `${shots}/read.png`, fullPage: true });
await browser.close();
process.exit(troubles ? 1 : 0);
