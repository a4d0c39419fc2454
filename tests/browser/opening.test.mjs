// A real shop, neither demonstration nor test mode: its list of what is missing, its buyers who read "Opening soon", its own test order.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { NARROW, browse, fillAddress, overflow, prefer, serve, until, visitor } from "./house.mjs";

const CSV = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Requires Shipping,Variant Taxable,HS Code,Country of Origin,Customs Description,Status
harbour-lamp,Harbour lamp,<p>Brass and glass.</p>,Pier,Lamps,brass,true,Title,Default Title,HL-1,900,12,45.00,true,true,940521,PL,LED table lamp of brass,active
`;

let house, browser;
before(async () => { [house, browser] = await Promise.all([serve(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

async function found(page) {
  await page.goto(house.said.match(/http:\S+\/claim\S+/)[0]);
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
  await until(async () => { await page.reload(); return /1 new, 0 changed/.test(await page.textContent("main")); });
}

async function toCheckout(page) {
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  const lamp = page.locator('.goods a[href^="/p/harbour-lamp"]').first();
  await until(async () => { await page.goto("/search?q=lamp"); return lamp.count(); });
  await lamp.click();
  await page.waitForURL("**/p/harbour-lamp**");
  await page.locator('form[action="/cart/lines"] button.primary').click();
  await page.waitForURL("**/cart");
  assert.match(await page.locator("aside").textContent(), /€\s?\d/, "prices are shown");
  await page.goto("/checkout");
}

test("a real shop is not open until nothing is missing", async () => {
  const owner = await visitor(browser, house);
  await found(owner.page);
  await owner.page.goto("/console");
  const list = owner.page.locator("#go-live");
  assert.match(await list.textContent(), /Payments.*Parcels.*Mail.*Imprint.*Contact.*Exchange rates.*test order/s);
  assert.equal(await list.locator('button[value="open"]').count(), 0, "it cannot open yet");
  const guest = await visitor(browser, house, { viewport: NARROW });
  await toCheckout(guest.page);
  assert.match(await guest.page.textContent("main"), /Opening soon/);
  assert.doesNotMatch(await guest.page.textContent("main"), /4242/);
  assert.equal(await overflow(guest.page), 0);
  await toCheckout(owner.page);
  assert.match(await owner.page.textContent("main"), /Test order/);
  await owner.page.setViewportSize(NARROW);
  await owner.page.goto("/console");
  assert.equal(await overflow(owner.page), 0);
  for (const one of [owner, guest]) { assert.deepEqual(one.wrong, []); await one.context.close(); }
});
