// The controls of a lesson page: knobs, modes, share, theme, history, and the one cursor that lights things up.

import {
  COUNTERS, LESSONS, QUICK, bars, expect, expectEnd, expectPressed, expectTime, openLesson, runToEnd, scenes, scrubTo, stage,
  test, timeOf,
} from './fixtures.mjs';

const SLUG = 'sync-vs-async';
const knob = (page, id) => page.getByTestId(`knob-${id}`);
const field = (page, id) => page.getByTestId(`field-${id}`);

async function type(page, id, text) {
  await field(page, id).fill(text);
  await field(page, id).press('Enter');
}

/** The numbers of the knobs in a code pane, in the order in which they stand there. */
async function numbersInCode(page, language) {
  await page.getByRole('tab', { name: language }).click();
  return page.getByRole('tabpanel').locator('.knob-value').allInnerTexts();
}

for (const slug of COUNTERS) {
  const { plain, modes } = LESSONS[slug];

  test(`${slug}: a knob changes code, preview, address and numbers`, async ({ page }) => {
    await openLesson(page, slug, { step: plain, mode: modes[0] });
    for (const language of ['Rust', 'Python']) {
      expect((await numbersInCode(page, language)).map(Number), language).toEqual([3, 1, 3]);
    }
    const before = await bars(page);
    expect(before.length).toBeGreaterThan(5);
    await expect(page.getByTestId('in-simulation')).toHaveText('12.0 s');

    // The slider.
    await knob(page, 'ordering').fill('2.5');
    await expect(field(page, 'ordering')).toHaveValue('2.5');
    await expect(page).toHaveURL(/[?&]t\.ordering=2\.5(&|$)/);
    await expect(page.getByTestId('in-simulation')).toHaveText('16.5 s');
    const slid = await bars(page);
    expect(slid).not.toEqual(before);

    // The field.
    await type(page, 'customers', '2');
    await expect(knob(page, 'customers')).toHaveValue('2');
    await expect(page).toHaveURL(/[?&]t\.customers=2(&|$)/);
    await expect(page.getByTestId('in-simulation')).toHaveText('11.0 s');
    expect((await bars(page)).length).toBeLessThan(slid.length);
    for (const language of ['Rust', 'Python']) {
      expect((await numbersInCode(page, language)).map(Number), language).toEqual([2, 2.5, 3]);
    }

    // And back.
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(field(page, 'ordering')).toHaveValue('1.0');
    await expect(page).not.toHaveURL(/t\./);
    await expect.poll(() => bars(page)).toEqual(before);
    await expect(page.getByRole('button', { name: 'Reset' })).toBeDisabled();
  });

  test(`${slug}: a shared link restores step, mode and knobs`, async ({ page, browser, site }) => {
    await openLesson(page, slug);
    await page.getByTestId('next-step').click();
    await page.getByTestId(`mode-${modes[1]}`).click();
    await knob(page, 'customers').fill('4');
    await knob(page, 'grilling').fill('1.5');
    await page.getByTestId('share').click();
    const link = await page.getByTestId('share-link').inputValue();
    expect(link.startsWith(site.url), link).toBe(true);

    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await other.goto(link);
    await expect(other.getByRole('main')).toHaveAttribute('data-step', LESSONS[slug].steps[1]);
    await expectPressed(other.getByTestId(`mode-${modes[1]}`));
    await expect(field(other, 'customers')).toHaveValue('4');
    await expect(field(other, 'grilling')).toHaveValue('1.5');
    await expect(field(other, 'ordering')).toHaveValue('1.0');
    await expect(other.getByTestId('notes')).toBeEmpty();
    await elsewhere.close();
  });

  test(`${slug}: modes change the scene, the code and the address`, async ({ page }) => {
    await openLesson(page, slug, { step: plain });
    for (const mode of [modes[1], modes[2], modes[0]]) {
      const button = page.getByTestId(`mode-${mode}`);
      await button.click();
      await expectPressed(button);
      await expect(page).toHaveURL(new RegExp(`mode=${mode}`));
      await expect(scenes(page)).toHaveCount(mode === 'side' ? 2 : 1);
      if (mode !== 'side') {
        const label = await button.innerText();
        await expect(scenes(page)).toHaveAccessibleName(new RegExp(`^${label}, 0\\.0 s`, 'i'));
      }
      const others = modes.filter((it) => it !== mode);
      for (const other of others) await expectPressed(page.getByTestId(`mode-${other}`), false);
    }
  });
}

test('a knob set back to its default in a step that sets it is shared as it stands', async ({ page, browser }) => {
  // This step invites five customers; the lesson's default is three.
  await openLesson(page, SLUG, { step: 'wake' });
  await expect(field(page, 'customers')).toHaveValue('5');
  await knob(page, 'customers').fill('3');
  await page.getByTestId('share').click();
  const link = await page.getByTestId('share-link').inputValue();
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(field(other, 'customers')).toHaveValue('3');
  await elsewhere.close();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(field(page, 'customers'), 'and so is a reload').toHaveValue('3');
});

test('the speed is that of playback, not of the run', async ({ page }) => {
  await openLesson(page, SLUG, { mode: 'async', 't.ordering': '0.2', 't.grilling': '0.4' });
  await page.getByTestId('speed').selectOption('0.5');
  await page.getByTestId('run').click();
  await expect(stage(page)).toHaveAttribute('data-run', 'finished');
  expect(await timeOf(page), 'playback trails behind').toBeLessThan(0.9);
  await expect(stage(page)).toHaveAttribute('data-playback', 'playing');
  await page.getByTestId('speed').selectOption('4');
  await expectEnd(page);
});

