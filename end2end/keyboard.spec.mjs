// Everything by keyboard alone: the keys that are listed, and every step of every lesson without a mouse.

import {
  LESSONS, QUICK, SLOW, SLUGS, cursorOf, expect, expectEnd, expectPressed, expectRun, expectTime, openLesson,
  runToEnd, stage, tabTo, test, timeOf,
} from './fixtures.mjs';

const SLUG = 'sync-vs-async';
const dialog = (page) => page.getByRole('dialog');

test('the space bar runs, pauses and goes on', async ({ page }) => {
  await openLesson(page, SLUG, { mode: 'async', ...QUICK });
  await page.keyboard.press('Space');
  await expectRun(page, 'running');
  await expect(stage(page)).toHaveAttribute('data-playback', 'playing');
  await expectTime(page, (time) => time > 0.2, 'past 0.2 s');
  await page.keyboard.press('Space');
  await expect(stage(page)).toHaveAttribute('data-playback', 'paused');
  const paused = await timeOf(page);
  // The program itself goes on.
  await expectRun(page, 'finished');
  expect(await timeOf(page)).toBe(paused);
  await page.keyboard.press('Space');
  await expectEnd(page);
  expect(await timeOf(page)).toBeGreaterThan(paused);
});

test('arrows, Home and End move the cursor', async ({ page }) => {
  await openLesson(page, SLUG, { mode: 'async', ...QUICK });
  await page.keyboard.press('End');
  expect(await timeOf(page)).toBeCloseTo(1.7, 1);
  await page.keyboard.press('Home');
  expect(await timeOf(page)).toBe(0);
  await page.keyboard.press('ArrowLeft');
  expect(await timeOf(page), 'there is nothing before').toBe(0);
});

/** Where the cursor comes by pressing a key until it stays where it is. */
async function visit(page, key) {
  const places = [await cursorOf(page)];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    places.push(await cursorOf(page));
    if (places.at(-1) === places.at(-2)) return places.slice(0, -1);
  }
  throw new Error(`${key} never comes to an end: ${places}`);
}

for (const record of ['simulated', 'measured']) {
  test(`the arrows visit every moment of a ${record} run, there and back`, async ({ page }) => {
    await openLesson(page, SLUG, { mode: 'async', 't.customers': '2', ...QUICK });
    if (record === 'measured') await runToEnd(page);
    await page.keyboard.press('Home');
    const there = await visit(page, 'ArrowRight');
    expect(there.length).toBeGreaterThan(4);
    expect(there).toEqual(there.toSorted((a, b) => a - b));
    expect(there.at(-1), 'up to the end').toBeCloseTo(100, 1);
    const back = await visit(page, 'ArrowLeft');
    expect(back).toEqual(there.slice(there.length - back.length).toReversed());
    expect(back.at(-1), 'down to the start').toBeLessThan(1);
  });
}

test('plus and minus change the speed, within its range', async ({ page }) => {
  await openLesson(page, SLUG, QUICK);
  const speed = page.getByTestId('speed');
  await expect(speed).toHaveValue('1');
  await page.keyboard.press('+');
  await expect(speed).toHaveValue('2');
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('+');
  await expect(speed).toHaveValue('4');
  for (let presses = 0; presses < 9; presses += 1) await page.keyboard.press('-');
  await expect(speed).toHaveValue('0.125');
});

test('M goes through the modes', async ({ page }) => {
  await openLesson(page, SLUG, QUICK);
  for (const mode of ['async', 'side', 'blocking']) {
    await page.keyboard.press('m');
    await expectPressed(page.getByTestId(`mode-${mode}`));
  }
});

test('Escape stops a run, and only a run', async ({ page }) => {
  await openLesson(page, SLUG, SLOW);
  await page.keyboard.press('Escape');
  await expectRun(page, 'idle');
  await page.keyboard.press('Space');
  await expectRun(page, 'running');
  await page.keyboard.press('Escape');
  await expectRun(page, 'stopped');
});

