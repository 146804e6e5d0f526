// The exhibit that measures real I/O in the learner's browser: what it finds, what it does when the browser refuses.

import { axeCheck, expect, openLesson, tabTo, test } from './fixtures.mjs';

const JOBS = ['network', 'database', 'file', 'timer', 'compute'];

const exhibit = (page) => page.getByTestId('measures');
const button = (page) => page.getByTestId('measure');
const row = (page, job) => page.getByTestId(`measured-${job}`);
const ten = (page, job) => page.getByTestId(`ten-${job}`);
const open = (page) => openLesson(page, 'io-bound', { step: 'measure' });

async function measure(page) {
  await button(page).click();
  await expect(exhibit(page)).toHaveAttribute('data-measures', 'over', { timeout: 60_000 });
}

/** A number that a row keeps for tests, in microseconds. */
const micros = async (locator, name) => Number(await locator.getAttribute(`data-${name}`));

test('nothing is measured, fetched or stored before the button is pressed', async ({ page }) => {
  await open(page);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.waitForTimeout(500);
  await expect(exhibit(page)).toHaveAttribute('data-measures', 'never');
  for (const job of JOBS) await expect(row(page, job)).not.toContainText(/\d (ns|µs|ms|s)$/);
  expect(requests).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

/** A job's wall time and the part of it for which the thread was kept; how many times as long ten took in a row. */
async function figures(page, job) {
  const wall = await micros(row(page, job), 'wall');
  const kept = await micros(row(page, job), 'held') / wall;
  const gain = await micros(ten(page, job), 'row') / await micros(ten(page, job), 'together');
  return { wall, kept, gain };
}

test('five real jobs are measured: how long they took, and how long they kept the thread', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await measure(page);
  await expect(page.getByTestId('measures-status')).toContainText('Measured in your browser, just now.');
  for (const job of JOBS) {
    await expect(row(page, job).getByRole('cell')).toHaveCount(2);
    for (const cell of await row(page, job).getByRole('cell').all()) {
      await expect(cell).toHaveText(/^(< )?\d+(\.\d)? (µs|ms|s)$/);
    }
    expect(await micros(row(page, job), 'wall'), job).toBeGreaterThan(0);
  }
  // The files really came over the network, from this site: one on trial, one, and three times ten and ten. Nothing is
  // left behind.
  expect(fetched.filter((url) => /favicon.*\.svg$/.test(url))).toHaveLength(62);
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name))).toEqual([]);
  await expect.poll(() => page.evaluate(async () => {
    const names = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names;
  })).toEqual([]);
});

test('what computes keeps the thread and gains nothing; what waits does not, and does', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  // A machine that does something else meanwhile may disturb a measurement of some milliseconds, but not each time.
  await expect(async () => {
    await measure(page);
    const [compute, timer, network] = [
      await figures(page, 'compute'), await figures(page, 'timer'), await figures(page, 'network'),
    ];
    expect(compute.kept).toBeGreaterThan(0.9);
    expect(compute.wall).toBeGreaterThan(2_000);
    expect(compute.gain).toBeGreaterThan(0.6);
    expect(compute.gain).toBeLessThan(1.6);
    expect(timer.kept).toBeLessThan(0.25);
    expect(timer.wall).toBeGreaterThan(3_000);
    expect(timer.gain).toBeGreaterThan(4);
    expect(network.kept).toBeLessThan(0.75);
  }).toPass({ timeout: 150_000 });
});

test('the numbers of others are told apart from the measured ones, and their sources are linked', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('published')).toHaveCount(5);
  await expect(page.getByTestId('published').first()).toContainText('100 ns');
  await expect(page.getByTestId('published').last()).toContainText('150 ms');
  await expect(exhibit(page)).toContainText('Published by others');
  const links = exhibit(page).getByRole('link');
  expect(await links.evaluateAll((all) => all.map((link) => link.href))).toEqual([
    'https://colin-scott.github.io/personal_website/research/interactive_latency.html',
    'https://github.com/sirupsen/napkin-math',
  ]);
});

test('measuring can be stopped by keyboard, leaves nothing behind, and can be begun again', async ({ page }) => {
  test.setTimeout(90_000);
  await open(page);
  await tabTo(page, button(page));
  await page.keyboard.press('Enter');
  await expect(exhibit(page)).toHaveAttribute('data-measures', 'running');
  await expect(button(page)).toHaveText('Stop');
  await page.keyboard.press('Enter');
  await expect(exhibit(page)).toHaveAttribute('data-measures', 'stopped');
  await expect(page.getByTestId('measures-status')).toContainText('Stopped.');
  await expect(button(page)).toBeFocused();
  await page.waitForTimeout(600);
  await expect(exhibit(page)).toHaveAttribute('data-measures', 'stopped');
  await expect(row(page, 'compute')).not.toHaveAttribute('data-wall');
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await measure(page);
  await expect(row(page, 'compute')).toHaveAttribute('data-wall');
});

test('leaving the step while it measures stops it; coming back finds what was measured to the end', async ({ page }) => {
  test.setTimeout(90_000);
  await open(page);
  await button(page).click();
  await page.getByTestId('next-step').click();
  await expect(exhibit(page)).toHaveCount(0);
  await page.getByTestId('back-step').click();
  await expect(exhibit(page)).toHaveAttribute('data-measures', 'never');
  await measure(page);
  const took = await row(page, 'timer').getAttribute('data-wall');
  await page.getByTestId('next-step').click();
  await page.getByTestId('back-step').click();
  await expect(row(page, 'timer')).toHaveAttribute('data-wall', took);
});

test.describe('where the browser refuses', () => {
  test.use({ expectedFaults: [[/net::ERR_INTERNET_DISCONNECTED/], { option: true }] });

  test('each refusal is said in plain words, and the rest goes on', async ({ page }) => {
    test.setTimeout(90_000);
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        get() { throw new DOMException('The operation is insecure.', 'SecurityError'); },
      });
      StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('No.', 'SecurityError'));
    });
    await open(page);
    await page.route('**/favicon*.svg', (route) => route.abort('internetdisconnected'));
    await measure(page);
    await expect(row(page, 'network')).toContainText('refused');
    await expect(exhibit(page)).toContainText('The file did not come');
    await expect(row(page, 'database')).toContainText('refused');
    await expect(exhibit(page)).toContainText('The browser does not allow it here');
    await expect(exhibit(page)).toContainText('SecurityError: The operation is insecure.');
    // Without a file system of its own, the file is made in memory, and the page says so.
    await expect(row(page, 'file')).toContainText('in memory (a Blob)');
    for (const job of ['file', 'timer', 'compute']) await expect(row(page, job)).toHaveAttribute('data-wall');
    for (const job of ['network', 'database']) {
      await expect(row(page, job)).not.toHaveAttribute('data-wall');
      await expect(ten(page, job)).toContainText('refused');
    }
    await axeCheck(page);
  });
});

for (const colorScheme of ['light', 'dark']) {
  test(`what was found fits into 320 px and is readable to all, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(90_000);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.emulateMedia({ colorScheme });
    await open(page);
    await measure(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await axeCheck(page);
    await page.emulateMedia({ media: 'print' });
    await expect(button(page)).toBeHidden();
    await expect(row(page, 'timer')).toBeVisible();
  });
}
