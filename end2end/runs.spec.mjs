// Live runs that do not go the straight way: stopped, disturbed, left, hidden, and threads that do not start or die.

import {
  COUNTERS, LESSONS, QUICK, SLOW, expect, expectEnd, expectPressed, expectRun, expectTime, numberIn,
  openLesson, printed, runAWhile, runNear, runToEnd, scenes, scrubTo, spyOnWorkers, stage, test, timeOf, workersOf,
} from './fixtures.mjs';

const SLUG = 'sync-vs-async';
/** Nothing happens for a long while, once the orders are taken. */
const LONG_WAIT = { 't.ordering': '0.1', 't.grilling': '6.0' };
const notice = (page) => page.getByTestId('notice');

/** What was recorded until a run was cut off, at least up to `seen`, can be looked at. */
async function expectScrubs(page, { seen, whole }) {
  await page.getByTestId('restart').click();
  expect(await timeOf(page)).toBe(0);
  await page.keyboard.press('End');
  const end = await timeOf(page);
  expect(end, 'all that had been seen').toBeGreaterThan(seen - 0.1);
  expect(end, 'less than a whole run').toBeLessThan(whole - 0.2);
  expect((await printed(page)).length).toBeGreaterThan(0);
  await scrubTo(page, end / 2);
  await expectTime(page, (time) => Math.abs(time - end / 2) < 0.02, 'half of it');
  await expect(scenes(page).first()).toHaveAccessibleName(/at the till|in line|at a table|keeps the clerk/);
}

for (const slug of COUNTERS) {
  test(`${slug}: a run can be stopped, and what ran can be scrubbed`, async ({ page }) => {
    await spyOnWorkers(page);
    await openLesson(page, slug, { step: LESSONS[slug].plain, mode: 'side', ...LONG_WAIT });
    const whole = await numberIn(page.getByTestId('in-simulation'));
    // In the middle of a wait, when nothing has happened for a while.
    await runAWhile(page, 1.2);
    const seen = await timeOf(page);
    await page.getByTestId('stop').click();
    await expectRun(page, 'stopped');
    await expect(notice(page)).toContainText('Stopped');
    await expect(page.getByTestId('stop')).toBeDisabled();
    await expect(page.getByTestId('in-browser'), 'nothing was measured to the end').not.toContainText(/\d/);
    expect(await workersOf(page)).toEqual({ started: 2, terminated: 2, runs: 2 });
    await expectScrubs(page, { seen, whole });
  });
}

test('the same workers serve the next run', async ({ page }) => {
  await spyOnWorkers(page);
  await openLesson(page, SLUG, { mode: 'side', 't.ordering': '0.1', 't.grilling': '0.2' });
  await runToEnd(page);
  await runToEnd(page);
  expect(await workersOf(page)).toEqual({ started: 2, terminated: 0, runs: 4 });
});

test('Run pressed twice is one run', async ({ page }) => {
  await spyOnWorkers(page);
  // Long enough to be still going on at the third press, on a busy machine too.
  await openLesson(page, SLUG, { mode: 'async', ...QUICK, 't.grilling': '4' });
  const press = (times) => page.getByTestId('run').evaluate((button, count) => {
    for (let pressed = 0; pressed < count; pressed += 1) button.click();
  }, times);
  await press(2);
  await expectTime(page, (time) => time > 0.3, 'past 0.3 s');
  const before = await timeOf(page);
  await press(1);
  expect(await timeOf(page), 'it does not start again').toBeGreaterThanOrEqual(before);
  await expectEnd(page);
  expect(await workersOf(page)).toEqual({ started: 1, terminated: 0, runs: 1 });
});

test('a knob moved in mid-run stops it and shows the new simulation', async ({ page }) => {
  await spyOnWorkers(page);
  await openLesson(page, SLUG, SLOW);
  await runAWhile(page);
  await page.getByTestId('knob-grilling').fill('0.5');
  await expectRun(page, 'idle');
  await expect(notice(page)).toContainText('The knobs have changed');
  await expect(page.getByTestId('in-simulation')).toHaveText('6.0 s');
  await expect(page.getByTestId('in-browser')).not.toContainText(/\d/);
  expect((await workersOf(page)).terminated).toBe(1);
  await page.getByTestId('knob-ordering').fill('0.1');
  await runToEnd(page);
  await expect(notice(page)).toBeEmpty();
});

test('a mode chosen in mid-run stops it', async ({ page }) => {
  await spyOnWorkers(page);
  await openLesson(page, SLUG, SLOW);
  await runAWhile(page);
  await page.getByTestId('mode-async').click();
  await expectRun(page, 'idle');
  await expectPressed(page.getByTestId('mode-async'));
  expect((await workersOf(page)).terminated).toBe(1);
});

