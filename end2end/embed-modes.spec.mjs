// What of the page a frame shows, and what its address asks: every mode readable by everybody, on narrow screens and wide
// ones; nothing starts by itself unless it was asked to; links stay in the frame or leave it, as they should.

import { axeCheck, expectRun, stage } from './fixtures.mjs';
import { SHORT, expect, heard, hears, openFrame, stageIn, tell, test } from './embed.mjs';

const LESSON = { lesson: 'sync-vs-async' };
const isSideways = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

for (const width of [320, 1440]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`every mode at ${width} px in ${colorScheme} colours has no fault and fits`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 640 });
      for (const query of ['ui=lesson', 'ui=lesson&step=check&storage=none', 'ui=scene&mode=side', 'ui=scene&controls=0', 'ui=full']) {
        await page.goto(`./?lesson=sync-vs-async&${query}`);
        await expect(stage(page)).toBeVisible();
        await axeCheck(page);
        expect(await isSideways(page), `${query} scrolls sideways`).toBe(false);
      }
    });
  }
}

test('a scene and its buttons fit into a frame of 640 by 360; the knobs are below', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 360 });
  for (const lesson of ['sync-vs-async', 'event-loop', 'structured']) {
    await page.goto(`./?lesson=${lesson}&ui=scene`);
    const picture = await page.locator('.scenes').boundingBox();
    const dock = await page.locator('.dock').boundingBox();
    expect(dock.y + dock.height, lesson).toBeLessThanOrEqual(360.5);
    // The dock may cover a strip of floor where it has two rows, and nothing that stands on it.
    expect(picture.height - dock.y, lesson).toBeLessThan(lesson === 'structured' ? 70 : 2);
    await expect(page.getByTestId('run')).toBeInViewport({ ratio: 1 });
  }
  await expect(page.locator('header.top, .prose, .timeline, .code')).toHaveCount(0);
});

test('a lesson has no bar, no crumbs and no way out; links=1 leads on to the next', async ({ page, context }) => {
  await page.goto('./?lesson=sync-vs-async&ui=lesson&step=nothing');
  await expect(page.locator('header.top')).toHaveCount(0);
  await page.getByTestId('next-step').click();
  await expect(page.getByRole('main')).toHaveAttribute('data-step', 'check');
  await expect(page.getByTestId('next-lesson')).toHaveCount(0);
  const [opened] = await Promise.all([context.waitForEvent('page'), page.getByRole('article').getByRole('link').last().click()]);
  expect(new URL(opened.url()).searchParams.get('lesson')).toBe('async-await');
  await opened.close();
  await expect(page).toHaveURL(/lesson=sync-vs-async/);

  await page.goto('./?lesson=sync-vs-async&ui=lesson&step=check&links=1&id=x');
  await page.getByTestId('next-lesson').click();
  await expect(page).toHaveURL(/lesson=io-bound.*ui=lesson.*links=1.*id=x/);
  await expect(page.locator('header.top')).toHaveCount(0);
});

test('what the frame is asked to be, it is still after a step, a knob and a reload', async ({ page }) => {
  const asked = { ui: 'lesson', theme: 'dark', motion: 'reduce', storage: 'none', id: 'a b', speed: '0.5', origin: 'https://a.example' };
  await page.goto(`./?${new URLSearchParams({ ...LESSON, ...asked })}`);
  await page.getByTestId('next-step').click();
  await page.getByTestId('knob-grilling').fill('5');
  await expect(page).toHaveURL(/t\.grilling=5/);
  for (let times = 0; times < 2; times += 1) {
    const { searchParams } = new URL(page.url());
    for (const [name, value] of Object.entries(asked)) expect(searchParams.get(name), name).toBe(value);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.getByTestId('speed')).toHaveValue('0.5');
    await expect(page.locator('header.top')).toHaveCount(0);
    await page.reload();
    await expect(stage(page)).toBeVisible();
  }
  expect(await page.evaluate(() => localStorage.length), 'storage=none keeps nothing').toBe(0);
});

