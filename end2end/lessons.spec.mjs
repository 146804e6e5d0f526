// What a learner does in every lesson: predict, run it on real threads, compare, look again, answer the check question.

import {
  CHECKED, LESSONS, SLUGS, bars, expect, expectEnd, expectPressed, expectTime, numberIn, openLesson, printed,
  runNear, runToEnd, scenes, scrubTo, stage, test, threadsOf, timeOf,
} from './fixtures.mjs';

/** What happens at one time on several threads has no order of its own: one group for each time. */
function groups(simulated, texts) {
  const bounds = simulated.flatMap(({ at }, index) => (index > 0 && at > simulated[index - 1].at ? [index] : []));
  return [0, ...bounds].map((from, index) => texts.slice(from, bounds[index] ?? texts.length).toSorted());
}

for (const slug of SLUGS) {
  const { modes, plain, asking, quick, steps, shows, computes } = LESSONS[slug];

  for (const mode of modes) {
    test(`${slug}, ${mode}: a live run is as long as the simulated one, and in the same order`, async ({ page }) => {
      await openLesson(page, slug, { step: plain, mode, ...quick });
      await page.getByTestId('time').waitFor();
      await scrubTo(page, 60);
      await page.keyboard.press('End');
      const simulated = await printed(page);
      const expected = await numberIn(page.getByTestId('in-simulation'));
      expect(simulated.length).toBeGreaterThan(3);

      if (computes) {
        await runToEnd(page);
        expect(await numberIn(page.getByTestId('in-browser'))).toBeGreaterThan(0.95 * expected - 0.05);
      } else {
        await runNear(page, expected);
      }
      expect(page.workers(), 'threads').toHaveLength(threadsOf(slug, mode));
      expect(await timeOf(page)).toBeCloseTo(await numberIn(page.getByTestId('in-browser')), 1);

      const texts = (told) => told.map(({ text }) => text);
      const measured = texts(await printed(page));
      if (computes) {
        // When each thing comes depends on the machine; what has been learned does not.
        const learned = (lines) => lines.filter((line) => /error|learned/.test(line)).toSorted();
        expect(measured).toHaveLength(simulated.length);
        expect(learned(measured)).toEqual(learned(texts(simulated)));
        expect(learned(measured).length).toBeGreaterThan(1);
      } else if (threadsOf(slug, mode) > 1) {
        expect(groups(simulated, measured)).toEqual(groups(simulated, texts(simulated)));
      } else {
        expect(measured).toEqual(texts(simulated));
      }
    });
  }

  test(`${slug}: predict, run, and the answer is shown`, async ({ page }) => {
    await openLesson(page, slug, { step: asking, ...quick });
    const guessed = page.getByTestId('guessed');
    const simulated = page.getByTestId('in-simulation');
    const measured = page.getByTestId('in-browser');
    const preview = stage(page).locator('.bars.known .bar');
    const choice = page.getByTestId('choice').first();
    await expect(guessed).not.toContainText(/\d/);
    // Nothing gives the answer away.
    await expect(simulated).not.toContainText(/\d/);
    await expect(measured).not.toContainText(/\d/);
    await expect(page.getByTestId('time')).toHaveText(/^0\.0\D*$/);
    await expect(preview.first()).toBeHidden();
    await expect(page.getByTestId('answer')).toHaveCount(0);

    await choice.click();
    await expectPressed(choice);
    await expect(guessed).toHaveText(await choice.innerText());
    await expect(simulated).toContainText(/\d/);
    await expect(preview.first()).toBeVisible();
    expect((await bars(page)).length).toBeGreaterThan(1);
    await expect(page.getByTestId('answer'), 'the answer waits for the run').toHaveCount(0);

    await runToEnd(page);
    await expect(page.getByTestId('answer')).toContainText('It came out differently.');
    // Seconds, or how many times as long: a quotient of two measured times, so less exact than either.
    const [expected, came] = [await numberIn(simulated), await numberIn(measured)];
    const most = computes ? 9 : 0.15;
    expect(came / expected - 1, `${came} for ${expected}`).toBeLessThan(most);
    expect(came / expected - 1, `${came} for ${expected}`).toBeGreaterThan(-0.15);
    // What was guessed before stays what was guessed.
    await expect(guessed).toHaveText(await choice.innerText());
  });

  test(`${slug}: exactly one choice of a prediction is right, and says so`, async ({ page }) => {
    await openLesson(page, slug, { step: asking, ...quick });
    const verdicts = [];
    for (const choice of await page.getByTestId('choice').all()) {
      await page.reload();
      await choice.click();
      await page.keyboard.press('End');
      if (await page.getByTestId('answer').count() === 0) await runToEnd(page);
      verdicts.push(await page.getByTestId('answer').locator('.verdict').innerText());
    }
    expect(verdicts.filter((verdict) => verdict === 'You saw it coming.')).toHaveLength(1);
  });

  test(`${slug}: a run can be scrubbed back and forth`, async ({ page }) => {
    await openLesson(page, slug, { step: plain, mode: modes[1], ...quick });
    await runToEnd(page);
    const picture = scenes(page).first();
    const end = await timeOf(page);
    const told = (await printed(page)).length;
    await scrubTo(page, 0.7);
    await expect(picture).toHaveAccessibleName(/0\.7 s/);
    await expect(page.getByTestId('time')).toContainText('0.7');
    const early = await picture.getAttribute('aria-label');
    await scrubTo(page, 0.2);
    await expect(picture).toHaveAccessibleName(/0\.2 s/);
    expect((await printed(page)).length).toBeLessThan(told);
    await scrubTo(page, 0.7);
    // The same time is the same picture.
    await expect(picture).toHaveAttribute('aria-label', early);

    // Two things may happen within a hundredth of a second, which is a step of the slider.
    const press = (button, holds) => expect(async () => {
      await page.getByTestId(button).click();
      holds(expect(await timeOf(page)));
    }).toPass();
    await press('forward', (time) => time.toBeGreaterThan(0.7));
    const forward = await timeOf(page);
    await press('back', (time) => time.toBeLessThan(forward));
    await page.getByTestId('restart').click();
    expect(await timeOf(page)).toBe(0);
    await expect(picture).toHaveAccessibleName(/0\.0 s/);
    await page.getByTestId('play').click();
    await expect(stage(page)).toHaveAttribute('data-playback', 'playing');
    await expectEnd(page);
    expect(await timeOf(page)).toBe(end);
  });

  if (!CHECKED.includes(slug)) continue;

  test(`${slug}: every wrong answer is a known belief, and is shown to be wrong`, async ({ page }) => {
    await openLesson(page, slug, { step: 'check' });
    const wrong = page.locator('[data-testid="option"][data-right="false"]');
    expect(await wrong.count()).toBeGreaterThanOrEqual(3);
    const explanations = new Set();
    for (let index = 0; index < await wrong.count(); index += 1) {
      await page.getByTestId(`mode-${modes[1]}`).click();
      await wrong.nth(index).click();
      await expectPressed(wrong.nth(index));
      const option = page.getByRole('listitem').filter({ has: page.getByTestId('show-me') });
      await expect(option).toHaveCount(1);
      await expect(option).toContainText('Not quite.');
      await expect(option).toContainText('What you may have thought:');
      explanations.add(await option.locator('.belief').innerText());
      await option.getByTestId('show-me').click();
      await expectPressed(page.getByTestId(`mode-${shows.mode}`));
      await expectTime(page, (now) => now === shows.time, `${shows.time} s`);
      await expect(stage(page)).toBeInViewport();
    }
    expect(explanations.size, 'each wrong answer has a belief of its own').toBe(await wrong.count());
  });

  test(`${slug}: progress is marked, survives a reload, and shows on the home page`, async ({ page }) => {
    const link = page.locator(`a[href="?lesson=${slug}"]`);
    const card = page.getByRole('main').getByRole('listitem').filter({ has: link });
    const progress = async () => {
      await page.goto('./');
      return Number(await card.getByRole('progressbar').getAttribute('value'));
    };
    expect(await progress()).toBe(0);
    await expect(card).toContainText('Start');
    await openLesson(page, slug, { step: 'check' });
    await page.locator('[data-testid="option"][data-right="false"]').first().click();
    const seen = await progress();
    expect(seen, 'a step has been seen').toBeGreaterThan(0);
    await expect(card).toContainText('Go on');
    await openLesson(page, slug, { step: 'check' });
    await page.locator('[data-testid="option"][data-right="true"]').click();
    await expect(page.getByRole('listitem').filter({ has: page.getByTestId('show-me') })).toContainText('Right.');
    expect(await progress(), 'the check question has been answered').toBeGreaterThan(seen);

    await openLesson(page, slug);
    for (const [index, step] of steps.entries()) {
      await expect(page.getByRole('main')).toHaveAttribute('data-step', step);
      if (index < steps.length - 1) await page.getByTestId('next-step').click();
    }
    await page.reload();
    expect(await progress()).toBe(1);
    await expect(card).toContainText('Done');
  });
}
