// The program in parts: what the first lesson does not call is fetched with the lesson that needs it, once, and before it is
// needed; and what nobody thought of is fetched when it is called.

import { expect, expectRun, LESSONS, test } from './fixtures.mjs';

/** What a page asks for from now on: parts of the program, and how. */
function parts(page) {
  const asked = [];
  page.on('request', (request) => {
    const part = request.url().match(/-part(\d+)\.wasm$/)?.[1];
    if (part) asked.push([request.resourceType(), Number(part)]);
  });
  return asked;
}

test('the first lesson needs no other part: run, read to its end, answered, left and opened again', async ({ page }) => {
  const asked = parts(page);
  await page.goto('?lesson=waiting&t.ordering=0.3&t.grilling=0.8');
  await page.getByTestId('run').click();
  await expectRun(page, 'finished');
  for (const step of LESSONS.waiting.steps.slice(1)) {
    await page.getByTestId('next-step').click();
    await expect(page.getByRole('main')).toHaveAttribute('data-step', step);
  }
  for (const option of await page.getByTestId('option').all()) await option.click();
  await page.getByTestId('show-me').first().click();
  await page.getByTestId('theme').click();
  await page.reload();
  await expect(page.getByTestId('stage')).toBeVisible();
  expect(asked).toEqual([]);
});

test('another lesson fetches its parts before it is shown, and each part once', async ({ page }) => {
  await page.goto('?lesson=waiting');
  await expect(page.getByTestId('stage')).toBeVisible();
  const asked = parts(page);
  for (const slug of ['burger-api', 'io-bound', 'burger-api']) {
    await page.evaluate((lesson) => document.querySelector(`a[href="?lesson=${lesson}"]`).click(), slug);
    await expect(page.getByRole('main')).toHaveAttribute('data-step', LESSONS[slug].steps[0]);
  }
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(([how]) => how === 'fetch'), JSON.stringify(asked)).toBe(true);
  expect(new Set(asked.map(([, part]) => part)).size).toBe(asked.length);
});

test('what nobody thought of comes when it is called', async ({ page }) => {
  await page.goto('?lesson=waiting');
  const asked = parts(page);
  await page.getByTestId('share').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(asked.map(([how]) => how)).toContain('xhr');
});

test.describe('a part that does not come', () => {
  test.use({ expectedFaults: [[/Failed to (load resource|execute 'send')|NetworkError|-part\d+\.wasm/], { option: true }] });

  test('is told of, with a way back that works', async ({ page }) => {
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    await page.route('**/*-part*.wasm', (route) => route.abort());
    await page.getByTestId('share').click();
    await expect(page.getByRole('heading', { name: 'A part of the program did not arrive' })).toBeVisible();
    await page.unroute('**/*-part*.wasm');
    await page.getByRole('link', { name: 'Load the page again' }).click();
    await expect(page.getByTestId('stage')).toBeVisible();
  });
});
