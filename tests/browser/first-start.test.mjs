// The first start without the demonstration: claim link, set-up, a catalogue file, a product on sale. The link works once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, found, prefer, serve, until, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([serve("--test-mode"), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

test("from an empty folder to a product on sale", async () => {
  const link = house.said.match(/http:\S+\/claim\S+/)?.[0];
  assert.ok(link, `the console prints a claim link: ${house.said}`);
  const { page, wrong, context } = await visitor(browser, house);
  await found(page, house);
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
