// What axe-core has against a page, by the rules of WCAG 2.2 AA.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Each broken rule with the elements that break it. Asks through the debugger, which the page's own policy does not bind. */
export const violations = async (page) => {
  const debug = await page.context().newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe });
  const { result } = await debug.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) => JSON.stringify(
      found.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 200))])))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await debug.detach();
  return JSON.parse(result.value);
};
