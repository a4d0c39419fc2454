// A real shop, neither demonstration nor test mode: its list of what is missing, its buyers who read "Opening soon", its own test order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, browse, found, overflow, prefer, serve, until, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([serve(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

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
  await found(owner.page, house);
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
