// The charts of a server's run: they fill up to the cursor, empty when it goes back, and say in words what they show.

import { axeCheck, expect, openLesson, runToEnd, scrubTo, stage, test } from './fixtures.mjs';

const SLUG = 'burger-api';
const told = (page, chart) => page.getByTestId(`told-${chart}`);
const picture = (page, chart) => page.getByTestId(`chart-${chart}`).getByRole('img');
const bars = (page) => page.locator('.chart-bar');

test('charts fill as the cursor goes on, and empty as it goes back', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'pool', mode: 'blocks' });
  await expect(told(page, 'latency')).toHaveText('0 of 8 answered');
  await expect(bars(page)).toHaveCount(0);
  await scrubTo(page, 1.3);
  await expect(told(page, 'latency')).toHaveText('2 of 8 answered · p50 0.6 s · p95 0.95 s · p99 0.95 s');
  await expect(told(page, 'throughput')).toContainText('6 arrived · 2 answered · 4 in the shop');
  await expect(bars(page)).toHaveCount(1);
  await scrubTo(page, 4.8);
  await expect(told(page, 'latency')).toContainText('8 of 8 answered · p50 1.65 s · p95 3.05 s');
  await expect(picture(page, 'latency')).toHaveAccessibleName(/^Latency: 8 of 8 answered · p50 1.65 s/);
  await expect(picture(page, 'throughput')).toHaveAccessibleName(/8 arrived · 8 answered · 0 in the shop/);
  await scrubTo(page, 0);
  await expect(bars(page)).toHaveCount(0);
  await expect(told(page, 'throughput')).toContainText('1 arrived · 0 answered');
});

test('other handlers, other latencies', async ({ page }) => {
  for (const [mode, p95] of [['awaits', '0.6 s'], ['pool', '0.6 s'], ['blocks', '3.05 s']]) {
    await openLesson(page, SLUG, { step: 'pool', mode });
    await scrubTo(page, 9);
    await expect(told(page, 'latency')).toContainText(`p95 ${p95}`);
  }
});

test('a real run is charted as it was measured', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'pool', mode: 'pool', 't.requests': '4', 't.rate': '8', 't.time': '0.3' });
  await runToEnd(page);
  await expect(told(page, 'latency')).toContainText('4 of 4 answered');
  await expect(bars(page)).not.toHaveCount(0);
});

test('a step that asks for a guess does not give it away', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'blocks' });
  await expect(page.locator('.chart .axis-text').filter({ hasText: /[1-9]/ })).toHaveCount(0);
});

test('a pool larger than a browser can bear is said to be smaller', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'pool', mode: 'pool', 't.requests': '10', 't.rate': '20', 't.time': '0.1', 't.pool': '40' });
  await page.getByTestId('run').click();
  await expect(page.getByTestId('notice')).toContainText('8 threads of the pool');
});

test('charts fit a narrow page, and break no rule in either theme', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  for (const theme of ['light', 'dark']) {
    await openLesson(page, SLUG, { step: 'pool', mode: 'blocks', theme });
    await scrubTo(page, 2);
    const box = await picture(page, 'throughput').boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await axeCheck(page);
  }
});

test('lessons that ask for no charts have none', async ({ page }) => {
  await openLesson(page, 'waiting');
  await expect(stage(page).locator('.chart')).toHaveCount(0);
});
