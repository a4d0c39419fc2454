// What the browser tests share: a server of their own, a browser, and small deeds that every test needs.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const PASSWORD = "entrepot-demo";
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer().once("error", reject);
  probe.listen(0, "127.0.0.1", () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
});

const work = process.env.ENTREPOT_WORK || tmpdir();

// Starts a server on a fresh folder. `said` grows with what it prints; `stop` ends it and removes the folder.
export const serve = (...more) => serveIn(mkdtempSync(join(work, "browser-")), ...more);

async function serveIn(data, ...more) {
  const bin = process.env.ENTREPOT_BIN;
  if (!bin) throw new Error("ENTREPOT_BIN names no program; run scripts/test browser");
  const port = await freePort();
  // Passkeys are bound to a name: PORT stands for the port in a public address that is asked for.
  const settings = more.map((one) => one.replace("PORT", port));
  const named = settings[settings.indexOf("--base-url") + 1];
  const child = spawn(bin, ["serve", ...settings, "--data", data, "--listen", `127.0.0.1:${port}`],
    { env: { ...process.env, RUST_LOG: "warn" } });
  const house = { base: settings.includes("--base-url") ? named : `http://127.0.0.1:${port}`, data, said: "" };
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { house.said += text; });
  house.leave = async () => { child.kill("SIGTERM"); await ended; };
  house.stop = async () => { await house.leave(); rmSync(data, { recursive: true, force: true }); };
  const until = Date.now() + 120_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${house.said}`);
    if (Date.now() > until) throw new Error(`the server is not ready after two minutes:\n${house.said}`);
    const answer = await fetch(`${house.base}/readyz`).catch(() => null);
    if (answer?.ok) return house;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// A server on the demonstration world: loaded once a run, each file of tests has a copy. `more` are further settings.
export async function demo(...more) {
  const world = join(work, "demo-world");
  if (!existsSync(world)) {
    const loaded = await serve("--demo", "--test-mode");
    await loaded.leave();
    // Another file of tests may have been faster; one of the two worlds is as good as the other.
    try { renameSync(loaded.data, world); } catch { rmSync(loaded.data, { recursive: true, force: true }); }
  }
  const data = mkdtempSync(join(work, "browser-"));
  cpSync(world, data, { recursive: true });
  return serveIn(data, "--demo", "--test-mode", ...more);
}

// A mail server that keeps what it is given: `letters` are texts as people read them, `url` is where it listens.
export async function mailbox() {
  const letters = [];
  const server = createServer((socket) => {
    let [rest, letter] = ["", null];
    const say = (line) => socket.write(`${line}\r\n`);
    socket.on("error", () => {});
    say("220 mailbox");
    socket.on("data", (bytes) => {
      rest += bytes.toString("latin1");
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (letter !== null && line === ".") { letters.push(readable(letter)); letter = null; say("250 kept"); }
        else if (letter !== null) letter += `${line}\r\n`;
        else if (line === "DATA") { letter = ""; say("354 go on"); }
        else if (line === "QUIT") { say("221 bye"); socket.end(); }
        else say("250 fine");
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `smtp://127.0.0.1:${server.address().port}`, letters, close };
}

// A letter's plain text, taken out of its parts and their encodings.
function readable(letter) {
  const [, encoding = "7bit", body = ""] =
    letter.match(/text\/plain[^]*?Content-Transfer-Encoding: (\S+)\r\n\r\n([^]*?)\r\n--/i) ?? [];
  const bytes = encoding.toLowerCase() === "base64"
    ? Buffer.from(body, "base64")
    : Buffer.from(body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))), "latin1");
  return `${letter.slice(0, letter.indexOf("\r\n\r\n"))}\n\n${bytes.toString("utf8")}`;
}

export const browse = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });

// A visitor: cookies, language, screen and theme of its own. `wrong` collects what a careful visitor would see go wrong.
export async function visitor(browser, house, options = {}) {
  const context = await browser.newContext({ baseURL: house.base, viewport: WIDE, locale: "en-US", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const wrong = [];
  const expected = (text) => /status of 4(04|22)/.test(text);
  page.on("console", (message) => {
    if (message.type() === "error" && !expected(message.text())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") wrong.push(`request: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== "document")
      wrong.push(`answer: ${response.status()} ${response.url()}`);
  });
  return { context, page, wrong };
}

// Chooses where to, currency and language by the form in the head of every page.
export async function prefer(page, { to, currency, language }) {
  await page.goto("/");
  await page.locator("details.menu > summary.dest").click();
  const form = page.locator("details.menu form");
  if (to) await form.locator('[name="to"]').selectOption(to);
  if (currency) await form.locator('[name="currency"]').selectOption(currency);
  if (language) await form.locator('[name="language"]').selectOption(language);
  await form.locator("button").last().click();
  await page.waitForLoadState();
}

export async function signIn(page, email) {
  await page.goto("/sign-in");
  await page.fill("#email", email);
  await page.fill("#password", PASSWORD);
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

export async function intoBasket(page, slug) {
  await page.goto(`/p/${slug}`);
  await page.locator('form[action="/cart/lines"] button.primary').click();
  await page.waitForURL("**/cart");
}

export const BERLIN = { name: "Klara Weiss", street: "Ackerstraße 24", postcode: "10115", city: "Berlin", phone: "+49 30 23125 014" };

// Fills what the country's form asks for.
export async function fillAddress(page, address) {
  for (const [field, value] of Object.entries(address)) {
    const input = page.locator(`form #${field}`);
    if (await input.count()) await input.fill(value);
  }
}

export async function fillCheckout(page, { address = BERLIN, email = "klara.weiss@example.com", card = "4242424242424242" } = {}) {
  await fillAddress(page, address);
  await page.fill("form #email", email);
  await page.fill("form #card", card);
}

export const pay = (page) => page.locator('button[name="do"][value="pay"]').click();

// Fills the checkout and pays; a price that changed with the full address is looked at and paid again.
export async function buy(page, slug, card = "4242424242424242") {
  await intoBasket(page, slug);
  await page.goto("/checkout");
  await fillCheckout(page, { card });
  await payUntilPlaced(page);
}

export async function payUntilPlaced(page) {
  await pay(page);
  await page.waitForLoadState();
  if (new URL(page.url()).pathname === "/checkout") await pay(page);
  await page.waitForURL(/\/(order|pay)\//);
}

// Asks again until the answer is yes; gives that answer.
export async function until(ask, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} seconds: ${ask}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// How many pixels a page is wider than its window.
export const overflow = (page) => page.evaluate(() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
});

const CATALOGUE = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Requires Shipping,Variant Taxable,HS Code,Country of Origin,Customs Description,Status
harbour-lamp,Harbour lamp,<p>Brass and glass.</p>,Pier,Lamps,brass,true,Title,Default Title,HL-1,900,12,45.00,true,true,940521,PL,LED table lamp of brass,active
`;

// From an empty folder to a shop with one product: the claim link, the first warehouse, a catalogue file. The owner is signed in.
export async function found(page, house) {
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
  writeFileSync(file, CATALOGUE);
  await page.setInputFiles('input[type="file"]', file);
  await page.locator('form[action^="/setup/catalogue"] button').click();
  await page.waitForURL("**/console/imports/**");
  // The page refreshes itself every five seconds; a look at once is faster.
  await until(async () => { await page.reload(); return /1 new, 0 changed/.test(await page.textContent("main")); });
}
