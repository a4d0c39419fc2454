// A seller ships what was bought, the operator lets days pass, the order completes, and the money is in the seller's balance. A table
// that nobody knows is brought in by saying what its columns mean.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { NARROW, browse, buy, demo, overflow, prefer, signIn, until, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

// Minor units of an amount as a page shows it.
const minor = (text) => Number(text.replace(/[^0-9]/g, ""));

// What the seller can have or has had in a currency.
async function freed(page, currency) {
  await page.goto("/seller/balance");
  const row = page.locator(`main tr:has(td[data-l="Available"]):has(th:text-is("${currency}"))`);
  const money = async (label) => minor(await row.locator(`td[data-l="${label}"]`).textContent());
  return await money("Available") + await money("Paid out");
}

// What an order brought the seller, from the statement of the month that is shown first.
async function earned(page, number) {
  await page.goto("/seller/statements");
  const rows = page.locator(`main tr:has(code:text-is("${number}"))`);
  return Promise.all((await rows.locator('td[data-l="Net"]').all()).map(async (cell) => minor(await cell.textContent())));
}

test("from a paid order to money in the seller's balance", async () => {
  const buyer = await visitor(browser, house);
  await prefer(buyer.page, { to: "DE", currency: "EUR", language: "en" });
  await buy(buyer.page, "lantau-power-bank-20000");
  await buyer.page.waitForURL("**/order/**");
  const number = (await buyer.page.textContent("h1")).replace("Order ", "").trim();

  const seller = await visitor(browser, house);
  await signIn(seller.page, "lantau@example.com");
  await seller.page.goto("/seller/orders");
  await seller.page.locator('a[href^="/seller/orders/"]', { hasText: number }).first().click();
  await seller.page.waitForURL(/\/seller\/orders\/[^?]+$/);
  const consignment = seller.page.url();
  assert.match(await seller.page.textContent("main"), /Klara Weiss/);
  await seller.page.locator('form[action$="/pack"] button.primary').click();
  await seller.page.waitForSelector('form[action$="/hand-over"]');

  await seller.page.locator('a[href^="/seller/papers"]').first().click();
  await seller.page.waitForURL("**/seller/papers**");
  const label = await seller.page.textContent("body");
  assert.match(label, /[A-Z]{2}\s?\d{3}\s?\d{3}\s?\d{3}\s?[A-Z]{2}|[A-Z]{2}\d{9}[A-Z]{2}/, "the label carries an S10 number");
  assert.match(label, /Klara Weiss/);

  await seller.page.goto(consignment);
  await seller.page.locator('form[action$="/hand-over"] button.primary').click();
  await seller.page.waitForSelector('form[action$="/hand-over"]', { state: "detached" });

  const operator = await visitor(browser, house);
  await signIn(operator.page, "operator@example.com");
  let delivered = false;
  for (let day = 0; day < 40 && !delivered; day += 1) {
    await operator.page.goto("/console");
    await operator.page.locator('form[action="/console/clock"] button').click();
    await operator.page.waitForLoadState();
    await buyer.page.reload();
    delivered = await buyer.page.locator('a[href$="/confirm"]').count() === 1;
  }
  assert.ok(delivered, "the parcel arrives within forty days");
  assert.deepEqual(await earned(seller.page, number), [], "nothing is earned before the order is complete");
  const before = await freed(seller.page, "EUR");
  await buyer.page.locator('a[href$="/confirm"]').click();
  await buyer.page.waitForURL("**/confirm");
  await buyer.page.locator('form[action$="/confirm"] button').click();
  await buyer.page.waitForURL(/\/order\/[^/]+$/);
  assert.equal(await buyer.page.locator('a[href$="/confirm"]').count(), 0);
  assert.match(await buyer.page.textContent("main"), /Everything has arrived and the order is complete/);

  const shares = await earned(seller.page, number);
  assert.equal(shares.length, 1, "the statement has the sale, once");
  assert.ok(shares[0] > 0);
  // Other orders may complete in the meantime: the clock has moved by days.
  const grown = await freed(seller.page, "EUR") - before;
  assert.ok(grown >= shares[0], `the balance has grown by ${grown}, at least by the ${shares[0]} of this order`);
  for (const one of [buyer, seller, operator]) { assert.deepEqual(one.wrong, []); await one.context.close(); }
});

test("a table that nobody knows is asked about once, on a phone without JavaScript", async () => {
  const { page, context } = await visitor(browser, house, { javaScriptEnabled: false, viewport: NARROW });
  await signIn(page, "lantau@example.com");
  const send = async (name, rows) => {
    writeFileSync(join(house.data, name), `Nummer;Was;Preis heute;Da\n${rows}\n`);
    await page.goto("/seller/products/import");
    await page.setInputFiles('input[type="file"]', join(house.data, name));
    await page.locator("main form button").last().click();
    await page.waitForURL("**/seller/imports/**");
  };
  // The check is a job: the page is looked at again until it has ended.
  const shown = (selector) => until(async () => { await page.goto(page.url()); return page.locator(selector).count(); });
  await send("first.csv", "LAN-Q1;Ladekabel rot;19,90;12");
  await shown('main select[name="means.0"]');
  assert.ok(await overflow(page) <= 0, "the questions are wider than a phone");
  const means = ["SKU", "Title", "Price", "Pieces on hand"];
  for (const [at, label] of means.entries()) await page.selectOption(`select[name="means.${at}"]`, { label });
  const said = () => Promise.all(means.map((_, at) => page.inputValue(`select[name="means.${at}"]`)));
  const told = await said();
  await page.locator('button[value="columns"]').click();
  await page.waitForLoadState();
  await shown('button[value="import"]');
  assert.deepEqual(await said(), told, "it is understood as it was told");
  await send("second.csv", "LAN-Q2;Ladekabel blau;21,90;5");
  await shown('button[value="import"]');
  assert.deepEqual(await said(), told, "what was said is remembered");
  await context.close();
});
