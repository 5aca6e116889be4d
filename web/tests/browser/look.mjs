// Looks at pages as readers do: node look.mjs BASE POLL SHOTS [all]
// Prints one line per trouble and ends with 1 if there is any. Screenshots of
// every page are left in SHOTS.
import { chromium } from "playwright-core";
import { violations } from "./axe.mjs";

const [base, poll, shots, all] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM;
const PAGES = {
  list: "/",
  poll: `/polls/${poll}?seed=abc`,
  nothing: `/polls/${poll}?seed=abc&q=zzzz`,
  results: `/polls/${poll}/results`,
  how: "/how-it-works",
  accessibility: "/accessibility",
  privacy: "/privacy",
  missing: "/nowhere",
};
const desktop = { viewport: { width: 1280, height: 900 } };
// 320 pixels are also a width of 1280 at 400 %.
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true };
const VIEWS = {
  desktop: { ...desktop, colorScheme: "light" },
  phone: { ...phone, colorScheme: "dark", reducedMotion: "reduce" },
  ...(all && {
    "desktop-dark": { ...desktop, colorScheme: "dark" },
    "phone-light": { ...phone, colorScheme: "light" },
  }),
  forced: { ...desktop, forcedColors: "active" },
};
const LANGUAGES = all ? ["en", "ar", "de", "es", "fr", "pl"] : ["en", "ar"];

let troubles = 0;
const trouble = (...words) => {
  troubles += 1;
  console.log(...words);
};
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const open = async (what, options) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble(what, error.message));
  page.on("console", (message) => {
    // A page that is not there says so with its status, which the console repeats.
    const expected = message.text().includes("status of 404");
    if (["error", "warning"].includes(message.type()) && !expected) trouble(what, message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${base}/`)) trouble(what, "asks elsewhere:", request.url());
  });
  return { context, page };
};

const geometry = () => {
  const root = document.documentElement;
  const controls = [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")];
  const inText = (control) => control.closest("p, h1, h2, h3, h4, dd") && !control.matches(".button");
  const small = controls.filter((control) => {
    const box = control.getBoundingClientRect();
    return box.width > 1 && !inText(control) && (box.height < 24 || box.width < 24);
  });
  return { sideways: root.scrollWidth - root.clientWidth, small: small.map((control) => control.outerHTML.slice(0, 200)) };
};

const SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }";

for (const language of LANGUAGES)
  for (const [view, options] of Object.entries(VIEWS)) {
    const { context, page } = await open(`${language} ${view}`, options);
    for (const [name, path] of Object.entries(PAGES)) {
      const what = `${name}-${language}-${view}`;
      await page.goto(`${base}/${language}${path}`);
      await page.screenshot({ path: `${shots}/${what}.png`, fullPage: true });
      const { sideways, small } = await page.evaluate(geometry);
      if (sideways > 0) trouble(what, "scrolls sideways by", sideways);
      if (small.length) trouble(what, "small targets:", small);
      for (const rule of await violations(page)) trouble(what, JSON.stringify(rule));
    }
    await context.close();
  }

// Text spaced as WCAG 1.4.12 says still fits a phone. The policy keeps styles out, so it is set aside here.
{
  const { context, page } = await open("spacing", { ...phone, bypassCSP: true });
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(`${base}/de${path}`);
    await page.addStyleTag({ content: SPACING });
    const { sideways } = await page.evaluate(geometry);
    if (sideways > 0) trouble(name, "scrolls sideways with wider spacing by", sideways);
  }
  await context.close();
}

// With the keyboard alone: the first stop leads past the navigation, every stop is seen.
{
  // Without smooth scrolling: a stop is looked at before it would have come into view.
  const { context, page } = await open("keyboard", { ...desktop, reducedMotion: "reduce" });
  await page.goto(`${base}/en${PAGES.poll}`);
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement.matches("a.skip")))) trouble("the first stop is not the skip link");
  const stops = new Set();
  for (let stop = 0; stop < 60; stop += 1) {
    const seen = await page.evaluate(() => {
      const active = document.activeElement;
      const box = active.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const style = getComputedStyle(active);
      return { html: active.outerHTML.slice(0, 120), inside, marked: style.outlineStyle !== "none" || style.boxShadow !== "none" };
    });
    if (seen.html.startsWith("<body")) break;
    if (!seen.inside || !seen.marked) trouble("focus is not seen on", seen.html);
    stops.add(seen.html);
    await page.keyboard.press("Tab");
  }
  if (stops.size < 12) trouble("the keyboard reaches only", [...stops].join("\n"));
  await page.focus("#q");
  await page.keyboard.type("lime");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=lime/);
  if ((await page.locator(".project").count()) !== 1) trouble("the search by keyboard does not find the one project");
  await context.close();
}

// Times are the reader's own; without JavaScript they are UTC, and everything else is there.
{
  const path = `${base}/en${PAGES.poll}`;
  const read = async (options) => {
    const { context, page } = await open("time", { ...desktop, ...options });
    await page.goto(path);
    const found = [await page.locator("time").first().textContent(), await page.locator(".project").count()];
    await context.close();
    return found;
  };
  const [tokyo, projects] = await read({ timezoneId: "Asia/Tokyo" });
  const [utc, withoutScript] = await read({ javaScriptEnabled: false });
  if (!tokyo.includes("GMT+9")) trouble("not the reader's time zone:", tokyo);
  if (!utc.endsWith("UTC")) trouble("without a script no UTC:", utc);
  if (projects !== withoutScript || projects === 0) trouble("without a script", withoutScript, "projects of", projects);
}

await browser.close();
process.exit(troubles ? 1 : 0);
