// A guest in Germany buys, in English and in Chinese; errors stand beside their fields; cards behave as cards do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BERLIN, browse, buy, demo, fillCheckout, intoBasket, pay, payUntilPlaced, prefer, until, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

const minor = (text) => Number(text.replace(/[^0-9]/g, ""));

test("a guest in Germany buys in English, through errors and 3-D Secure, to the order with its journey", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  await page.fill("#q", "power bank");
  await page.press("#q", "Enter");
  await page.waitForURL("**/search?**");
  await page.locator('.goods a[href^="/p/lantau-power-bank-20000"]').first().click();
  await page.waitForURL("**/p/lantau-power-bank-20000**");
  await page.locator('form[action="/cart/lines"] button.primary').click();
  await page.waitForURL("**/cart");
  await page.locator('a[href="/checkout"]').click();

  await pay(page);
  await page.waitForSelector("#problems");
  for (const field of ["name", "street", "city", "postcode", "email", "card"]) {
    assert.equal(await page.getAttribute(`form #${field}`, "aria-invalid"), "true", `${field} is marked`);
    assert.ok((await page.textContent(`#${field}-error`)).trim().length > 5, `${field} says what is wrong beside it`);
  }
  await fillCheckout(page, { address: { ...BERLIN, postcode: "1011" }, card: "4000000000003220" });
  await pay(page);
  await page.waitForSelector("#postcode-error");
  assert.equal(await page.inputValue("#street"), BERLIN.street, "what was typed is kept");
  assert.equal(await page.locator('[aria-invalid="true"]').count(), 1, "only the postcode is wrong now");

  await page.fill("#postcode", BERLIN.postcode);
  await payUntilPlaced(page);
  assert.match(page.url(), /\/pay\/sandbox\//);
  const asked = minor(await page.textContent("main"));
  await page.locator('button[value="approve"]').click();
  await page.waitForURL("**/order/**");
  assert.match(await page.textContent("h1"), /^Order \S+/);
  assert.match(await page.textContent("main"), /Thank you\. Your order is placed\./);
  assert.ok(await page.locator(".journey > li").count() >= 5, "the journey has its stops");
  assert.ok(asked > 0 && minor(await page.locator(".breakdown .total, .ledger .total").last().textContent()) > 0);
  assert.equal((await context.cookies()).filter((cookie) => /cart/.test(cookie.name) && cookie.value).length, 0, "the basket is over");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a guest adds what is in the basket to an order that is not packed, and pays the difference", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  await buy(page, "lantau-power-bank-20000");
  await page.waitForURL("**/order/**");
  const order = new URL(page.url()).pathname;
  await intoBasket(page, "lantau-pocket-10000");
  await page.goto(`${order}/change`);
  await page.check('input[name="basket"]');
  await page.getByRole("button", { name: "See what it costs" }).click();
  await page.waitForURL("**/change?basket=1");
  await page.getByRole("button", { name: /Change the order, then pay/ }).click();
  await page.waitForURL(/#due$/);
  await page.fill("#card", "4242424242424242");
  await page.locator("#due button.primary").click();
  await until(async () => {
    await page.goto(order);
    return /and 1 more/.test(await page.textContent("main"));
  });
  assert.ok(!(await page.textContent("main")).includes("Pay for the change"));
  await page.goto("/cart");
  assert.match(await page.textContent("main"), /Your basket is empty/, "what came into the order is no longer in the basket");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a guest in Germany buys in Chinese", async () => {
  const { page, wrong, context } = await visitor(browser, house, { locale: "zh-CN" });
  await prefer(page, { to: "DE", currency: "EUR", language: "zh-CN" });
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  await buy(page, "lantau-pocket-10000");
  await page.waitForURL("**/order/**");
  const said = await page.textContent("main");
  assert.match(await page.textContent("h1"), /\p{Script=Han}/u);
  assert.match(said, /\p{Script=Han}{4}/u);
  assert.ok(!/Thank you|Placed|Being packed/.test(said), "nothing is left in English");
  assert.ok(await page.locator(".journey > li").count() >= 5);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a declined card says so, takes nothing, and another card pays the same order", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  await buy(page, "lantau-pocket-10000", "4000000000000002");
  await page.waitForURL("**/order/**");
  const order = page.url();
  assert.match(await page.textContent('main [role="alert"]'), /declined the payment\. No money was taken/);
  await page.fill("#card", "4242 4242 4242 4242");
  await page.locator('form[action$="/pay"] button').click();
  await page.waitForSelector('form[action$="/pay"]', { state: "detached" });
  assert.equal(page.url(), order, "it is still the same order");
  assert.match(await page.textContent("main"), /Thank you\. Your order is placed\./);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a bank that is told no leaves the order unpaid and open", async () => {
  const { page, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  await buy(page, "lantau-pocket-10000", "4000000000003220");
  await page.waitForURL("**/pay/**");
  await page.locator('button[value="refuse"]').click();
  await page.waitForURL("**/order/**");
  assert.match(await page.textContent("main"), /did not approve the payment\. No money was taken/);
  assert.equal(await page.locator('form[action$="/pay"]').count(), 1);
  await context.close();
});

test("another destination re-prices the basket and says what changed", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  await intoBasket(page, "lantau-power-bank-20000");
  const before = await page.locator("aside").textContent();
  await page.locator("details.menu > summary.dest").click();
  await page.locator('details.menu [name="to"]').selectOption("BR");
  await page.locator("details.menu form button").last().click();
  await page.waitForURL("**/cart");
  const said = await page.locator('main [role="status"]').textContent();
  assert.match(said, /Re-priced for Brazil/);
  assert.match(said, /is now .* at your door|cannot be sent there/);
  assert.notEqual(await page.locator("aside").textContent(), before);
  await page.reload();
  assert.equal(await page.locator('main [role="status"]').count(), 0, "it is said once");
  assert.deepEqual(wrong, []);
  await context.close();
});
