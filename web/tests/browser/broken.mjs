// What goes wrong, by accident or on purpose: node broken.mjs FACTS SHOTS [all]
// Prints one line per trouble and ends with 1 if there is any.
import {
  CHOOSE,
  again,
  ballots,
  end,
  fresh,
  getPass,
  long,
  look,
  newCodes,
  notCast,
  says,
  seal,
  seen,
  toReview,
  town,
  trouble,
  until,
  vote,
  votePath,
} from "./steps.mjs";

const BALLOTS = `${town.ledger}/ballots`;
const TOKENS = `${town.issuers[0]}/token-request`;
const directory = (issuer) => `${town.issuers[issuer]}/.well-known/private-token-issuer-directory`;
const cut = (route) => route.abort();
const CORS = { "access-control-allow-origin": "*" };
const lost = async (route) => {
  await route.fetch().catch(() => undefined);
  await route.abort();
};
const receiptFor = async (page, context, before) => {
  await until(page, "receipt");
  if ((await ballots()) !== before + 1) trouble("there are", await ballots(), "ballots after", before);
};

await fresh("the record is out of reach", async (page) => {
  await page.route(`${town.ledger}/checkpoint`, cut);
  await page.goto(votePath());
  await until(page, "failed");
  await notCast(page);
  await look(page, "broken-record");
});

await fresh("an issuer is out of reach, then its answer is lost with the tab", async (page, context) => {
  const codes = newCodes(0);
  await context.route(directory(0), cut);
  await page.goto(votePath());
  await getPass(page, 0, codes);
  await page.waitForSelector("#pass-wrong:not([hidden])");
  await says(page, "The office does not answer.");
  await notCast(page);
  await look(page, "broken-issuer");
  await context.unroute(directory(0));
  await context.route(TOKENS, lost);
  await page.fill("#code-0", codes[0]);
  await page.fill("#code-1", codes[1]);
  await page.click("#pass-form button[type=submit]");
  await page.waitForSelector("#asked:not([hidden])");
  await context.unroute(TOKENS);
  const other = await again(page, context);
  await until(other, "pass");
  await says(other, "Your device has asked for a pass already");
  await other.fill("#code-0", codes[0]);
  await other.fill("#code-1", codes[1]);
  await other.click("#pass-form button[type=submit]");
  await until(other, "choose");
});

await fresh("the receipt is lost with the tab", async (page, context) => {
  const before = await ballots();
  await vote(page, 0);
  await context.route(BALLOTS, lost);
  await page.click("#cast");
  await until(page, "working");
  await page.waitForRequest(BALLOTS);
  while ((await ballots()) === before) await page.waitForTimeout(100);
  await notCast(page);
  await context.unroute(BALLOTS);
  await receiptFor(await again(page, context), context, before);
});

await fresh("the network dies before the ballot leaves, and comes back", async (page, context) => {
  const before = await ballots();
  await vote(page, 1);
  await context.route(BALLOTS, cut);
  await page.click("#cast");
  await until(page, "unconfirmed");
  await notCast(page);
  await look(page, "broken-network");
  await context.unroute(BALLOTS);
  await page.click("#send-again");
  await receiptFor(page, context, before);
});

await fresh("a tab is closed at every step before the ballot", async (page, context) => {
  const codes = newCodes(0);
  await page.goto(votePath());
  await getPass(page, 0, codes);
  await until(page, "choose");
  let tab = await again(page, context);
  await until(tab, "choose");
  await CHOOSE[0](tab);
  await toReview(tab);
  await seal(tab);
  await notCast(tab);
  tab = await again(tab, context);
  await until(tab, "choose");
  await notCast(tab);
});

await fresh("the way back", async (page) => {
  await vote(page, 0);
  await page.goBack();
  await until(page, "review");
  await page.goBack();
  await until(page, "choose");
  if (!(await page.isChecked("[data-id=square] [data-id=trees] input"))) trouble("the choice is lost on the way back");
  await toReview(page);
  await seal(page);
  await page.click("#cast");
  await until(page, "receipt");
  await page.goBack();
  await page.waitForTimeout(300);
  if ((await seen(page)) !== "receipt") trouble("the way back leads from the receipt to", await seen(page));
});

