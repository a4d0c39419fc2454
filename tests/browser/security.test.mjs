// Sign-in and security as a browser does them: a passkey is made and opens the account by itself; an authenticator app is set up without
// JavaScript; the pages fit a phone and are clean to axe.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { NARROW, PASSWORD, browse, demo, overflow, signIn, visitor } from "./house.mjs";

let house, browser;
before(async () => { [house, browser] = await Promise.all([demo("--base-url", "http://localhost:PORT"), browse()]); });
after(async () => { await browser?.close(); await house?.stop(); });

// What an authenticator app shows (RFC 6238).
function shown(secret, seconds) {
  const bits = [...secret.replace(/ /g, "")].map((one) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((eight) => parseInt(eight, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac("sha1", key).update(step).digest(), at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a passkey is made, opens the account by itself, and is taken away", async () => {
  const { page, context, wrong } = await visitor(browser, house);
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await signIn(page, "operator@example.com");
  await page.goto("/account/security/passkey");
  await page.fill("#name", "Test desk");
  await page.fill("#current_password", PASSWORD);
  await page.locator('form[data-passkey="create"] button').click();
  await page.waitForSelector("ol code");
  assert.equal(await page.locator("ol code").count(), 10, "recovery codes with the first factor");
  await page.goto("/account/security");
  assert.match(await page.textContent("main"), /Test desk/);
  await page.goto("/account");
  await page.locator('form[action="/sign-out"] button').click();
  await page.goto("/sign-in");
  await page.locator('form[data-passkey="get"] button').click();
  await page.waitForURL("**/console");
  await page.goto("/account/security");
  await page.locator('a[href^="/account/security/passkey-remove"]').click();
  await page.fill("#current_password", PASSWORD);
  await page.locator("main form button").click();
  await page.waitForURL("**/account/security");
  assert.doesNotMatch(await page.textContent("main"), /Test desk/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("an authenticator app is set up and asked for without JavaScript, on a phone", async () => {
  const { page, context } = await visitor(browser, house, { javaScriptEnabled: false, viewport: NARROW });
  await signIn(page, "lantau@example.com");
  await page.goto("/account/security/passkey");
  assert.match(await page.textContent("main"), /needs JavaScript/);
  await page.goto("/account/security/app");
  await page.fill("#current_password", PASSWORD);
  await page.locator("main form button").click();
  await page.waitForURL("**/account/authenticator");
  assert.equal(await page.locator("svg.qr path").count(), 1);
  const secret = await page.textContent('code[dir="ltr"]');
  await page.fill("#code", shown(secret, Date.now() / 1000));
  await page.locator("main form button").click();
  await page.waitForSelector("ol code");
  const code = await page.textContent("ol li:first-child code");
  await page.goto("/account");
  await page.locator('form[action="/sign-out"] button').click();
  await page.goto("/sign-in");
  await page.fill("#email", "lantau@example.com");
  await page.fill("#password", PASSWORD);
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL("**/sign-in/second**");
  await page.fill("#code", code);
  await page.locator('form[action="/sign-in/second"] button').click();
  await page.waitForURL("**/seller");
  for (const path of ["/account/security", "/account/security/erase", "/account/security/password"]) {
    await page.goto(path);
    assert.ok(await overflow(page) <= 0, `${path} is wider than a phone`);
  }
  await context.close();
});
