// The first start without the demonstration: claim link, set-up, a catalogue file, a product on sale. The link works once.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browse, fillAddress, prefer, serve, until, visitor } from "./house.mjs";

const CSV = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Requires Shipping,Variant Taxable,HS Code,Country of Origin,Customs Description,Status
harbour-lamp,Harbour lamp,<p>Brass and glass.</p>,Pier,Lamps,brass,true,Title,Default Title,HL-1,900,12,45.00,true,true,940521,PL,LED table lamp of brass,active
`;

let house, browser;
before(async () => { [house, browser] = await Promise.all([serve("--test-mode"), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

test("from an empty folder to a product on sale", async () => {
  const link = house.said.match(/http:\S+\/claim\S+/)?.[0];
  assert.ok(link, `the console prints a claim link: ${house.said}`);
  const { page, wrong, context } = await visitor(browser, house);
  await page.goto(link);
  await page.fill("#name", "Pier Goods");
  await page.locator("#country").selectOption("PL");
  await page.locator('[name="currency"]').selectOption("EUR");
  await page.locator('form[action="/claim"] [name="language"]').selectOption("en");
  await page.fill("#email", "owner@pier.example");
  await page.fill("#password", "a lamp at the pier");
  await page.locator('form[action="/claim"] button').click();
  await page.waitForURL("**/setup");
  await fillAddress(page, { name: "Pier Goods", street: "ul. Piotrkowska 143", postcode: "90-434", city: "Łódź", phone: "+48 42 555 01 19" });
  await page.locator('form[action="/setup/warehouse"] button').click();
  await page.waitForSelector('input[type="file"]');
  const file = join(house.data, "catalogue.csv");
  writeFileSync(file, CSV);
  await page.setInputFiles('input[type="file"]', file);
  await page.locator('form[action^="/setup/catalogue"] button').click();
  await page.waitForURL("**/console/imports/**");
  // The page refreshes itself every five seconds; a look at once is faster.
  await until(async () => { await page.reload(); return /1 new, 0 changed/.test(await page.textContent("main")); });
  assert.equal(await page.getAttribute('nav.side a[href="/console/products"]', "aria-current"), "page");
  const guest = await visitor(browser, house);
  await prefer(guest.page, { to: "DE", currency: "EUR", language: "en" });
  const lamp = guest.page.locator('.goods a[href^="/p/harbour-lamp"]').first();
  await until(async () => { await guest.page.goto("/search?q=lamp"); return lamp.count(); });
  await lamp.click();
  await guest.page.waitForURL("**/p/harbour-lamp**");
  await guest.page.locator('form[action="/cart/lines"] button.primary').click();
  await guest.page.waitForURL("**/cart");
  assert.match(await guest.page.locator("aside").textContent(), /€\s?\d/);
  const again = await guest.page.goto(link);
  assert.equal(new URL(again.url()).pathname, "/", "the link works once");
  for (const one of [wrong, guest.wrong]) assert.deepEqual(one, []);
  await guest.context.close();
  await context.close();
});
