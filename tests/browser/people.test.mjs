// Who acts for whom, without JavaScript and on a phone: roles are offered, accepted, declined, chosen among and left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, browse, demo, overflow, signIn, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo(), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

// A seller's owner offers a role; gives the path of the link that is to be handed over.
async function invite(owner, email, role = "seller_staff") {
  const { page, context } = await visitor(browser, house);
  await signIn(page, owner);
  await page.goto("/seller/people");
  await page.fill("#email", email);
  await page.selectOption("#role", role);
  await page.locator('button[value="invite"]').click();
  const link = await page.locator('.note.ok[role="status"] code').textContent();
  assert.match(await page.locator("main table").last().textContent(), new RegExp(email));
  await context.close();
  return link.slice(link.indexOf("/invitation"));
}

test("two roles are accepted, one of two organisations is chosen, and one is left", async () => {
  const link = await invite("ramalho@example.com", "jonas.reuter@example.com");
  await invite("menderes@example.com", "jonas.reuter@example.com");
  const { page, context } = await visitor(browser, house, { javaScriptEnabled: false, viewport: NARROW });
  await page.goto(link);
  assert.match(await page.textContent("h1"), /Casa Ramalho/);
  assert.ok(await overflow(page) <= 0, "the invitation is wider than a phone");
  await page.locator('main a[href^="/sign-in?back="]').click();
  await page.fill("#email", "jonas.reuter@example.com");
  await page.fill("#password", "entrepot-demo");
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL("**/invitation?**");
  await page.locator('main button[value="accept"]').click();
  await page.waitForURL("**/seller");
  assert.match(await page.textContent("header"), /Casa Ramalho/);
  assert.equal((await page.goto("/seller/balance")).status(), 403, "staff sees no money");
  assert.equal((await page.goto(link)).status(), 410, "a link is good once");

  await page.goto("/account/organisations");
  await page.locator('form[action="/account/invitations"] button[value="accept"]').click();
  await page.waitForURL("**/seller");
  assert.match(await page.textContent("header"), /Menderes Loom/);
  await page.goto("/account/organisations");
  assert.ok(await overflow(page) <= 0, "the choice is wider than a phone");
  // By keyboard: the one button that acts for the other.
  const choose = page.locator("form:has(input[name=organisation]) button", { hasText: "Casa Ramalho" }).last();
  await choose.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/seller");
  assert.match(await page.textContent("header"), /Casa Ramalho/);

  await page.goto("/account/organisations");
  await page.locator("main a", { hasText: "Leave" }).filter({ hasText: "Menderes Loom" }).click();
  await page.waitForURL("**/leave");
  await page.locator("main form button").click();
  await page.waitForURL("**/account/organisations");
  const left = await page.textContent("main");
  assert.ok(left.includes("Casa Ramalho") && !left.includes("Act for Menderes Loom"), left);
  assert.equal((await page.goto("/seller")).status(), 200, "the other is as it was");
  await context.close();
});

test("an invitation is declined by whoever holds its link, and the seller sees it gone", async () => {
  const link = await invite("saigon@example.com", "stranger@example.com");
  const { page, context, wrong } = await visitor(browser, house, { viewport: NARROW, locale: "ar-SA", colorScheme: "dark" });
  await page.goto(link);
  assert.equal(await page.getAttribute("html", "dir"), "rtl");
  await page.locator('main button[value="decline"]').click();
  await page.waitForSelector('.note.ok[role="status"]');
  assert.equal((await page.goto(link)).status(), 410);
  const owner = await visitor(browser, house);
  await signIn(owner.page, "saigon@example.com");
  await owner.page.goto("/seller/people");
  assert.doesNotMatch(await owner.page.textContent("main"), /stranger@example\.com/);
  for (const one of [wrong.filter((text) => !text.includes("410")), owner.wrong]) assert.deepEqual(one, []);
  await owner.context.close();
  await context.close();
});
