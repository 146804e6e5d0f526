// What stands in the text beside the questions: words that explain themselves, the glossary, the exhibits, the progress code.

import { LESSONS, SLUGS, axeCheck, expect, openLesson, tabTo, test } from './fixtures.mjs';

const main = (page) => page.getByRole('main');
const definition = (page) => page.getByTestId('definition');

test('a word opens its definition by mouse, by keyboard and by touch, and closes it again', async ({ page }) => {
  await openLesson(page, 'coroutines');
  const word = page.getByTestId('term').first();
  await expect(word).toHaveText('coroutine');
  await expect(definition(page)).toHaveCount(0);
  await word.click();
  await expect(definition(page)).toContainText('A function that can pause and go on');
  await expect(word).toHaveAttribute('aria-expanded', 'true');
  await axeCheck(page);
  await word.click();
  await expect(definition(page)).toHaveCount(0);
  await tabTo(page, word);
  await page.keyboard.press('Enter');
  await expect(definition(page)).toHaveCount(1);
  await page.keyboard.press('Space');
  await expect(definition(page), 'the space bar belongs to the word that has the focus').toHaveCount(0);
  await expect(page.getByTestId('stage')).toHaveAttribute('data-run', 'idle');
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });
  test('a word opens its definition', async ({ page }) => {
    await openLesson(page, 'event-loop');
    await page.getByTestId('term').first().tap();
    await expect(definition(page)).toBeInViewport();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, 'nothing sticks out').toBeLessThanOrEqual(0);
  });
});

test('no lesson explains a word twice, and every lesson explains some', async ({ page }) => {
  test.slow();
  for (const slug of SLUGS) {
    const words = [];
    for (const step of LESSONS[slug].steps) {
      await openLesson(page, slug, { step });
      words.push(...await page.getByTestId('term').allTextContents());
    }
    expect(words.length, slug).toBeGreaterThan(0);
    expect(new Set(words).size, `${slug}: ${words}`).toBe(words.length);
  }
});

