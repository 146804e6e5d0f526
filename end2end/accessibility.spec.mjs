// For everybody: no fault by the rules of WCAG 2.2 AA in either theme, no sideways scrolling on a narrow screen, no
// motion where none is wanted, a readable page on paper.

import {
  LESSONS, SLUGS, axeCheck, expect, expectRun, openLesson, runAWhile, runToEnd, scrubTo, test,
} from './fixtures.mjs';

/** What an answer is called: to the check question, or to one of the twelve. */
const option = (slug) => (LESSONS[slug].exam ? 'exam-option' : 'option');

for (const colorScheme of ['light', 'dark']) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('home has no fault', async ({ page }) => {
      await page.goto('./');
      await axeCheck(page);
    });

    for (const slug of SLUGS) {
      const { asking, modes, plain, slow, steps } = LESSONS[slug];
      // Predictions and dialogs are the same everywhere: in the other colours, two lessons stand for all.
      const looksAtParts = colorScheme === 'light' || ['sync-vs-async', 'takeaways'].includes(slug);

      test(`${slug}: no step has a fault at its start`, async ({ page }) => {
        for (const step of steps) {
          await openLesson(page, slug, { step });
          await axeCheck(page);
        }
      });

      test(`${slug}: no fault in mid-run, or stopped`, async ({ page }) => {
        await openLesson(page, slug, { step: plain, mode: modes.at(-1), ...slow });
        await runAWhile(page, 0.5);
        await axeCheck(page);
        await expectRun(page, 'running');
        await page.getByTestId('stop').click();
        await expectRun(page, 'stopped');
        await axeCheck(page);
      });

      if (looksAtParts) test(`${slug}: no fault when a prediction has been answered`, async ({ page }) => {
        await openLesson(page, slug, { step: asking, 't.ordering': '0.1', 't.grilling': '0.2' });
        await page.getByTestId('choice').first().click();
        // Some lessons compute, and tests that run beside this one compute, too.
        await runToEnd(page, { timeout: 50_000 });
        await expect(page.getByTestId('answer')).toBeVisible();
        await axeCheck(page);
      });

      test(`${slug}: no fault when finished, with the check question answered`, async ({ page }) => {
        await openLesson(page, slug, { step: 'check', 't.ordering': '0.1', 't.grilling': '0.2' });
        await runToEnd(page, { timeout: 50_000 });
        await page.locator(`[data-testid="${option(slug)}"][data-right="false"]`).first().click();
        await axeCheck(page);
        await page.locator(`[data-testid="${option(slug)}"][data-right="true"]`).click();
        await axeCheck(page);
      });

      if (looksAtParts) test(`${slug}: no fault in dialogs, notes and complaints`, async ({ page }) => {
        await openLesson(page, slug, { step: 'nope', 't.ordering': 'x' });
        await page.locator('[data-testid^="field-"]').first().fill('much');
        await page.keyboard.press('Enter');
        await axeCheck(page);
        for (const id of ['keys', 'share']) {
          await page.getByTestId(id).click();
          await expect(page.getByRole('dialog')).toBeVisible();
          await axeCheck(page);
          await page.keyboard.press('Escape');
          await expect(page.getByRole('dialog')).toHaveCount(0);
        }
      });
    }
  });
}

test.describe('on a screen 320 px wide', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  const expectNoSidewaysScroll = async (page, where) => {
    const wide = await page.evaluate(() => {
      const { scrollWidth } = document.documentElement;
      if (scrollWidth <= window.innerWidth) return [];
      const isOut = (element) => element.getBoundingClientRect().right > window.innerWidth + 1;
      const out = [...document.querySelectorAll('body *')].filter(isOut);
      return [`${scrollWidth} px`, ...out.slice(0, 5).map((it) => `${it.tagName}.${it.getAttribute('class')}`)];
    });
    expect(wide, `${where} is wider than the screen`).toEqual([]);
  };

  test('home does not scroll sideways', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByTestId('stage')).toBeVisible();
    await expectNoSidewaysScroll(page, 'home');
  });

  for (const slug of SLUGS) {
    test(`${slug}: no step scrolls sideways`, async ({ page }) => {
      for (const step of LESSONS[slug].steps) {
        for (const mode of LESSONS[slug].modes) {
          await openLesson(page, slug, { step, mode, 't.customers': '12' });
          await expect(page.getByRole('main')).toHaveAttribute('data-step', step);
          await scrubTo(page, 2);
          await expectNoSidewaysScroll(page, `${step}, ${mode}`);
        }
      }
    });

    test(`${slug}: nor does it with everything said and opened`, async ({ page }) => {
      await openLesson(page, slug, { step: 'check', mode: LESSONS[slug].modes.at(-1), ...LESSONS[slug].quick });
      await runToEnd(page);
      await page.locator(`[data-testid="${option(slug)}"][data-right="false"]`).first().click();
      await page.locator('[data-testid^="field-"]').first().fill('a very long word that is no number at all');
      await page.keyboard.press('Enter');
      await expectNoSidewaysScroll(page, 'the check question');
      for (const id of ['keys', 'share']) {
        await page.getByTestId(id).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNoSidewaysScroll(page, id);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('tab', { name: 'Rust' }).click();
      await expectNoSidewaysScroll(page, 'Rust');
    });
  }
});

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' });

  for (const slug of SLUGS) {
    test(`${slug}: nothing is animated, and the lesson runs to the end`, async ({ page }) => {
      await page.addInitScript(() => {
        window.__moved = new Set();
        const look = () => {
          for (const it of document.getAnimations()) {
            if (it.playState !== 'running') continue;
            const what = it.animationName ?? it.transitionProperty ?? it.id;
            window.__moved.add(`${what} of ${it.effect?.target?.tagName}.${it.effect?.target?.getAttribute('class')}`);
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      await openLesson(page, slug, { step: LESSONS[slug].plain, mode: LESSONS[slug].modes.at(-1), ...LESSONS[slug].quick });
      await runToEnd(page);
      await page.locator('.dot:not([aria-current])').first().click();
      await page.getByTestId('theme').click();
      await page.getByTestId('keys').click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await page.evaluate(() => [...window.__moved])).toEqual([]);
    });

    test(`${slug}: people stand at discrete places`, async ({ page }) => {
      await openLesson(page, slug, { step: LESSONS[slug].plain, mode: LESSONS[slug].modes[1] });
      const places = new Set();
      const ada = page.locator('.person').first();
      for (let at = 0; at <= 7; at += 0.1) {
        await scrubTo(page, at);
        places.add(await ada.getAttribute('transform'));
      }
      expect(places.size).toBeGreaterThan(1);
      // Line, till, table, way out; someone who walked would be in dozens of places.
      expect(places.size).toBeLessThan(10);
    });
  }
});

test.describe('on paper', () => {
  for (const slug of SLUGS) {
    test(`${slug}: there is the text, and nothing to press`, async ({ page }) => {
      await openLesson(page, slug, { step: 'check' });
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').getByRole('article').getByRole('paragraph').last()).toBeVisible();
      await expect(page.getByTestId(option(slug)).first()).toBeVisible();
      await expect(page.getByRole('tabpanel')).toBeVisible();
      for (const id of ['run', 'play', 'speed', 'theme', 'keys', 'share', 'scrub', 'next-lesson', 'knob-ordering']) {
        await expect(page.getByTestId(id), id).toBeHidden();
      }
    });
  }
});
