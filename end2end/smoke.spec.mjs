// The built site starts where a course host puts it, and is readable where it cannot start.

import { axeCheck, expect, test } from './fixtures.mjs';
import { CSP } from './serve.mjs';

const fallback = (page) => page.locator('#fallback');
const note = (page) => page.locator('#no-wasm');

/** The readable text stands, and says why there is nothing but text. */
async function expectText(page, reason) {
  await expect(note(page)).toBeVisible();
  await expect(note(page)).toContainText(reason);
  await expect(page.getByRole('heading', { name: 'One clerk' })).toBeVisible();
}

test('mounts under a sub-path with a strict content security policy', async ({ page }) => {
  const response = await page.goto('./');
  expect(response.headers()['content-security-policy']).toBe(CSP);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(fallback(page)).toHaveCount(0);
});

test('downloads the program once', async ({ page }) => {
  const programs = [];
  page.on('request', (request) => {
    if (request.url().endsWith('_bg.wasm')) programs.push(request.url());
  });
  await page.goto('./');
  await expect(fallback(page)).toHaveCount(0);
  expect(programs).toHaveLength(1);
});

test('starts from a host that does not know the type of a wasm file', async ({ page }) => {
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  await page.goto('./');
  await expect(fallback(page)).toHaveCount(0);
});

test('is readable without WebAssembly', async ({ page }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto('./');
  await expectText(page, 'no WebAssembly');
  await axeCheck(page);
});

test.describe('under rules that forbid WebAssembly', () => {
  test.use({ expectedFaults: [[/wasm-unsafe-eval|Content Security Policy/], { option: true }] });

  test('is readable and says what the host can change', async ({ page }) => {
    await page.route('**/courses/x/', async (route) => {
      const response = await route.fetch();
      const strict = CSP.replace(" 'wasm-unsafe-eval'", '');
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': strict } });
    });
    await page.goto('./');
    await expectText(page, 'wasm-unsafe-eval');
  });
});

test.describe('when the program is missing', () => {
  test.use({ expectedFaults: [[/404/], { option: true }] });

  test('is readable and says that a file is missing', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto('./');
    await expectText(page, 'could not be loaded');
  });
});

test.describe('with scripts off', () => {
  test.use({ javaScriptEnabled: false });

  test('is readable', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByRole('heading', { name: 'Ready is not running' })).toBeVisible();
    // By selector: Playwright never looks for text inside <noscript>.
    await expect(page.locator('noscript strong')).toBeVisible();
    await expect(note(page)).toBeHidden();
  });
});
