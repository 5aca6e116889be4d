// What pages cost their readers: node budget.mjs FACTS SHOTS
// Prints what it found, and what is over its budget, and ends with 1 if anything is.
import { device, end, getPass, part, seal, toReview, town, trouble, until, votePath } from "./steps.mjs";

const poll = `/en/polls/${town.poll}`;
// Bytes over the wire by kind, without headers, and requests to this site.
const PAGES = {
  list: { path: "/en/", requests: 4, html: 4_000, style: 5_000, script: 2_000 },
  poll: { path: `${poll}?seed=abc`, requests: 4, html: 12_000, style: 5_000, script: 2_000 },
  results: { path: `${poll}/results`, requests: 4, html: 5_000, style: 5_000, script: 2_000 },
  how: { path: "/en/how-it-works", requests: 4, html: 6_000, style: 5_000, script: 2_000 },
  vote: { path: `${poll}/vote`, part: "pass", requests: 7, html: 14_000, style: 5_000, script: 30_000, module: 215_000 },
};
// The goal for the booth: page, style, scripts and module, where the reader knows Brotli.
const BOOTH = 250_000;
const MOST_SHIFT = 0.1;
const LONGEST_TASK = 200;

const kindOf = ({ url, type }) => {
  if (!url.startsWith(`${town.site}/`)) return "elsewhere";
  if (url.endsWith(".wasm")) return "module";
  if (url.endsWith(".js")) return "script";
  return { Document: "html", Stylesheet: "style" }[type] ?? "other";
};

// Notes what moves without the reader's doing, and what holds the page up.
const observe = () => {
  globalThis.seen = { shift: 0, longest: 0 };
  const on = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  on("layout-shift", (entry) => {
    if (!entry.hadRecentInput) globalThis.seen.shift += entry.value;
  });
  on("longtask", (entry) => {
    globalThis.seen.longest = Math.max(globalThis.seen.longest, entry.duration);
  });
};
const opened = async (name, action) => {
  const context = await device(name);
  await context.addInitScript(observe);
  const page = await context.newPage();
  await action(page, context);
  await context.close();
};

const measure = (name, budget) =>
  opened(name, async (page, context) => {
    const debug = await context.newCDPSession(page);
    await debug.send("Network.enable");
    const requests = new Map();
    debug.on("Network.responseReceived", ({ requestId, type, response }) => {
      const coding = response.headers["content-encoding"] ?? response.headers["Content-Encoding"];
      requests.set(requestId, { url: response.url, type, coding, bytes: 0, head: response.encodedDataLength });
    });
    debug.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const one = requests.get(requestId);
      if (one) one.bytes = encodedDataLength - one.head;
    });
    await page.goto(`${town.site}${budget.path}`);
    await (budget.part ? until(page, budget.part) : page.waitForLoadState("networkidle"));
    const own = [...requests.values()].filter((one) => one.url.startsWith(`${town.site}/`));
    const bytes = {};
    for (const one of own) bytes[kindOf(one)] = (bytes[kindOf(one)] ?? 0) + one.bytes;
    const all = own.reduce((sum, one) => sum + one.bytes, 0);
    const { shift } = await page.evaluate(() => globalThis.seen);
    console.log(name, own.length, "requests,", all, "bytes", JSON.stringify(bytes), "shift", shift.toFixed(3));
    if (own.length > budget.requests) trouble(name, "makes", own.length, "requests:", own.map((one) => one.url).join(" "));
    for (const [kind, most] of Object.entries(budget))
      if (bytes[kind] > most) trouble(name, "loads", bytes[kind], "bytes of", kind, "and not", most);
    if (shift > MOST_SHIFT) trouble(name, "moves under its reader's eyes by", shift);
    const waited = await page.evaluate(() =>
      performance.getEntriesByType("resource").filter((one) => one.initiatorType === "script" && one.renderBlockingStatus === "blocking").map((one) => one.name));
    if (waited.length) trouble(name, "is not painted before", waited.join(" "));
    const module = own.find((one) => kindOf(one) === "module");
    if (budget.module && !module) trouble(name, "loads no module");
    if (module?.coding === "br" && all > BOOTH) trouble(name, "loads", all, "bytes and not", BOOTH);
    if (module && !module.coding) trouble(name, "loads its module as it is");
  });

// The module is on its way for long, or never comes: the page is there.
const withoutModule = () =>
  opened("without the module", async (page) => {
    let answer;
    const waits = new Promise((done) => {
      answer = done;
    });
    await page.route("**/booth_bg.*", async (route) => {
      await waits;
      await route.continue();
    });
    await page.goto(votePath(), { waitUntil: "load" });
    await until(page, "reading");
    const frame = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(document.querySelector("h1").innerText))));
    if (!frame.includes("Riverside decides")) trouble("without its module the page says", frame);
    await page.focus("nav.languages a[lang=de]");
    answer();
    await until(page, "pass");
  });
const moduleNeverComes = () =>
  opened("no module", async (page) => {
    await page.route("**/booth_bg.*", (route) => route.abort());
    await page.goto(votePath());
    await until(page, "failed");
    if (!(await page.textContent("#why"))) trouble("a page without its module does not say why");
  });

// What else the machine does makes tasks longer: the calmest of three counts.
const sealing = () =>
  opened("sealing", async (page) => {
    await page.goto(votePath());
    await getPass(page, 0);
    await until(page, "choose");
    const longest = [];
    for (let time = 0; time < 3; time += 1) {
      const boxes = page.locator("[data-contest][data-id=square] [data-project] input");
      for (let choice = 0; choice < 5; choice += 1) await boxes.nth(choice).check();
      await toReview(page);
      await page.evaluate(() => {
        globalThis.seen.longest = 0;
      });
      await seal(page);
      longest.push(await page.evaluate(() => new Promise((done) => setTimeout(() => done(globalThis.seen.longest), 100))));
      if (time < 2) {
        await page.goBack();
        await until(page, "review");
        await page.click("#change");
        await until(page, "choose");
      }
    }
    await page.evaluate(() => {
      globalThis.seen.longest = 0;
    });
    await page.click("#cast");
    await until(page, "receipt");
    console.log("longest tasks while sealing", longest.join(", "), "ms, while casting", await page.evaluate(() => globalThis.seen.longest));
    if (Math.min(...longest) > LONGEST_TASK) trouble("the page stands still for", Math.min(...longest), "ms");
  });

if (town.many) await part("sealing", sealing);
else {
  for (const [name, budget] of Object.entries(PAGES)) await part(name, () => measure(name, budget));
  await part("without the module", withoutModule);
  await part("no module", moduleNeverComes);
}
await end();