test('before a run, the simulated one can be played and scrubbed', async ({ page }) => {
  await openLesson(page, SLUG, { mode: 'async', ...QUICK });
  await page.getByTestId('play').click();
  await expect(stage(page)).toHaveAttribute('data-playback', 'playing');
  await expectTime(page, (time) => time > 0.2, 'it plays');
  await page.getByTestId('play').click();
  await expect(stage(page)).toHaveAttribute('data-playback', 'paused');
  await scrubTo(page, 1);
  await expect(scenes(page)).toHaveAccessibleName(/1\.0 s: .*Ada at a table, with a ticket/);
  await expect(stage(page)).toHaveAttribute('data-run', 'idle');
});

test('after a run, either record can be shown', async ({ page }) => {
  await openLesson(page, SLUG, { mode: 'async', 't.ordering': '0.1', 't.grilling': '0.3' });
  const button = (id) => page.getByRole('button').filter({ has: page.getByTestId(id) })
    .or(page.locator(`button[data-testid="${id}"]`));
  await expect(button('in-browser')).toBeDisabled();
  await runToEnd(page);
  await expectPressed(button('in-browser'));
  await button('in-simulation').click();
  await expectPressed(button('in-simulation'));
  await expectPressed(button('in-browser'), false);
  await page.keyboard.press('End');
  expect(await timeOf(page), 'the simulated run, to the ms').toBe(0.6);
});

test('a task lights up everywhere: by pointer and by focus', async ({ page }) => {
  // Ada waits at her line of code, Ben is at the till.
  await openLesson(page, SLUG, { step: 'two-ways', mode: 'async' });
  await scrubTo(page, 1.9);
  const name = stage(page).getByRole('button', { name: /^A?\s*Ada/ });
  const lit = (where) => stage(page).locator(`${where}.lit`);
  const places = ['.person', '.chip', '.story li'];
  await page.mouse.move(0, 0);
  for (const place of places) await expect(lit(place)).toHaveCount(0);

  await name.hover();
  await expect(name).toHaveClass(/\blit\b/);
  for (const place of places) await expect(lit(place).first(), place).toBeVisible();
  for (const letter of await lit('.chip').allInnerTexts()) expect(letter.trim()).toBe('A');
  await page.mouse.move(0, 0);
  await expect(name).not.toHaveClass(/\blit\b/);
  for (const place of places) await expect(lit(place)).toHaveCount(0);

  await name.focus();
  for (const place of places) await expect(lit(place).first(), place).toBeVisible();
  await name.blur();
  for (const place of places) await expect(lit(place)).toHaveCount(0);

  // The other way round: from the scene to the timeline.
  await stage(page).locator('.person').filter({ hasText: 'A' }).hover({ force: true });
  await expect(name).toHaveClass(/\blit\b/);
});

test('the theme goes round, is kept, and changes the colours', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./');
  const root = page.locator('html');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const theme = page.getByTestId('theme');
  await expect(root).toHaveAttribute('data-theme', 'auto');
  const dark = await paper();
  await theme.click();
  await expect(root).toHaveAttribute('data-theme', 'light');
  const light = await paper();
  expect(light).not.toBe(dark);
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'light');
  expect(await paper()).toBe(light);
  await theme.click();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await paper(), 'dark although the system is light').toBe(dark);
  await theme.click();
  await expect(root).toHaveAttribute('data-theme', 'auto');
  expect(await paper()).toBe(light);
});

test('back and forward go through lessons and steps', async ({ page }) => {
  const main = page.getByRole('main');
  await page.goto('./');
  await main.getByRole('listitem').locator(`a[href="?lesson=${SLUG}"]`).click();
  await expect(main).toHaveAttribute('data-step', 'two-ways');
  await page.getByRole('navigation').locator('a[href="?lesson=async-await"]').click();
  await expect(main).toHaveAttribute('data-step', 'declare');
  await page.goBack();
  await expect(main).toHaveAttribute('data-step', 'two-ways');
  await page.goBack();
  await expect(main.getByRole('listitem').first()).toBeVisible();
  await expect(main).not.toHaveAttribute('data-step', /./);
  await page.goForward();
  await expect(main).toHaveAttribute('data-step', 'two-ways');
  // A link in the text leads to another step; back comes from there.
  await openLesson(page, SLUG, { step: 'check' });
  await page.locator('[data-testid="option"][data-right="false"]').last().click();
  await page.getByRole('link', { name: 'the step before' }).click();
  await expect(main).toHaveAttribute('data-step', 'nothing');
  await page.goBack();
  await expect(main).toHaveAttribute('data-step', 'check');
  await page.goForward();
  await expect(main).toHaveAttribute('data-step', 'nothing');
});

test('a reload comes back to the same step, mode and knobs', async ({ page }) => {
  await openLesson(page, SLUG);
  await page.getByTestId('next-step').click();
  await page.getByTestId('mode-async').click();
  await knob(page, 'customers').fill('2');
  await page.reload();
  await expect(page.getByRole('main')).toHaveAttribute('data-step', 'predict');
  await expectPressed(page.getByTestId('mode-async'));
  await expect(field(page, 'customers')).toHaveValue('2');
});

test('the scene on the home page runs when asked', async ({ page }) => {
  await page.goto('./');
  await expect(stage(page)).toBeVisible();
  expect(await timeOf(page)).toBe(0);
  await page.getByTestId('run').click();
  await expectTime(page, (time) => time > 0.5, 'it runs');
  expect(page.workers().length).toBeGreaterThan(0);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('notice')).toContainText('Stopped');
});