await fresh("leaving warns", async (page) => {
  await vote(page, 0);
  const asked = page.waitForEvent("dialog", { timeout: 5_000 });
  await page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await notCast(page);
});

await fresh("two tabs", async (page, context) => {
  await page.goto(votePath());
  await getPass(page, 0);
  await until(page, "choose");
  const other = await context.newPage();
  await other.goto(votePath());
  await until(other, "elsewhere");
  await look(other, "broken-elsewhere");
  await other.click("#here");
  await until(other, "choose");
  await until(page, "elsewhere");
  await page.click("#here");
  await until(page, "choose");
  await until(other, "elsewhere");
  await CHOOSE[0](page);
  await toReview(page);
  await seal(page);
  await page.click("#cast");
  await until(page, "receipt");
});

const used = newCodes(0);
await fresh("codes that are wrong", async (page) => {
  await page.goto(votePath());
  const tries = [
    [["AAAA-BBBB", used[1]], 0, "This is not a code from a letter."],
    [[used[1], used[0]], 0, "This code is not known here."],
    [used, 1, "This code is for another ballot."],
  ];
  for (const [codes, style, words] of tries) {
    await getPass(page, style, codes);
    await page.waitForFunction((words) => document.getElementById("pass-wrong").textContent.includes(words), words).catch(() => undefined);
    await says(page, words);
    await notCast(page);
  }
  await look(page, "broken-code");
  await getPass(page, 0, used);
  await until(page, "choose");
});
await fresh("a code that was used elsewhere", async (page) => {
  await page.goto(votePath());
  await getPass(page, 0, used);
  await page.waitForSelector("#pass-wrong:not([hidden])");
  await says(page, "A voting pass was given out for this code before.");
  await look(page, "broken-used");
});

// --- servers that lie ------------------------------------------------------------

await fresh("g5: an issuer with keys of its own", async (page, context) => {
  const keys = await (await fetch(directory(1))).text();
  await context.route(directory(0), (route) => route.fulfill({ status: 200, headers: CORS, body: keys }));
  let requests = 0;
  page.on("request", (request) => (requests += request.url() === TOKENS && request.method() === "POST" ? 1 : 0));
  await page.goto(votePath());
  await getPass(page, 0);
  await page.waitForSelector("#pass-wrong:not([hidden])");
  await says(page, "The office shows other keys than the public record.");
  if (requests) trouble("it was asked all the same");
});

await fresh("g14: an issuer that answers with something else", async (page, context) => {
  await context.route(TOKENS, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const answer = await route.fetch();
    const body = await answer.body();
    body[9] ^= 1;
    return route.fulfill({ response: answer, body });
  });
  await page.goto(votePath());
  await getPass(page, 0);
  await page.waitForSelector("#pass-wrong:not([hidden])");
  await says(page, "is not a valid voting pass");
});