test('a lesson left in mid-run leaves nothing behind', async ({ page }) => {
  await spyOnWorkers(page);
  await openLesson(page, SLUG, { mode: 'side', ...SLOW });
  await runAWhile(page);
  await page.getByRole('banner').locator('a[href="./"]').click();
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  expect(await workersOf(page)).toEqual({ started: 2, terminated: 2, runs: 2 });
  // Coming back, another step of it, and the other lesson: all work.
  await page.goBack();
  await expect(page.getByRole('main')).toHaveAttribute('data-step', 'two-ways');
  await expectRun(page, 'idle');
  await runAWhile(page);
  await page.getByTestId('next-step').click();
  await expectRun(page, 'idle');
  expect(await workersOf(page)).toEqual({ started: 4, terminated: 4, runs: 4 });
  await page.getByRole('navigation').locator('a[href="?lesson=async-await"]').click();
  await page.getByTestId('knob-ordering').fill('0.1');
  await page.getByTestId('knob-grilling').fill('0.2');
  await runToEnd(page);
});

test('a tab hidden in mid-run is marked, and nothing catches up in a burst', async ({ page }) => {
  await openLesson(page, SLUG, SLOW);
  await runAWhile(page);
  const jumped = await page.evaluate(async () => {
    const time = () => Number(document.querySelector('[data-testid="scrub"]').value);
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const hide = (hidden) => {
      Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
      const state = hidden ? 'hidden' : 'visible';
      Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
    await frame();
    const before = time();
    hide(true);
    // A hidden page gets no frames: neither does one that is held for so long.
    const end = performance.now() + 1500;
    while (performance.now() < end);
    hide(false);
    await frame();
    await frame();
    return time() - before;
  });
  await expect(notice(page)).toContainText('hidden');
  expect(jumped).toBeGreaterThanOrEqual(0);
  expect(jumped, 'seconds shown at once').toBeLessThan(0.7);
  await expectRun(page, 'running');
  const now = await timeOf(page);
  await expectTime(page, (time) => time > now, 'it goes on');
});

test('a worker killed in mid-run is missed, and the run can be had on the page', async ({ page }) => {
  await spyOnWorkers(page);
  await openLesson(page, SLUG, { mode: 'async', 't.ordering': '0.3', 't.grilling': '2.0' });
  await runAWhile(page);
  await page.evaluate(() => window.__workers[0].terminate());
  await expectRun(page, 'failed', { timeout: 8_000 });
  await expect(notice(page)).toContainText('Thread 1 says nothing any more');
  await expectScrubs(page, { seen: 0.3, whole: 2.9 });
  await notice(page).getByRole('button').click();
  await expect(notice(page)).toContainText('own event loop');
  await expectEnd(page);
  expect(await numberIn(page.getByTestId('in-browser'))).toBeGreaterThan(2.8);
});

test('a worker that says it failed is believed', async ({ page }) => {
  await spyOnWorkers(page);
  await openLesson(page, SLUG, SLOW);
  await runAWhile(page);
  await page.evaluate(() =>
    window.__workers[0].dispatchEvent(new MessageEvent('message', { data: ['failed', 'out of burgers'] })));
  await expectRun(page, 'failed');
  await expect(notice(page)).toContainText('out of burgers');
  expect((await workersOf(page)).terminated).toBe(1);
});

test.describe('where no worker can start', () => {
  const expectHere = async (page, mode = 'async') => {
    await openLesson(page, SLUG, { mode, ...QUICK });
    await runNear(page, await numberIn(page.getByTestId('in-simulation')));
    await expect(notice(page)).toContainText('own event loop');
    expect(page.workers()).toHaveLength(0);
  };

  test('because the browser refuses, the run happens on the page, which says so', async ({ page }) => {
    await page.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new DOMException('no workers here', 'SecurityError');
        }
      };
    });
    await expectHere(page);
    // Again, and nothing is said twice.
    await runToEnd(page);
    await expect(notice(page).getByText('own event loop')).toHaveCount(1);
  });

  test('because there are none, the run happens on the page, which says so', async ({ page }) => {
    await page.addInitScript(() => delete window.Worker);
    await expectHere(page, 'blocking');
  });

  test.describe('', () => {
    test.use({ expectedFaults: [[/404|Failed to load resource/], { option: true }] });

    test('because its script is missing, the run happens on the page, which says so', async ({ page }) => {
      await page.route('**/worker.js', (route) => route.fulfill({ status: 404, body: '' }));
      await expectHere(page);
    });
  });

  test('because its script is not ours, the run happens on the page, which says so', async ({ page }) => {
    await page.route('**/worker.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("nothing here");' }));
    await expectHere(page);
  });

  test('and playback waits for the page where the program holds it', async ({ page }) => {
    await page.addInitScript(() => delete window.Worker);
    await openLesson(page, SLUG, { mode: 'side', 't.ordering': '0.2', 't.grilling': '0.3', 't.customers': '2' });
    await runToEnd(page);
    await expect(stage(page)).toHaveAttribute('data-playback', 'ended');
    await expect(notice(page)).toContainText('own event loop');
  });
});
