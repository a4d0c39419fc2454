// Every page of the storefront, the seller centre and the console, found by following its links: light and dark, wide and
// phone; no script error, no failed request, nothing wider than the window, nothing that axe-core calls serious.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { NARROW, WIDE, browse, demo, intoBasket, overflow, prefer, signIn, visitor } from "./house.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

// An address with its ids taken out: pages of the same kind are looked at once.
const kind = (path) => path.split("?")[0]
  .replace(/\/[a-z]{2,4}_[0-9a-z]{6,}(?=\/|$)/g, "/{id}")
  .replace(/^\/(p|c)\/[^/]+/, "/$1/{name}")
  .replace(/\/order\/.+/, "/order/{token}")
  .replace(/\/\d{4}-\d{2}(?=\/|$)/, "/{month}")
  .replace(/\/console\/ledger\/accounts\/.+/, "/console/ledger/accounts/{account}");

// Files and other things that are no pages.
const skip = (path) => /\.(csv|svg|journal|json|txt)$|\/statements\/|\/journal$|^\/static|^\/api|^\/metrics/.test(path.split("?")[0]);

// Every page within `roots` that links lead to, one of each kind.
async function walk(page, starts, inside) {
  const seen = new Map();
  const queue = [...starts];
  while (queue.length) {
    const path = queue.shift();
    if (seen.has(kind(path)) || skip(path)) continue;
    seen.set(kind(path), path);
    const answer = await page.goto(path);
    assert.ok(answer.status() < 400, `${path} answers ${answer.status()}`);
    const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((a) => new URL(a.href))
      .filter((url) => url.origin === location.origin).map((url) => url.pathname + url.search));
    for (const link of links) if (inside(link) && !seen.has(kind(link))) queue.push(link);
  }
  return [...seen.values()];
}

async function axe(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => axe.run(document, { runOnly: rules, resultTypes: ["violations"] }), RULES);
  return found.violations.filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}

// Looks at every page in both themes and at both widths; says everything that is wrong at once. Dark changes colours only,
// so dark is looked at in one width.
async function look(one, paths) {
  const { page, wrong, context } = one;
  const faults = [];
  const looks = [[WIDE, "light"], [NARROW, "light"], [NARROW, "dark"]];
  for (const path of paths) {
    await page.setViewportSize(WIDE);
    await page.goto(path);
    for (const [viewport, colorScheme] of looks) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const at = `${path} ${viewport.width} ${colorScheme}`;
      const wider = await overflow(page);
      if (wider > 0) faults.push(`${at}: ${wider} px wider than the window`);
      for (const violation of await axe(page)) faults.push(`${at}: ${violation}`);
    }
    faults.push(...wrong.splice(0).map((text) => `${path}: ${text}`));
  }
  await context.close();
  assert.deepEqual(faults, []);
}

test("every page of the storefront", async () => {
  const one = await visitor(browser, house);
  await signIn(one.page, "hanna.vogel@example.com");
  await prefer(one.page, { to: "DE", currency: "EUR", language: "en" });
  await intoBasket(one.page, "lantau-power-bank-20000");
  const starts = ["/", "/search", "/search?q=nothing+is+called+this", "/cart", "/checkout", "/sign-in", "/register",
    "/orders/find", "/account", "/account/addresses/new"];
  const paths = await walk(one.page, starts, (path) => !/^\/(seller|console)\b/.test(path));
  assert.ok(paths.length >= 18, `the walk finds the storefront: ${paths.join(" ")}`);
  await look(one, [...paths, "/no-such-page"]);
});

test("every page of the seller centre", async () => {
  const one = await visitor(browser, house);
  await signIn(one.page, "lantau@example.com");
  const paths = await walk(one.page, ["/seller", "/seller/orders?state=all"], (path) => /^\/seller\b/.test(path) && path !== "/selling");
  assert.ok(paths.length >= 11, `the walk finds the seller centre: ${paths.join(" ")}`);
  await look(one, paths);
});

test("every page of the console", async () => {
  const one = await visitor(browser, house);
  await signIn(one.page, "operator@example.com");
  const paths = await walk(one.page, ["/console"], (path) => /^\/console\b/.test(path));
  assert.ok(paths.length >= 18, `the walk finds the console: ${paths.join(" ")}`);
  await look(one, paths);
});