test('a definition leads to its place in the glossary, and the glossary to the lesson', async ({ page }) => {
  await openLesson(page, 'coroutines');
  await page.getByTestId('term').first().click();
  await definition(page).getByRole('link').click();
  await expect(page).toHaveURL(/\?page=glossary#coroutine$/);
  const entry = page.locator('#coroutine');
  await expect(entry).toBeInViewport();
  await axeCheck(page);
  await entry.getByRole('link').click();
  await expect(page.getByTestId('stage')).toBeVisible();
  await expect(page).toHaveURL(/lesson=coroutines/);
  await page.goBack();
  await expect(main(page)).toContainText('Who is who at the counter');
});

test('the glossary opens from the home page and stands at 320 px', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto('./');
  await page.getByTestId('glossary').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary');
  expect(await page.locator('.entry').count()).toBeGreaterThan(20);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('a page that does not exist is said not to', async ({ page }) => {
  await page.goto('./?page=menu');
  await expect(page.getByTestId('notes')).toContainText('There is no page “menu”');
  await expect(main(page)).toContainText('Lessons');
});

test('the stage tells who is who', async ({ page }) => {
  await openLesson(page, 'waiting');
  await page.getByTestId('legend').getByText('Who is who?').click();
  await expect(page.getByTestId('legend')).toContainText('The clerk');
  await expect(page.getByTestId('legend')).toContainText('a thread');
});

test('the button blocks this very page for a second, and only on request', async ({ page }) => {
  await openLesson(page, 'event-loop', { step: 'mistake' });
  const count = async () => Number.parseInt(await page.getByTestId('count').textContent(), 10);
  const block = page.getByTestId('block');
  await expect(block).toBeDisabled();
  await page.waitForTimeout(400);
  expect(await count(), 'nothing counts by itself').toBe(0);
  await page.getByTestId('count-start').click();
  await expect.poll(count).toBeGreaterThan(3);
  await expect(page.getByTestId('gap')).toBeEmpty();
  // The page itself notes when its timers come.
  const gap = await page.evaluate(() => new Promise((resolve) => {
    let last = performance.now();
    let longest = 0;
    const tick = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    };
    const ticking = setInterval(tick, 20);
    setTimeout(() => document.querySelector('[data-testid="block"]').click(), 100);
    setTimeout(() => { clearInterval(ticking); resolve(longest); }, 1400);
  }));
  expect(gap, 'the page stood still').toBeGreaterThan(950);
  await expect(page.getByTestId('gap')).toContainText(/once 1\.\d\d s went by/);
  const before = await count();
  await expect.poll(count, 'and goes on').toBeGreaterThan(before);
  await page.getByTestId('count-start').click();
  const stopped = await count();
  await page.waitForTimeout(300);
  expect(await count()).toBe(stopped);
});

test('a call makes a coroutine, a future, and a promise that is already running', async ({ page }) => {
  await openLesson(page, 'coroutines', { step: 'three' });
  const prints = (language) => page.getByTestId(`prints-${language}`).getByRole('listitem').allTextContents();
  for (const word of ['async def order', 'pub async fn order', 'async function order']) {
    await expect(page.getByTestId('calls')).toContainText(word);
  }
  await page.getByTestId('call').click();
  expect(await prints('python')).toEqual(['the call gave a coroutine']);
  expect(await prints('rust')).toEqual(['the call gave a future']);
  expect(await prints('javascript')).toEqual(['“the order begins”', 'the call gave a promise']);
  // Only the promise goes on by itself.
  await expect.poll(() => prints('javascript')).toHaveLength(3);
  await page.waitForTimeout(300);
  expect(await prints('rust')).toHaveLength(1);
  await page.getByTestId('await').click();
  const all = ['“the order begins”', '“the burgers are there”', 'the await is over: 2 burgers'];
  await expect.poll(() => prints('rust')).toEqual(['the call gave a future', ...all]);
  expect(await prints('python')).toEqual(['the call gave a coroutine', ...all]);
  expect(await prints('javascript')).toEqual([all[0], 'the call gave a promise', ...all.slice(1)]);
  await axeCheck(page);
});

test('a paused coroutine shows its variables and where it goes on', async ({ page }) => {
  await openLesson(page, 'coroutines', { step: 'paused' });
  const frame = page.getByTestId('frame');
  await expect(frame).toContainText('Ada, inside order(2): waiting, goes on at line');
  await expect(frame).toContainText('number = 2');
  await expect(frame).toContainText('burgers = 1');
  await page.keyboard.press('Home');
  await expect(frame).toHaveCount(0);
});

test('progress can be copied out, forgotten, and brought back', async ({ page }) => {
  await openLesson(page, 'waiting', { step: 'held' });
  await page.goto('./');
  const bar = page.getByRole('main').getByRole('progressbar').first();
  const before = Number(await bar.getAttribute('value'));
  expect(before).toBeGreaterThan(0);
  const box = page.getByTestId('progress');
  await box.locator('summary').click();
  const code = await page.getByTestId('progress-code').inputValue();
  expect(code).toContain('waiting=held');
  await axeCheck(page);

  await page.getByTestId('progress-reset').click();
  await expect(bar, 'it asks first').toHaveAttribute('value', String(before.toFixed(2)));
  await page.getByTestId('progress-reset').click();
  await expect(bar).toHaveAttribute('value', '0.00');
  await page.reload();
  await expect(bar, 'it stays forgotten').toHaveAttribute('value', '0.00');

  await box.locator('summary').click();
  await page.getByTestId('progress-paste').fill('this is no code');
  await page.getByTestId('progress-bring').click();
  await expect(page.getByTestId('progress-told')).toContainText('nothing has changed');
  await page.getByTestId('progress-paste').fill(`  ${code}  `);
  await page.getByTestId('progress-bring').click();
  await expect(page.getByTestId('progress-told')).toContainText('has been added');
  await expect(bar).toHaveAttribute('value', before.toFixed(2));
  await page.reload();
  await expect(bar).toHaveAttribute('value', before.toFixed(2));
});
