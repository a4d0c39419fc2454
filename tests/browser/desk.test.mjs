// At the desk: a picture sent is a picture in the shop; secrets are shown once; a forgotten password is replaced by mail; a rate that
// is hard to believe waits for a word.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browse, demo, mailbox, signIn, until, visitor } from "./house.mjs";

let mail, house, browser;
before(async () => {
  mail = await mailbox();
  const settings = ["--mail-url", mail.url, "--mail-from", "Shop <orders@shop.example>"];
  [house, browser] = await Promise.all([demo(...settings), browse()]);
});
after(async () => { await browser?.close(); await house?.stop(); await mail?.close(); });

// Red pixels as a PNG.
const picture = (page, width, height) => page.evaluate(async ([width, height]) => {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#c01818";
  pen.fillRect(0, 0, width, height);
  const file = await canvas.convertToBlob({ type: "image/png" });
  return [...new Uint8Array(await file.arrayBuffer())];
}, [width, height]);

test("a picture sent to a product is shown in the shop", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await signIn(page, "lantau@example.com");
  await page.goto("/seller/products?q=power+bank+20000");
  await page.locator('main a[href^="/seller/products/prd_"]').first().click();
  await page.waitForURL("**/seller/products/prd_**");
  const [file, text] = ["red.png", "not-a-picture.png"].map((name) => join(house.data, name));
  writeFileSync(file, Buffer.from(await picture(page, 300, 200)));
  writeFileSync(text, "no picture at all");
  const send = async (path) => {
    await page.setInputFiles('input[name="pictures"]', path);
    await page.locator('form[action*="/pictures?"] button').click();
    await page.waitForLoadState();
  };
  await send(text);
  assert.match(await page.textContent("main"), /Choose a JPEG, PNG, WebP or GIF file/);
  await send(file);
  const sent = page.locator('main img[src^="/media/"]').first();
  await sent.waitFor();
  const hash = (await sent.getAttribute("src")).split("/")[2];
  assert.match(hash, /^[0-9a-f]{64}$/);
  await page.locator('.page-head a[href^="/p/"]').click();
  await page.waitForURL("**/p/**");
  const shown = page.locator(`img[src*="${hash}"]`);
  await until(async () => { await page.reload(); return shown.count(); });
  assert.ok(await shown.first().evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), "it can be looked at");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("secrets of keys and webhooks are shown once", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await signIn(page, "lantau@example.com");
  await page.goto("/seller/settings");
  await page.locator('main a[href="/seller/settings/api"]').click();
  await page.waitForURL("**/seller/settings/api");
  const secret = page.locator('.note.ok[role="status"] code');
  const open = (words) => page.locator("summary", { hasText: words }).click();

  await open("Make a key");
  await page.fill("#label", "Warehouse robot");
  await page.locator('button[value="key"]').click();
  const key = await secret.textContent();
  const asked = (key) => fetch(`${house.base}/api/seller/orders`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal((await asked(key)).status, 200, "the key that was shown opens the API");
  await page.goto("/seller/settings/api");
  assert.equal(await secret.count(), 0, "it is shown once");
  assert.ok(!(await page.content()).includes(key));
  await page.locator("tr", { hasText: "Warehouse robot" }).locator('button[value="revoke"]').click();
  assert.equal((await asked(key)).status, 200, "it is asked first");
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await page.waitForLoadState();
  assert.equal((await asked(key)).status, 401, "a key that was taken back opens nothing");

  await open("Add an endpoint");
  await page.fill("#url", `${house.base}/nowhere`);
  await page.locator('input[name="event-order.paid"]').check();
  await page.locator('button[value="endpoint"]').click();
  const first = await secret.textContent();
  assert.match(first, /^whsec_/);
  const endpoint = page.locator("main a", { hasText: "/nowhere" });
  if (await endpoint.count()) await endpoint.first().click();
  await page.locator('button[value="rotate"]').click();
  const second = await secret.textContent();
  assert.match(second, /^whsec_/);
  assert.notEqual(second, first);
  await page.goto(page.url());
  assert.equal(await secret.count(), 0, "it is shown once");
  assert.match(await page.textContent("main"), /old secret/i);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("a forgotten password is replaced by the link in a mail, once", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await page.goto("/sign-in");
  await page.locator('a[href="/forgot-password"]').click();
  await page.waitForURL("**/forgot-password");
  await page.fill("#email", "hanna.vogel@example.com");
  await page.locator('form[action="/forgot-password"] button').click();
  const letter = await until(() => mail.letters.find((letter) => letter.includes("hanna.vogel@example.com") && letter.includes("/reset-password?")));
  const link = letter.match(/\S+\/reset-password\?\S+/)[0];
  const path = link.slice(link.indexOf("/reset-password"));
  await page.goto(path);
  await page.fill("#password", "short");
  await page.locator('form[action="/reset-password"] button').click();
  await page.waitForSelector("#password-error");
  await page.fill("#password", "a lighthouse in the fog");
  await page.locator('form[action="/reset-password"] button').click();
  await page.waitForURL((url) => url.pathname !== "/reset-password");
  const other = await visitor(browser, house);
  await other.page.goto("/sign-in");
  await other.page.fill("#email", "hanna.vogel@example.com");
  await other.page.fill("#password", "a lighthouse in the fog");
  await other.page.locator('form[action="/sign-in"] button').click();
  await other.page.waitForURL((url) => url.pathname !== "/sign-in");
  for (const one of [wrong, other.wrong]) assert.deepEqual(one, []);
  assert.equal((await other.page.goto(path)).status(), 410, "the link is good once");
  assert.equal(await other.page.locator('form[action="/reset-password"]').count(), 0);
  await other.context.close();
  await context.close();
});

test("a rate that is hard to believe is held until somebody confirms it", async () => {
  const { page, wrong, context } = await visitor(browser, house);
  await signIn(page, "operator@example.com");
  await page.goto("/console/rates");
  const now = page.locator("main table").last().locator("tr", { hasText: "EUR/USD" });
  const known = await now.locator('td[data-l="Rate"]').textContent();
  const day = new Date().toISOString().slice(0, 10), held = 'form[action="/console/rates/held"]';
  const put = async (rate) => {
    await page.selectOption("#base", "EUR");
    await page.selectOption("#quote", "USD");
    await page.fill("#rate", rate);
    await page.fill("#date", day);
    await page.fill("#source", "By telephone");
    await page.locator('form[action="/console/rates"] button').click();
    await page.waitForSelector(held);
  };
  await put("9.9");
  assert.equal(await now.locator('td[data-l="Rate"]').textContent(), known, "nothing is priced by it");
  await page.locator(`${held} button[value="drop"]`).click();
  await page.waitForSelector(held, { state: "detached" });
  assert.equal(await now.locator('td[data-l="Rate"]').textContent(), known);
  await put("8.8");
  await page.locator(`${held} button[value="confirm"]`).click();
  await page.waitForSelector(held, { state: "detached" });
  assert.equal((await now.locator('td[data-l="Rate"]').textContent()).trim(), "8.8");
  assert.deepEqual(wrong, []);
  await context.close();
});
