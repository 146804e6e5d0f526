// Lesson 12: a crowd of 10,000 on a canvas, and the exhibit that runs 1 to 10,000 customers.

import { test, expect, expectRun, openLesson, scrubTo, stage } from './fixtures.mjs';

const CROWD = { step: 'scalability', mode: 'async', 't.customers': '10000' };
const hall = (page) => page.getByTestId('crowd');

/** What is drawn: a sum over the pixels. */
const pixels = (page) => hall(page).evaluate((canvas) => {
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return data.reduce((sum, value, index) => (sum + value * (1 + index % 97)) % 4294967291, 0);
});

test('ten thousand customers are drawn, counted, and can be scrubbed', async ({ page }) => {
  test.setTimeout(90_000);
  await openLesson(page, 'benefits', CROWD);
  await expect(hall(page)).toHaveAccessibleName(/^0\.0 s: 9,999 in line, 1 at the till/);
  const before = await pixels(page);
  await scrubTo(page, 2);
  await expect(hall(page)).toHaveAccessibleName(/^2\.0 s: .* [1-9]\d* at tables/);
  expect(await pixels(page)).not.toBe(before);
  await scrubTo(page, 0);
  await expect.poll(() => pixels(page), { message: 'the same time is the same picture' }).toBe(before);
  await expect(stage(page).locator('.name:not(.of-clerk)'), 'one lane for all').toHaveCount(1);
});

test('every line of the code looks like one, when a run of few has become one of many', async ({ page }) => {
  await openLesson(page, 'benefits', { ...CROWD, 't.customers': '300' });
  await expect(page.locator('.code .number').first()).toBeVisible();
  await page.getByTestId('run').click();
  await expectRun(page, 'finished', { timeout: 40_000 });
  await expect(page.locator('.code > :not(.row)')).toHaveCount(0);
  await expect(page.locator('.code > .row').first()).toBeVisible();
});

test('forty are people, forty-one are a crowd, and nothing overflows a narrow page', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await openLesson(page, 'benefits', { ...CROWD, 't.customers': '40' });
  await expect(hall(page)).toHaveCount(0);
  await page.getByTestId('field-customers').fill('41');
  await page.getByTestId('field-customers').press('Enter');
  await expect(hall(page)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('the exhibit fills while it runs, and can be stopped', async ({ page }) => {
  test.setTimeout(90_000);
  await openLesson(page, 'benefits', { step: 'measure' });
  const exhibit = page.getByTestId('growth');
  await expect(exhibit).toHaveAttribute('data-growth', 'never');
  await page.getByTestId('grow').click();
  await expect(page.getByTestId('growth-1').locator('.took')).toHaveCount(2, { timeout: 60_000 });
  await expect(exhibit).toHaveAttribute('data-growth', 'running');
  await page.getByTestId('grow').click();
  await expect(exhibit).toHaveAttribute('data-growth', 'stopped');
  await expect(page.getByTestId('growth-status')).toContainText('Stopped');
  await expect(page.getByTestId('growth-10000').locator('.took')).toHaveCount(0);
});