// Somebody else's genuine receipt, to be shown to others.
let genuine;
await fresh("a receipt", async (page, context) => {
  await vote(page, 0);
  await context.route(BALLOTS, async (route) => {
    const answer = await route.fetch();
    if (route.request().method() === "POST") genuine = await answer.text();
    await route.fulfill({ response: answer });
  });
  await page.click("#cast");
  await until(page, "receipt");
});
const LIES = {
  "h5: a word for a receipt": () => "accepted",
  "h5: nothing for a receipt": () => "",
  "h4: somebody else's receipt": () => genuine,
  "h5: a receipt whose checkpoint is another's": (own) => own.replace(/^(— \S+ \S{8})../m, "$1AA"),
  "h5: a receipt of another place": (own) => own.replace(/^index \d+/m, "index 0"),
  "h5: a page for a receipt": () => "<script>document.body.innerText = 'Your ballot is in the box'</script>",
};
const everyday = ["h4: somebody else's receipt", "h5: a receipt whose checkpoint is another's"];
for (const [name, lie] of Object.entries(LIES).filter(([name]) => long || everyday.includes(name)))
  await fresh(name, async (page, context) => {
    await vote(page, 0);
    await context.route(BALLOTS, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const answer = await route.fetch();
      return route.fulfill({ response: answer, body: lie(await answer.text()) });
    });
    await page.click("#cast");
    await until(page, "unconfirmed");
    await says(page, "The answer of the ballot box is not a receipt for your ballot.");
    await notCast(page);
    if (name.includes("somebody")) await look(page, "broken-receipt");
    // The truth, when it comes, is believed.
    await context.unroute(BALLOTS);
    await page.click("#send-again");
    await until(page, "receipt");
  });

await fresh("c10: a ballot box that refuses", async (page, context) => {
  await vote(page, 0);
  const body = JSON.stringify({ type: "urn:psephos:problem:not-open", detail: "no ballots are taken: the election is closed" });
  await context.route(BALLOTS, (route) => (route.request().method() === "POST" ? route.fulfill({ status: 409, headers: CORS, body }) : route.continue()));
  await page.click("#cast");
  await until(page, "refused");
  await says(page, "The ballot box takes no ballots now.");
  await notCast(page);
  await look(page, "broken-refused");
});

await fresh("h5: a refusal that pretends", async (page, context) => {
  await vote(page, 0);
  const body = JSON.stringify({ type: "urn:psephos:problem:constructor", detail: "<b>Accepted</b>, all is well" });
  await context.route(BALLOTS, (route) => (route.request().method() === "POST" ? route.fulfill({ status: 400, headers: CORS, body }) : route.continue()));
  await page.click("#cast");
  await until(page, "refused");
  await says(page, "“<b>Accepted</b>, all is well”");
  await notCast(page);
});

const swap = (page, path, change) =>
  page.route(`${town.ledger}/${path}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(await answer.body()) });
  });
await fresh("h9: another manifest", async (page) => {
  await swap(page, "checkpoint", (body) => body);
  // The title in entry 0 is another: so are the officers' signatures, then.
  await swap(page, "tile/entries/**", (body) => {
    const at = body.indexOf("Golden budget");
    if (at < 0) throw new Error("no title in entry 0");
    body.write("Silver budget", at);
    return body;
  });
  await page.goto(votePath());
  await until(page, "failed");
  await notCast(page);
  await look(page, "broken-manifest");
});
await fresh("e6: another checkpoint", async (page) => {
  await swap(page, "checkpoint", (body) => Buffer.from(body.toString().replace(/^[A-Za-z0-9+/]{43}=$/m, (root) => `AAAA${root.slice(4)}`)));
  await page.goto(votePath());
  await until(page, "failed");
  await says(page, "not signed");
  await notCast(page);
});
await fresh("h9: a link of another poll", async (page) => {
  await page.goto(`${votePath()}#poll=${"00".repeat(32)}`);
  await until(page, "failed");
  await notCast(page);
});
await fresh("h1: a page that shows other projects", async (page) => {
  await page.goto(votePath());
  await until(page, "pass");
  await page.evaluate(() => {
    for (const card of document.querySelectorAll('[data-cost="55000"]')) card.dataset.cost = "550";
  });
  await getPass(page, 0);
  await until(page, "failed");
  await says(page, "other projects than the public record");
});
for (const file of ["vote", "engine", "booth_bg"])
  await fresh(`h1: a changed ${file}`, async (page) => {
    await page.route(new RegExp(`/booth/${file}\\.`), async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      await route.fulfill({ response: answer, body: Buffer.concat([body, Buffer.from("\n")]) });
    });
    await page.goto(votePath());
    await until(page, file === "vote" ? "needs" : "failed");
  });

await end();
