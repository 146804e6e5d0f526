// How a lesson's page is opened: what is read stands still, and the browser is never kept for long.

import { expect, test } from './fixtures.mjs';

/** Runs in the page before anything else: notes in which turn of the event loop each part came, and whatever has moved. */
function watchOpening() {
  window.__opening = { parts: {}, uncovered: [], moved: [] };
  const { parts, uncovered, moved } = window.__opening;
  const wanted = ['.top', '.prose h1', '.scene', '.transport', '.timeline', '.days', '.knobs', '.code-panel', '.stage-foot'];
  let turn = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { turn += 1; };
  const look = () => {
    for (const selector of wanted) {
      if (!(selector in parts) && document.querySelector(`#app ${selector}`)) parts[selector] = turn;
    }
    const text = document.getElementById('fallback');
    const app = document.getElementById('app');
    if (app?.querySelector('.prose h1')) uncovered.push({ text: Boolean(text), app: !app.hidden });
    port2.postMessage(null);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) moved.push(value);
  }).observe({ type: 'layout-shift', buffered: true });
}

const opened = (page) => page.evaluate(() => window.__opening);

for (const viewport of [{ width: 412, height: 823 }, { width: 1440, height: 1000 }]) {
  test(`a lesson is put up in turns, and nothing moves, ${viewport.width} px wide`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.addInitScript(watchOpening);
    await page.goto('waiting.html');
    await expect(page.getByTestId('share')).toBeVisible();
    const { parts, uncovered, moved } = await opened(page);
    const turns = Object.values(parts);
    expect(turns).toHaveLength(9);
    // From the top down, and most of them in a turn of their own.
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
    expect(new Set(turns).size).toBeGreaterThanOrEqual(7);
    // The text stays until the lesson's is there, and goes in the same moment.
    expect(uncovered.at(-1)).toEqual({ text: false, app: true });
    expect(uncovered.filter(({ text, app }) => text === app)).toEqual([]);
    expect(moved).toEqual([]);
  });
}

test('another lesson is drawn at once, so that Back finds the place', async ({ page }) => {
  await page.goto('waiting.html');
  await expect(page.getByTestId('share')).toBeVisible();
  const complete = await page.evaluate(async () => {
    const parts = () => document.querySelectorAll('.scene, .transport, .timeline, .knobs, .code-panel, .stage-foot').length;
    const changed = new Promise((resolve) => {
      new MutationObserver(() => {
        if (document.querySelector('.lesson-title')?.textContent !== 'One clerk, one slow kitchen') resolve(parts());
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    document.querySelectorAll('.crumb')[2].click();
    return changed;
  });
  expect(complete).toBe(6);
});

test('a built page names its program, and does not fetch it before its text is there', async ({ page }) => {
  await page.goto('waiting.html');
  await expect(page.locator('meta[name=program]')).toHaveAttribute('content', /_bg\.wasm$/);
  await expect(page.locator('link[type="application/wasm"]')).toHaveCount(0);
});

test.describe('where nothing is painted', () => {
  test('the program starts all the same', async ({ page }) => {
    await page.addInitScript(() => { window.requestAnimationFrame = () => 0; });
    await page.goto('waiting.html');
    await expect(page.getByTestId('run')).toBeVisible();
  });
});
