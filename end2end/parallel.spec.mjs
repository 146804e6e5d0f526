// Several threads of one program on the stage, and the exhibit that measures what more threads are worth.

import { availableParallelism } from 'node:os';
import { speedHere } from './cores.mjs';
import {
  axeCheck, expect, numberIn, openLesson, runToEnd, scenes, spyOnWorkers, stage, test, workersOf,
} from './fixtures.mjs';

const SLUG = 'parallel-burgers';
const SHORT = { 't.customers': '8', 't.work': '0.2', 't.wait': '0.3' };
const exhibit = (page) => page.getByTestId('speed-up');
const button = (page) => page.getByTestId('measure-speed-up');
const status = (page) => page.getByTestId('speed-up-status');
const row = (page, threads) => page.getByTestId(`speed-up-${threads}`);
const openExhibit = (page) => openLesson(page, SLUG, { step: 'cores' });
/** From now on, the browser says so many cores. */
const sayCores = (page, cores) => page.addInitScript((count) => {
  Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
}, cores);

for (const threads of [2, 3, 8]) {
  test(`${threads} threads are ${threads} workers, each with a counter and a group of lanes`, async ({ page }) => {
    await spyOnWorkers(page);
    await openLesson(page, SLUG, { step: 'both', mode: 'both', 't.threads': `${threads}`, ...SHORT });
    await expect(scenes(page)).toHaveCount(threads);
    for (let thread = 1; thread <= threads; thread += 1) {
      await expect(scenes(page).nth(thread - 1)).toHaveAccessibleName(new RegExp(`^clerk ${thread}, `));
    }
    await expect(stage(page).locator('.name.of-group')).toHaveCount(threads);
    await runToEnd(page);
    expect(await workersOf(page)).toEqual({ started: threads, terminated: 0, runs: threads });
    expect(page.workers()).toHaveLength(threads);
    await axeCheck(page);
  });
}

test('turning the knob changes the number of counters', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'both', mode: 'threads' });
  await expect(scenes(page)).toHaveCount(4);
  await page.getByTestId('knob-threads').fill('6');
  await expect(scenes(page)).toHaveCount(6);
  await page.getByTestId('knob-threads').fill('1');
  await expect(scenes(page)).toHaveCount(1);
  await page.getByTestId('knob-threads').fill('5');
  await page.getByTestId('mode-async').click();
  await expect(scenes(page)).toHaveCount(1);
});

test('nothing is measured before the button is pressed', async ({ page }) => {
  await openExhibit(page);
  await page.waitForTimeout(500);
  await expect(exhibit(page)).toHaveAttribute('data-speed-up', 'never');
  expect(page.workers()).toHaveLength(0);
  await expect(row(page, 1)).not.toContainText(/\d/);
  await expect(row(page, 2)).not.toContainText(/\d/);
});

test('the same work is done faster by two threads, where there are two cores', async ({ page }) => {
  const cores = availableParallelism();
  test.skip(cores < 2, `this machine has ${cores} core, so two threads cannot be faster than one`);
  test.setTimeout(180_000);
  await sayCores(page, 2);
  await openExhibit(page);
  await expect(page.getByTestId('cores')).toContainText('2 cores');
  let speed;
  let spare = 0;
  // A machine that is busy with something else has no second core to give; one of three times is enough.
  for (let tries = 0; tries < 3 && !(speed > 1.3); tries += 1) {
    spare = await speedHere(2);
    await button(page).click();
    await expect(status(page)).toContainText(/run 1 of 6/, { timeout: 60_000 });
    await expect(exhibit(page)).toHaveAttribute('data-speed-up', 'over', { timeout: 60_000 });
    speed = await numberIn(row(page, 2));
  }
  spare = Math.min(spare, await speedHere(2));
  test.skip(speed <= 1.3 && spare < 1.5, `this machine is busy: two threads of Node.js are ${spare.toFixed(1)} times as fast`);
  expect(speed, 'two threads, on the same amount of work').toBeGreaterThan(1.3);
  expect(speed, 'more than two cores can do').toBeLessThan(2.6);
  expect(await numberIn(row(page, 1))).toBe(1);
  await expect(exhibit(page).getByRole('img')).toHaveAccessibleName(/Threads 2: Ideal 2\.0×, Simulated 2\.0×, Measured \d/);
  expect(page.workers(), 'no more threads than were asked for').toHaveLength(2);
  await axeCheck(page);
  // Who leafs away and comes back finds it again.
  await page.getByTestId('next-step').click();
  await page.getByTestId('back-step').click();
  await expect(row(page, 2)).toContainText(/\d/);
});

test('work on more threads than there are cores is an amount, and takes longer', async ({ page }) => {
  // If it were a time, eight threads would seem to be four times as fast as two on any machine.
  const cores = availableParallelism();
  test.skip(cores > 4, `this machine has ${cores} cores`);
  test.setTimeout(180_000);
  await sayCores(page, 8);
  await openExhibit(page);
  await button(page).click();
  await expect(exhibit(page)).toHaveAttribute('data-speed-up', 'over', { timeout: 120_000 });
  expect(await numberIn(row(page, 8))).toBeLessThan(cores + 0.8);
});

test('it can be stopped, and its threads with it', async ({ page }) => {
  await spyOnWorkers(page);
  await openExhibit(page);
  await button(page).click();
  await expect(status(page)).toContainText(/run \d+ of/, { timeout: 60_000 });
  await button(page).click();
  await expect(exhibit(page)).toHaveAttribute('data-speed-up', 'stopped');
  await expect(status(page)).toContainText('Stopped');
  await page.waitForTimeout(300);
  const running = await workersOf(page);
  await page.waitForTimeout(1000);
  expect((await workersOf(page)).runs, 'nothing goes on').toBe(running.runs);
});

test('one core is said to be one', async ({ page }) => {
  await sayCores(page, 1);
  await openExhibit(page);
  await expect(page.getByTestId('cores')).toContainText('1 core');
  await expect(page.getByTestId('cores')).toContainText('cannot be faster');
  await expect(page.getByTestId('speed-up-row')).toHaveCount(2);
});

test('where no worker can start, it says so and measures nothing', async ({ page }) => {
  await page.addInitScript(() => delete window.Worker);
  await openExhibit(page);
  await button(page).click();
  await expect(exhibit(page)).toHaveAttribute('data-speed-up', 'failed');
  await expect(status(page)).toContainText('Threads cannot be started here');
  await expect(row(page, 1)).not.toContainText(/\d/);
});