test('N and B turn the steps, and stop at the ends', async ({ page }) => {
  const { steps } = LESSONS[SLUG];
  await openLesson(page, SLUG);
  const main = page.getByRole('main');
  await page.keyboard.press('b');
  await expect(main).toHaveAttribute('data-step', steps[0]);
  for (const step of [...steps.slice(1), steps.at(-1)]) {
    await page.keyboard.press('n');
    await expect(main).toHaveAttribute('data-step', step);
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('b');
  await expect(main).toHaveAttribute('data-step', steps.at(-2));
});

test('? lists the keys, and every key of the list is named', async ({ page }) => {
  await openLesson(page, SLUG);
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(dialog(page)).toBeVisible();
  for (const key of ['Space', '← →', 'Home End', 'M', 'Esc', 'N B', '?']) {
    await expect(dialog(page).getByText(key, { exact: true })).toBeVisible();
  }
  // Keys mean nothing to the stage behind it.
  await page.keyboard.press('n');
  await expect(page.getByTestId('stage').locator('xpath=..')).toHaveAttribute('data-step', LESSONS[SLUG].steps[0]);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(dialog(page), 'it opens again').toBeVisible();
});

test('keys typed into a field belong to the field', async ({ page }) => {
  await openLesson(page, SLUG, QUICK);
  await page.getByTestId('field-ordering').focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' nm?');
  await expect(page.getByRole('main')).toHaveAttribute('data-step', LESSONS[SLUG].steps[0]);
  await expectPressed(page.getByTestId('mode-blocking'));
  await expectRun(page, 'idle');
  await expect(dialog(page)).toHaveCount(0);
});

for (const slug of SLUGS) {
  test(`${slug}: every step without a mouse`, async ({ page }) => {
    // A run for every step, one after another, in real time.
    test.slow();
    const { steps, turns = [['ordering', '0.1'], ['grilling', '0.2']] } = LESSONS[slug];
    const [[slider, least], [field, typed]] = turns;
    // From the home page to the lesson.
    await page.goto('./');
    await tabTo(page, page.getByRole('main').getByRole('listitem').locator(`a[href="?lesson=${slug}"]`));
    await page.keyboard.press('Enter');
    for (const [index, step] of steps.entries()) {
      await expect(page.getByRole('main')).toHaveAttribute('data-step', step);
      const choice = page.getByTestId('choice').last();
      const asks = await choice.count() > 0;
      if (asks) {
        await tabTo(page, choice);
        await page.keyboard.press('Enter');
        await expectPressed(choice);
      }
      if (step === 'check' && !LESSONS[slug].exam) await answerByKeyboard(page);
      await tabTo(page, page.getByTestId(`knob-${slider}`));
      await page.keyboard.press('Home');
      await tabTo(page, page.getByTestId(`field-${field}`));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      // The address follows when the knobs rest.
      const set = () => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)));
      await expect.poll(set).toMatchObject({ [`t.${slider}`]: least, [`t.${field}`]: typed });
      // All the way round to the Run button.
      await tabTo(page, page.getByTestId('run'));
      await page.keyboard.press('Enter');
      await expectEnd(page);
      if (asks) await expect(page.getByTestId('answer')).toBeVisible();
      if (index < steps.length - 1) await page.keyboard.press('n');
    }
    await tabTo(page, page.getByTestId('next-lesson'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).not.toHaveAttribute('data-step', 'check');
  });
}

async function answerByKeyboard(page) {
  for (const right of [false, true]) {
    const option = page.locator(`[data-testid="option"][data-right="${right}"]`).first();
    await tabTo(page, option);
    await page.keyboard.press('Space');
    await expectPressed(option);
    await tabTo(page, page.getByTestId('show-me'));
    await page.keyboard.press('Enter');
  }
  await expectRun(page, 'idle');
}
