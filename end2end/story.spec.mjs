// FastAPI's story has a picture and words of its own: the thread is you, tasks are your errands.

import { expect, openLesson, scenes, scrubTo, stage, test } from './fixtures.mjs';

const SLUG = 'concurrent-burgers';

test('the number lights up in a story, and the picture says that the errand is ready', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'story' });
  await scrubTo(page, 6.2);
  await expect(scenes(page)).toHaveAccessibleName(/^At the table, 6\.2 s: story 3 is told.*; your burgers are on the grill$/);
  await expect(page.locator('.for-two .board.lit')).toHaveCount(0);
  await scrubTo(page, 6.8);
  await expect(scenes(page)).toHaveAccessibleName(/story 3 is told at the table; number 7 is lit; burgers is ready/);
  await expect(page.locator('.for-two .board.lit')).toContainText('7');
  await expect(page.locator('.for-two .errand.ready:not(.gone)')).toHaveText('B');
  await expect(page.locator('.for-two .on-you')).toHaveText('T');
  await scrubTo(page, 7.6);
  await expect(scenes(page)).toHaveAccessibleName(/you fetch the burgers; your friend is alone/);
});

test('at the counter, your friend is alone and bored', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'standing', mode: 'standing' });
  await scrubTo(page, 1.0);
  await expect(scenes(page)).toHaveAccessibleName(/you stand in line, 3 ahead; your friend is alone$/);
  await scrubTo(page, 5);
  await expect(scenes(page)).toHaveAccessibleName(/you stand at the counter and wait; your friend is alone and bored/);
});

test('knobs furnish the hall: cashiers, and people ahead', async ({ page }) => {
  await openLesson(page, SLUG, { 't.cashiers': '4', 't.ahead': '9' });
  await expect(page.locator('.for-two .till')).toHaveCount(4);
  await expect(page.locator('.for-two .guest')).toHaveCount(9);
  await expect(scenes(page)).toHaveAccessibleName(/you stand in line, 9 ahead/);
  // After a turn of the line, four have gone.
  await scrubTo(page, 0.4);
  await expect(scenes(page)).toHaveAccessibleName(/you stand in line, 5 ahead/);
});

test('no word of the other picture is left: there is no clerk', async ({ page }) => {
  await openLesson(page, SLUG, { step: 'story' });
  await scrubTo(page, 8);
  await expect(stage(page)).toHaveAccessibleName('The evening');
  await expect(stage(page)).toContainText('could go on, but talk has you: ready, not running.');
  await expect(stage(page)).not.toContainText(/clerk|customer|sits down with ticket|at the till/);
});
