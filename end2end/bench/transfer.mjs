// What a visit transfers: the bodies of all files that the browser asked the server for, packed as they were sent. It is counted
// where they are sent, so it does not matter what the files are called or who asked.

import { lessonSlugs } from '../slugs.mjs';

/** For so long nothing may be asked for until a page counts as idle, ms. */
const QUIET = 1_000;
const WAIT = 60_000;

export const bytesOf = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);
export const kib = (bytes) => Number((bytes / 1024).toFixed(2));

/** Waits until the server has not been asked for anything for a while. */
async function quiet(site, page) {
  for (let last = -1; last !== site.sent.length;) {
    last = site.sent.length;
    await page.waitForTimeout(QUIET);
  }
}

/** Opens an address and waits until its lesson can be run and nothing more is asked for. Resolves to the files it took. */
export async function visit(site, page, query) {
  const before = site.sent.length;
  await page.goto(site.url + query);
  await page.locator('[data-testid="run"]:enabled').waitFor({ timeout: WAIT });
  await quiet(site, page);
  const files = site.sent.slice(before);
  // A site that is not optimised has none, and would be weighed as something that nobody is sent.
  const unpacked = files.find(({ name, packed }) => name.endsWith('.wasm') && !packed);
  if (unpacked) throw new Error(`dist/ has no packed copy of ${unpacked.name}: cargo xtask build`);
  return files;
}

/** Goes to another lesson by way of the app's own menu, and resolves to the files it took. */
async function go(site, page, slug) {
  const before = site.sent.length;
  await page.locator('.brand').click();
  await page.locator(`a[href^="?lesson=${slug}"]`).first().click();
  await page.locator('[data-testid="run"]:enabled').waitFor({ timeout: WAIT });
  await page.waitForFunction((lesson) => new URLSearchParams(location.search).get('lesson') === lesson, slug);
  await quiet(site, page);
  return site.sent.slice(before);
}

/** The first lesson in an empty browser, what comes when somebody touches it, then a second visit to it, then every further lesson,
 * with what the browser keeps by itself; and all that once more for somebody who saves data, to whom less comes beforehand, and
 * more with each lesson. The offline worker is left out: it fetches after all is done, for another day. The site must be served
 * `packed` and `cached`. */
export async function transfer(browser, site) {
  return { ...await course(browser, site), saving: await course(browser, site, saveData) };
}

const saveData = () => Object.defineProperty(navigator, 'connection', { value: { saveData: true } });

async function course(browser, site, prepare) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  if (prepare) await context.addInitScript(prepare);
  const [first, ...others] = await lessonSlugs();
  const page = await context.newPage();
  const result = { first: await visit(site, page, `?lesson=${first}`), used: await touch(site, page), second: await again(site, context, first), further: {} };
  for (const slug of others) result.further[slug] = await go(site, page, slug);
  await context.close();
  return result;
}

/** The first sign of somebody brings what is called only when something is done. */
async function touch(site, page) {
  const before = site.sent.length;
  await page.mouse.move(200, 200);
  await quiet(site, page);
  return site.sent.slice(before);
}

/** A second visit in a tab of its own. */
async function again(site, context, slug) {
  const page = await context.newPage();
  const files = await visit(site, page, `?lesson=${slug}`);
  await page.close();
  return files;
}

/** What the offline worker fetches after a first visit. */
export async function offline(browser, site) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [first] = await lessonSlugs();
  const before = site.sent.length;
  await visit(site, page, `?lesson=${first}`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: WAIT });
  await quiet(site, page);
  const files = site.sent.slice(before);
  await context.close();
  return files;
}
