// Without JavaScript the whole way works: search, basket, checkout with another country, order. Arabic reads right to left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, browse, demo, fillCheckout, overflow, payUntilPlaced, prefer, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

test("search, basket, checkout and order work without JavaScript", async () => {
  const { page, context } = await visitor(browser, house, { javaScriptEnabled: false });
  await prefer(page, { to: "FR", currency: "EUR", language: "en" });
  await page.fill("#q", "power bank");
  await page.locator('form[action="/search"] button').first().click();
  await page.waitForURL("**/search?**");
  await page.locator("#sort").selectOption("door_price");
  await page.locator('form:has(#sort) button').click();
  await page.waitForURL("**sort=door_price**");
  await page.locator('.goods a[href^="/p/lantau"]').first().click();
  await page.waitForURL("**/p/**");
  await page.locator('form[action="/cart/lines"] button.primary').click();
  await page.waitForURL("**/cart");
  await page.locator('main input[name="quantity"][type="number"]').fill("2");
  await page.locator('main form:has(input[type="number"]) button').click();
  await page.waitForURL("**/cart");
  assert.equal(await page.inputValue('main input[name="quantity"][type="number"]'), "2");
  await page.locator('a[href="/checkout"]').click();
  await page.locator("#country").selectOption("DE");
  await page.locator('button[name="do"][value="country"]').click();
  await page.waitForLoadState();
  assert.match(await page.textContent("main"), /Address format for Germany/);
  await fillCheckout(page);
  await payUntilPlaced(page);
  await page.waitForURL("**/order/**");
  assert.match(await page.textContent("main"), /Your order is placed/);
  await context.close();
});

test("the storefront reads right to left in Arabic, at phone width too", async () => {
  for (const viewport of [{ width: 1440, height: 900 }, NARROW]) {
    const { page, wrong, context } = await visitor(browser, house, { locale: "ar-SA", viewport });
    await prefer(page, { to: "SA", currency: "SAR", language: "ar" });
    for (const path of ["/", "/search", "/p/lantau-power-bank-20000", "/cart", "/sign-in", "/door-price", "/tariffs"]) {
      await page.goto(path);
      assert.equal(await page.getAttribute("html", "dir"), "rtl", path);
      assert.equal(await page.getAttribute("html", "lang"), "ar", path);
      assert.match(await page.textContent("main"), /\p{Script=Arabic}{3}/u, path);
      assert.ok(await overflow(page) <= 0, `${path} is wider than ${viewport.width} px`);
    }
    assert.deepEqual(wrong, []);
    await context.close();
  }
});
