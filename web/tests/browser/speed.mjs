// How long readers wait: node speed.mjs FACTS SHOTS; FACTS say how often, and whether pages are measured too.
// Prints what it found as JSON, in milliseconds: every run, by what was waited for.
import { device, end, getPass, part, seal, toReview, town, until, votePath } from "./steps.mjs";

const found = {};
const note = (what, time) => (found[what] ??= []).push(time);

// When the booth asks for its pass, and how long its worker seals and proves.
const watch = () => {
  globalThis.took = {};
  const ready = "[data-part=pass]:not([hidden])";
  new MutationObserver(() => {
    if (document.querySelector(ready)) globalThis.took.usable ??= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (["seal", "cast"].includes(message?.name)) {
      const begun = performance.now();
      this.addEventListener("message", ({ data }) => {
        if (data.number === message.number) globalThis.took[message.name] = performance.now() - begun;
      });
    }
    return post.call(this, message, ...rest);
  };
};
// Every time a browser that has been nowhere.
const opened = async (action) => {
  const context = await device("speed");
  await context.addInitScript(watch);
  await action(await context.newPage());
  await context.close();
};
const took = (page) => page.evaluate(() => globalThis.took);

const PAGES = {
  "list of polls": "/en/",
  "a poll": `/en/polls/${town.poll}?seed=abc`,
  results: `/en/polls/${town.poll}/results`,
};
const show = (name, path) =>
  opened(async (page) => {
    await page.goto(`${town.site}${path}`, { waitUntil: "load" });
    const time = await page.evaluate(() => {
      const [{ domContentLoadedEventEnd }] = performance.getEntriesByType("navigation");
      const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
      return Math.max(domContentLoadedEventEnd, painted);
    });
    note(name, time);
  });
const vote = () =>
  opened(async (page) => {
    await page.goto(votePath());
    await until(page, "pass");
    note("the booth", (await took(page)).usable);
    await getPass(page, 0);
    await until(page, "choose");
    const boxes = page.locator("[data-contest][data-id=square] [data-project] input");
    for (let choice = 0; choice < 5; choice += 1) await boxes.nth(choice).check();
    await toReview(page);
    await seal(page);
    await page.click("#cast");
    await until(page, "receipt");
    const times = await took(page);
    note("seal", times.seal);
    note("prove", times.cast);
    note("both", times.seal + times.cast);
  });

await part("speed", async () => {
  for (let run = 0; run < town.runs; run += 1) {
    if (town.pages) for (const [name, path] of Object.entries(PAGES)) await show(name, path);
    await vote();
  }
});
console.log(JSON.stringify(found));
await end();
