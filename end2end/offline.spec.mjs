// After one visit, the course works without a network, and a new version takes over cleanly.

import { expect, runToEnd, stage, test } from './fixtures.mjs';

test.use({ serviceWorkers: 'allow' });

/** Until everything is kept, and the page of the first visit is looked after too. */
const isKept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 30_000 });

const cachesOf = (page) => page.evaluate(() => caches.keys());

test.describe('', () => {
  // The browser asks for a newer worker in vain.
  test.use({ expectedFaults: [[/sw\.js/], { option: true }] });

  test('after one visit, every lesson runs without a network', async ({ page, context }) => {
    await page.goto('./');
    await isKept(page);
  await context.setOffline(true);
    // One that was not visited, by its address in the app and by its own page, with real threads.
    await page.goto('./?lesson=sync-vs-async&mode=side&t.ordering=0.2&t.grilling=0.4');
    await expect(stage(page)).toBeVisible();
    await runToEnd(page);
    await page.goto('waiting.html');
    await expect(page.locator('.lesson-title')).toBeVisible();
    await page.reload();
    await expect(page.locator('.lesson-title')).toBeVisible();
  });
});

test('a new version is fetched, waits for open pages, and leaves nothing of the old one', async ({ page, context, site }) => {
  const publish = (name) => {
    site.changed['sw.js'] = (text) => text.replace(/VERSION: '[^']*'/, `VERSION: '${name}'`);
  };
  publish('test-1');
  await page.goto(site.url);
  await isKept(page);
  expect(await cachesOf(page)).toEqual([expect.stringMatching(/test-1$/)]);
  publish('test-2');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const next = registration.installing ?? registration.waiting;
    await new Promise((done) => {
      if (next.state === 'installed') done();
      next.addEventListener('statechange', () => next.state === 'installed' && done());
    });
  });
  // The open page keeps what it was made of.
  expect((await cachesOf(page)).length).toBe(2);
  await page.close();
  const next = await context.newPage();
  await next.goto(site.url);
  await expect.poll(() => cachesOf(next)).toEqual([expect.stringMatching(/test-2$/)]);
  delete site.changed['sw.js'];
});

test('in a frame, nothing is kept', async ({ page, site }) => {
  await page.goto('./');
  await isKept(page);
  await page.evaluate(async () => {
    for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
  });
  await page.setContent(`<iframe src="${site.url}waiting.html"></iframe>`);
  await expect(page.frameLocator('iframe').locator('.lesson-title')).toBeVisible();
  await page.waitForTimeout(1_000);
  const inFrame = page.frames()[1];
  expect(await inFrame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});
