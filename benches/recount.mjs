// Recounts a ledger in Chromium: node benches/recount.mjs LEDGER_DIR [WEB_PROGRAM [BOOTH_DIR]]
// The pages are the real ones, with the booth that `cargo xtask booth` built
// (benches/README.md); Chromium is driven by what the browser tests installed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [ledger, program = here("../target/release/web"), booth = here("../target/booth")] = process.argv.slice(2);
const { chromium } = createRequire(here("../target/browser/any.js"))("playwright-core");

// A mirror, as any web server is one.
const mirror = createServer((request, response) => {
  const path = join(ledger, new URL(request.url, "http://any").pathname);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  response.setHeader("Access-Control-Allow-Origin", "*");
  if (size === undefined || path.endsWith("/")) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Length": size });
  createReadStream(path).pipe(response);
});
await once(mirror.listen(0, "127.0.0.1"), "listening");
const copy = `http://127.0.0.1:${mirror.address().port}`;

const pages = spawn(program, ["serve", "--ledger", copy, "--booth", booth, "--listen", "127.0.0.1:0", "--every", "3600"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [line] = await once(pages.stdout, "data");
const site = String(line).trim().split(" ").at(-1);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const debug = await browser.newBrowserCDPSession();
const cpuTime = async () => {
  const { processInfo } = await debug.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, process) => sum + process.cpuTime, 0);
};
try {
  // The pages audit it too, before they show it.
  let poll = null;
  for (let patience = 600; !poll && patience > 0; patience -= 1) {
    await page.goto(`${site}/en/`);
    const links = await page.locator('a[href^="/en/polls/"]').all();
    poll = links.length ? await links[0].getAttribute("href") : null;
    if (!poll) await page.waitForTimeout(500);
  }
  await page.goto(`${site}${poll.split("?")[0]}/recount?copy=${copy}`);
  const [before, begun] = [await cpuTime(), performance.now()];
  const seconds = () => ((performance.now() - begun) / 1_000).toFixed(1);
  await page.click("[data-part=begin] button.begin");
  let said = "";
  const watch = setInterval(async () => {
    const pace = await page.textContent(".pace").catch(() => said);
    if (pace !== said) console.log(`${seconds()} s: ${pace}`);
    said = pace;
  }, 5_000);
  await page.waitForSelector("[data-part=verdict]:not([hidden]), [data-part=failed]:not([hidden])", { timeout: 3_600_000 });
  clearInterval(watch);
  const [spent, waited] = [(await cpuTime()) - before, seconds()];
  const entries = await page.textContent('[data-figure="entries"]');
  const ballots = await page.textContent('[data-figure="ballots"]');
  console.log(`${entries} entries, ${ballots} ballots: ${waited} s, ${spent.toFixed(1)} s of processor time, ${cpus().length} × ${cpus()[0].model}`);
  console.log(`${await browser.version()}: ${await page.textContent("#ending")} ${await page.textContent("#why")}`);
} finally {
  await browser.close();
  pages.kill();
  mirror.close();
}
