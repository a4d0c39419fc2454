// Finding goods: filters that hold several values and apply at once, suggestions by keyboard, and what buys in the first screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, WIDE, browse, demo, prefer, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

const found = async (page) => Number((await page.locator(".page-head p").textContent()).match(/\d+/)[0]);
const counted = async (page, value) => Number(await page.locator(`li:has([name="from"][value="${value}"]) .num`).textContent());

test("filters apply at once, hold several values, and are taken out one by one", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  await page.goto("/search");
  const all = await found(page);
  const [china, poland] = [await counted(page, "CN"), await counted(page, "PL")];
  assert.ok(china > 0 && poland > 0 && china + poland < all);
  await page.check('.filter-form [name="from"][value="CN"]');
  await page.waitForURL("**from=CN**");
  assert.equal(await found(page), china);
  await page.check('.filter-form [name="from"][value="PL"]');
  await page.waitForURL("**from=PL**");
  assert.equal(await found(page), china + poland, "one or the other");
  assert.equal(await page.locator("a.chip").count(), 2);
  await page.fill("#max", "40");
  await page.press("#max", "Enter");
  await page.waitForURL("**max=40**");
  const cheap = await found(page);
  assert.ok(cheap > 0 && cheap < china + poland);
  assert.ok(await page.locator("svg.chart rect.f0").count() > 0, "dearer goods are still in the chart");
  await page.locator("a.chip", { hasText: "China" }).click();
  await page.waitForURL((url) => !url.search.includes("from=CN"));
  assert.ok(await page.isChecked('.filter-form [name="from"][value="PL"]') && !await page.isChecked('.filter-form [name="from"][value="CN"]'));
  await page.goto("/search?sort=door_price&from=CN&from=PL");
  await page.selectOption("#sort", "arrival");
  await page.waitForURL("**sort=arrival**");
  assert.equal(await found(page), china + poland, "another order keeps every value");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("suggestions are chosen by the arrow keys", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await prefer(page, { to: "DE", currency: "EUR", language: "en" });
  const box = page.getByRole("combobox", { name: "Search" });
  await box.pressSequentially("power");
  await page.waitForSelector('#suggestions [role="option"]');
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await box.press("ArrowDown");
  await box.press("ArrowDown");
  await box.press("ArrowUp");
  const first = page.locator('#suggestions [role="option"]').first();
  assert.equal(await first.getAttribute("aria-selected"), "true");
  assert.equal(await box.getAttribute("aria-activedescendant"), await first.getAttribute("id"));
  const to = await first.getAttribute("href");
  await box.press("Escape");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  assert.equal(await box.inputValue(), "power", "what was typed stays");
  await box.press("ArrowDown");
  await box.press("Enter");
  await page.waitForURL(`**${to}`);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("price and button stand in the first screen, the price of the delivery that is chosen", async () => {
  for (const viewport of [WIDE, NARROW]) {
    const { page, context } = await visitor(browser, house, { viewport });
    await prefer(page, { to: "DE", currency: "EUR", language: "en" });
    await page.goto("/p/lantau-power-bank-20000");
    const price = page.locator(".buy-price b:visible");
    for (const seen of [page.locator(".buy-bar button"), price]) {
      const box = await seen.boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= viewport.height, `${viewport.width}: ${JSON.stringify(box)}`);
    }
    const last = page.locator(".opt:has(input:enabled)").last();
    await last.click();
    assert.equal(await price.textContent(), await last.locator(".money").textContent());
    await context.close();
  }
});
