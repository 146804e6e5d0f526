// The lines that a teacher pastes work when they are pasted.

import { axeCheck } from './fixtures.mjs';
import { expect, test } from './embed.mjs';

test('the share dialog makes lines that show the lesson as it stands, and a preview', async ({ page, hosts, course, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./?lesson=sync-vs-async&step=clerk&mode=async&t.grilling=5');
  await page.getByTestId('share').click();
  await expect(page.getByTestId('share-frame')).toHaveValue(/^<iframe src=/);
  await expect(page.locator('iframe'), 'the preview loads only when it is opened').toHaveCount(0);
  await page.getByTestId('share-preview').locator('summary').click();
  await expect(page.frameLocator('iframe.preview').getByRole('main')).toHaveAttribute('data-step', 'clerk');
  await axeCheck(page);
  await page.getByTestId('what-scene').click();
  const preview = page.frameLocator('iframe.preview');
  await expect(preview.getByTestId('field-grilling')).toHaveValue('5.0');
  await expect(preview.locator('.prose')).toHaveCount(0);
  await page.getByTestId('share-frame-copy').click();
  await expect(page.getByTestId('share-frame-copy')).toHaveText('Copied');
  const frame = await page.evaluate(() => navigator.clipboard.readText());
  expect(frame).toBe(await page.getByTestId('share-frame').inputValue());
  const element = await page.getByTestId('share-element').inputValue();
  await page.getByTestId('what-full').click();
  const full = await page.getByTestId('share-frame').inputValue();
  expect(full).not.toContain('ui=');

  for (const [lines, find] of [[frame, 'iframe'], [element, 'burger-lesson >> iframe']]) {
    await page.goto(hosts.page(`<h1>My course</h1>${lines}`));
    const shown = page.frameLocator(find);
    await expect(shown.getByRole('main')).toHaveAttribute('data-step', 'clerk');
    await expect(shown.getByTestId('field-grilling')).toHaveValue('5.0');
    await expect(shown.getByTestId('mode-async')).toHaveAttribute('aria-pressed', 'true');
    await expect(shown.locator('.prose, header.top')).toHaveCount(0);
    await expect(page.locator(find)).toHaveAttribute('title', 'Concurrent Burgers: Two counters, one clock');
    await axeCheck(page);
  }
  await page.goto(hosts.page(full));
  await expect(page.frameLocator('iframe').locator('header.top')).toBeVisible();
});

test.describe(() => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('on a screen 320 px wide nothing of it is cut off', async ({ page }) => {
    await page.goto('./?lesson=sync-vs-async');
    await page.getByTestId('share').click();
    await page.getByTestId('share-preview').locator('summary').click();
    const wide = await page.getByRole('dialog').evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await axeCheck(page);
  });
});