test('bad values are put right, and reader and host are told', async ({ page, hosts, course }) => {
  const bad = { ...LESSON, ui: 'tiny', controls: '<b>', autoplay: 'yes', speed: '99', motion: '', links: '7', storage: 'x', lang: 'tlh', origin: '*' };
  const frame = await openFrame(page, { hosts, course }, bad);
  const notes = frame.getByTestId('notes');
  for (const text of ['ui=“tiny”', 'controls=“<b>”', 'autoplay=“yes”', 'set to 4', 'motion=“”', 'links=“7”', 'storage=“x”', '“tlh”', '“*” is no origin']) {
    await expect(notes).toContainText(text);
  }
  await expect(frame.locator('header.top')).toBeVisible();
  await expectRun(frame, 'idle');
  await expect.poll(async () => (await heard(page, 'burger:error')).length).toBe(9);
  await page.goto('./?ui=scene');
  await expect(page.getByTestId('notes')).toContainText('names none that there is');
});

test('nothing starts by itself; autoplay starts a live run, but not where a guess is asked or less motion wanted', async ({ page }) => {
  const at = (query) => page.goto(`./?lesson=sync-vs-async&t.ordering=0.1&t.grilling=0.2&${query}`);
  await at('ui=scene&autoplay=1');
  await expectRun(page, 'finished');
  for (const query of ['ui=scene', 'ui=scene&autoplay=0', 'ui=lesson&autoplay=1&step=predict', 'ui=scene&autoplay=1&motion=reduce']) {
    await at(query);
    await expect(page.locator('.scenes')).toBeInViewport({ ratio: 0.3 });
    await page.waitForTimeout(400);
    await expectRun(page, 'idle');
  }
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await at('ui=scene&autoplay=1&motion=full');
  await page.waitForTimeout(400);
  await expectRun(page, 'idle');
});

test('motion: reduced by the address, people stand at discrete places; full, they walk', async ({ page }) => {
  const places = async (query) => {
    await page.goto(`./?lesson=sync-vs-async&mode=async&${query}`);
    const seen = new Set();
    for (let at = 0; at <= 6; at += 0.1) {
      await page.getByTestId('scrub').fill(at.toFixed(2));
      seen.add(await page.locator('.person').first().getAttribute('transform'));
    }
    return seen.size;
  };
  expect(await places('motion=reduce')).toBeLessThan(10);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await places('motion=auto')).toBeLessThan(10);
  expect(await places('motion=full')).toBeGreaterThan(12);
});

test('without controls the host plays the scene', async ({ page, hosts, course }) => {
  const frame = await openFrame(page, { hosts, course }, { ...LESSON, ...SHORT, ui: 'scene', controls: '0', id: 'me' });
  const ready = await hears(page, 'burger:ready');
  expect(ready).toMatchObject({ v: 1, id: 'me', lesson: 'sync-vs-async', step: 'two-ways', number: 1, steps: 6, ui: 'scene' });
  await page.evaluate(() => { heard.length = 0; });
  await tell(page, { type: 'burger:hello', v: 1, id: 'me' });
  expect(await hears(page, 'burger:ready')).toMatchObject({ id: 'me', step: 'two-ways' });
  await expect(frame.locator('.transport, .knobs')).toHaveCount(0);
  await expectRun(frame, 'idle');
  const order = (cmd, args) => page.evaluate(([cmd, args]) => order(cmd, args, cmd), [cmd, args]);
  const done = (cmd) => hears(page, 'burger:done', (it) => it.message_id === cmd);
  await order('mode', { mode: 'async' });
  await order('knob', { name: 'customers', value: 2 });
  await done('knob');
  await expect(frame.locator('.person')).toHaveCount(2);
  await order('play');
  await done('play');
  await expectRun(frame, 'finished');
  await expect(stageIn(frame)).toHaveAttribute('data-playback', 'ended');
  const [run] = (await heard(page, 'SPLICE.sendEvent')).filter(({ name }) => name === 'run');
  expect(run.data.mode).toBe('async');
  // Twice 0.2 s at the till, then 0.5 s on the grill.
  expect(run.data.seconds).toBeGreaterThan(0.89);
  await order('reset');
  await done('reset');
  await expectRun(frame, 'idle');
  await order('theme', { theme: 'dark' });
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  // What cannot be done is refused, with a reason; a knob out of range is moved, and both are told.
  await order('goto', { step: 'nope' });
  expect((await hears(page, 'burger:error', (it) => it.message_id === 'goto')).message).toContain('nope');
  await order('knob', { name: 'customers', value: 99 });
  expect((await hears(page, 'burger:error', (it) => !it.message_id)).message).toContain('Customers');
  await expect(frame.getByTestId('notes')).toContainText('Customers');
});
