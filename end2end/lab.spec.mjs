// The kitchen lab: several counters on one clock, all of it in the address, and what can be saved of a run.

import { readFile } from 'node:fs/promises';
import {
  axeCheck, expect, expectPressed, numberIn, openLesson, runToEnd, spyOnWorkers, tabTo, test, workersOf,
} from './fixtures.mjs';

const BLOCKING = 'sync-vs-async~blocking~customers:2~ordering:0.2~grilling:0.5';
const ASYNC = 'sync-vs-async~async~customers:2~ordering:0.2~grilling:0.5';
const SLOW = 'sync-vs-async~async~ordering:0.5~grilling:6.0';

/** Opens the lab with these counters. Characters stand for themselves, as in a link that is typed. */
async function openLab(page, counters, more = '') {
  await page.goto(`./?page=lab${counters.map((counter) => `&c=${counter}`).join('')}${more}`);
  await expect(page.getByTestId('lab')).toBeVisible();
}

const counter = (page, number) => page.getByTestId('counter').nth(number - 1);
const program = (page, number) => counter(page, number).getByTestId('program');
const countersIn = (url) => new URL(url).searchParams.getAll('c');
const notes = (page) => page.getByTestId('notes');
/** The time that is written beside the controls, in seconds. */
const timeOf = (page) => numberIn(page.getByTestId('time'));

/** Waits until the address bar says so: it is written a moment after the last change. */
const expectCounters = (page, expected) => expect.poll(() => countersIn(page.url())).toEqual(expected);

const expectRuns = async (page, state, options) => {
  for (const it of await page.getByTestId('counter').all()) {
    await expect(it).toHaveAttribute('data-run', state, options);
  }
};

/** What each counter shows of the clock at one moment: slider, clock on the wall, cursor over the lanes. */
const clocks = (page) => page.getByTestId('counter').evaluateAll((all) => all.map((it) => [
  it.querySelector('.scrubber').value,
  it.querySelector('.clock-time').textContent,
  it.querySelector('.now').style.getPropertyValue('--cursor'),
]));

async function expectOneClock(page) {
  const shown = await clocks(page);
  for (const clock of shown) expect(clock).toEqual(shown[0]);
}

async function runAll(page) {
  await page.getByTestId('run').click();
  await expectRuns(page, 'finished', { timeout: 20_000 });
  for (const it of await page.getByTestId('counter').all()) {
    await expect(it).toHaveAttribute('data-playback', 'ended', { timeout: 20_000 });
  }
}

test('it is found on the home page, and opens with something to compare', async ({ page }) => {
  await page.goto('./');
  await page.getByTestId('lab-card').click();
  await expect(page.getByTestId('counter')).toHaveCount(2);
  await expect(page.getByTestId('preset-blocking')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByTestId('simulated-total')).toHaveText(['12.0 s', '6.0 s']);
  await expect(page.getByTestId('measured-total')).toHaveText(['not yet', 'not yet']);
});

test('a lesson opens in it as it stands, and it leads back', async ({ page }) => {
  await openLesson(page, 'takeaways', { mode: 'side', 't.customers': '5', 't.ordering': '1.0' });
  await page.getByTestId('open-in-lab').click();
  // One scenario, one place in the lab: that of the first lesson that has it.
  expect(countersIn(page.url())).toEqual(['sync-vs-async~side~customers:5']);
  await expect(counter(page, 1).getByRole('img')).toHaveCount(2);
  await counter(page, 1).getByTestId('to-lesson').click();
  await expect(page).toHaveURL(/lesson=sync-vs-async&mode=side&t\.customers=5/);
  await page.goBack();
  await expect(program(page, 1)).toHaveValue('sync-vs-async');
});

test('a link opens as it says; what is bad in it is told, and nothing else is lost', async ({ page }) => {
  const bad = ['nope~async', `${ASYNC}~pickles:1`, 'waiting~sleepy~grilling:99', 'event-loop~story', 'coroutines', 'waiting'];
  await openLab(page, bad, '&at=0.5');
  await expect(page.getByTestId('counter')).toHaveCount(4);
  await expect(page.getByTestId('program')).toHaveCount(4);
  expect(await page.getByTestId('program').evaluateAll((all) => all.map((it) => it.value)))
    .toEqual(['sync-vs-async', 'waiting', 'event-loop', 'coroutines']);
  await expectPressed(counter(page, 1).getByTestId('mode-async'));
  await expectPressed(counter(page, 3).getByTestId('mode-story'));
  for (const words of ['program “nope”', 'knob “pickles”', 'mode “sleepy”', 'set to 6.0', 'One more']) {
    await expect(notes(page)).toContainText(words);
  }
  expect(await timeOf(page)).toBe(0.5);
  await expectOneClock(page);
});

test('whatever is changed is in the address: a reload and Back come back to it', async ({ page }) => {
  await openLab(page, [BLOCKING, ASYNC]);
  await counter(page, 2).getByTestId('mode-side').click();
  await counter(page, 1).getByTestId('duplicate').click();
  await expect(program(page, 2)).toBeFocused();
  await program(page, 2).selectOption('waiting');
  await expect(program(page, 2), 'the focus stays').toBeFocused();
  await page.getByTestId('add').click();
  await expect(page.getByTestId('add')).toBeDisabled();
  await expect(program(page, 4)).toHaveValue('sync-vs-async');
  await counter(page, 2).getByTestId('knobs').locator('summary').click();
  await counter(page, 2).getByTestId('field-grilling').fill('1.5');
  await page.keyboard.press('Enter');
  await page.getByTestId('scrub-all').fill('1.00');
  const four = [BLOCKING, 'waiting~blocking~grilling:1.5', ASYNC.replace('~async', '~side'), BLOCKING];
  await expectCounters(page, four);
  await expect(page).toHaveURL(/&at=1$/);
  const totals = page.getByTestId('simulated-total');
  const before = await totals.allTextContents();
  await page.reload();
  await expect(totals).toHaveText(before);
  expect(await timeOf(page)).toBe(1);

  await page.getByTestId('preset-handlers').click();
  await expect(page.getByTestId('counter')).toHaveCount(3);
  await page.goBack();
  await expect(totals).toHaveText(before);
  for (const left of [3, 2, 1]) {
    await counter(page, 1).getByTestId('remove').click();
    await expect(page.getByTestId('counter')).toHaveCount(left);
    await expect(program(page, 1)).toBeFocused();
  }
  await expect(counter(page, 1).getByTestId('remove'), 'one stays').toBeDisabled();
  await expectCounters(page, [BLOCKING]);
});

test('all programs run from one moment on, on one clock', async ({ page }) => {
  await page.addInitScript(() => {
    window.__begins = [];
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function tell(message, ...rest) {
      if (Array.isArray(message) && message[0] === 'start') window.__begins.push(message);
      return post.call(this, message, ...rest);
    };
  });
  await openLab(page, [BLOCKING, ASYNC, SLOW.replace('6.0', '1.5')]);
  await page.getByTestId('run').click();
  await expectRuns(page, /running|finished/);
  await expect.poll(() => timeOf(page)).toBeGreaterThan(0.2);
  await expectOneClock(page);
  await expectRuns(page, 'finished', { timeout: 20_000 });
  const moments = await page.evaluate(() => window.__begins.map((message) => message.filter((it) => it > 1e12)[0]));
  expect(moments).toHaveLength(3);
  expect(new Set(moments).size, 'the moment at which the threads begin').toBe(1);

  await expect(counter(page, 3)).toHaveAttribute('data-playback', 'ended', { timeout: 20_000 });
  for (const [index, least] of [1.4, 0.9, 3.0].entries()) {
    const measured = await numberIn(page.getByTestId('measured-total').nth(index));
    expect(measured, 'never less than simulated').toBeGreaterThan(least - 0.05);
    expect(measured).toBeLessThan(least * 1.5 + 0.5);
  }
  // Steps, the slider and the keys move all of them.
  await page.getByTestId('restart').click();
  expect(await timeOf(page)).toBe(0);
  await page.getByTestId('forward').click();
  await expectOneClock(page);
  await page.getByTestId('scrub-all').fill('0.70');
  await expectOneClock(page);
  await page.getByTestId('back').click();
  expect(await timeOf(page)).toBeLessThan(0.7);
  await counter(page, 2).getByTestId('scrub').fill('1.10');
  expect(await timeOf(page)).toBe(1.1);
  await expectOneClock(page);
  await page.getByTestId('play').click();
  await expect.poll(() => timeOf(page)).toBeGreaterThan(1.3);
  await page.getByTestId('play').click();
  await expectOneClock(page);
  // The simulated runs again, and back.
  await page.getByTestId('show-simulated').click();
  await expectPressed(page.getByTestId('show-simulated'));
  await expect(counter(page, 1).locator('.day small')).toHaveText('Simulated');
  await page.getByTestId('show-measured').click();
  await expect(counter(page, 1).locator('.day small')).toHaveText('Measured');
  // A knob puts away the run of its own counter only.
  await counter(page, 1).getByTestId('knobs').locator('summary').click();
  await counter(page, 1).getByTestId('field-customers').fill('3');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('measured-total').nth(0)).toHaveText('not yet');
  await expect(page.getByTestId('measured-total').nth(1)).toHaveText(/\d/);
});

test('Stop stops all of them, and a removed counter takes its threads along', async ({ page }) => {
  await spyOnWorkers(page);
  await openLab(page, [SLOW, SLOW, SLOW]);
  await page.getByTestId('run').click();
  await expectRuns(page, 'running');
  await expect.poll(() => timeOf(page)).toBeGreaterThan(0.2);
  await expect(page.getByTestId('progress')).toBeVisible();
  await counter(page, 3).getByTestId('remove').click();
  await expect.poll(async () => (await workersOf(page)).terminated).toBe(1);
  await expectRuns(page, 'running');
  await page.getByTestId('stop').click();
  await expectRuns(page, 'stopped');
  expect(await workersOf(page)).toEqual({ started: 3, terminated: 3, runs: 3 });
  await expect(counter(page, 2).getByTestId('notice')).toContainText('Stopped');
  await expect(page.getByTestId('progress')).toBeHidden();
});

test('a thread that dies ends its own counter; the others go on', async ({ page }) => {
  await spyOnWorkers(page);
  await openLab(page, [BLOCKING, SLOW]);
  await page.getByTestId('run').click();
  await expectRuns(page, 'running');
  await page.evaluate(() => window.__workers[1].dispatchEvent(new ErrorEvent('error', { message: 'out of burgers' })));
  await expect(counter(page, 2)).toHaveAttribute('data-run', 'failed');
  await expect(counter(page, 2).getByTestId('notice')).toContainText('out of burgers');
  await expect(counter(page, 1)).toHaveAttribute('data-run', 'finished', { timeout: 20_000 });
  await expect(page.getByTestId('measured-total').nth(0)).toHaveText(/\d/);
});

for (const refusal of ['there are no workers', 'one of them cannot be started']) {
  test(`where ${refusal}, the programs run on the page, one after another, and the page says so`, async ({ page }) => {
    await page.addInitScript((none) => {
      if (none) {
        delete window.Worker;
        return;
      }
      let started = 0;
      window.Worker = class extends window.Worker {
        constructor(...all) {
          started += 1;
          if (started > 1) throw new DOMException('no more workers', 'SecurityError');
          super(...all);
        }
      };
    }, refusal === 'there are no workers');
    await openLab(page, [BLOCKING, ASYNC]);
    await runAll(page);
    await expect(page.getByTestId('lab-notice')).toContainText('one after another');
    await expect(page.getByTestId('measured-total').nth(0)).toHaveText(/^1\.\d/);
    await expect(page.getByTestId('measured-total').nth(1)).toHaveText(/\d/);
    await expectOneClock(page);
  });
}

/** Presses a button of a Save menu, and gives what the browser then saves: its name and its bytes. */
async function save(page, around, kind) {
  const menu = around.getByTestId('save').last();
  if (await menu.getAttribute('open') === null) await menu.locator('summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), menu.getByTestId(`save-${kind}`).click()]);
  await expect(menu.getByTestId('save-said')).toContainText(download.suggestedFilename());
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** What is seen in a PNG: its size, how many colours it has, and whether it has these. */
const look = (page, bytes, colours) => page.evaluate(async ([data, wanted]) => {
  const blob = new Blob([Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0))], { type: 'image/png' });
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data: pixels } = pen.getImageData(0, 0, image.width, image.height);
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 4) {
    seen.add(`#${[...pixels.slice(at, at + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`);
  }
  return { width: image.width, height: image.height, colours: seen.size, has: wanted.filter((it) => seen.has(it)) };
}, [bytes.toString('base64'), colours]);

test('a run is saved as a trace, as a table and as a picture', async ({ page }) => {
  await openLab(page, [BLOCKING, ASYNC]);
  await page.getByTestId('scrub-all').fill('0.30');
  const trace = await save(page, counter(page, 2), 'json');
  expect(trace.name).toBe('concurrent-burgers-sync-vs-async-async.json');
  const { traceEvents, otherData } = JSON.parse(trace.bytes);
  expect(otherData.runs).toEqual([{
    name: '2 · Async', scenario: 'counter', mode: 'async', record: 'simulated',
    knobs: { customers: 2, ordering: 0.2, grilling: 0.5 },
  }]);
  const ada = traceEvents.find((event) => event.ph === 'X' && event.cat === 'thread' && event.name === 'Ada');
  expect([ada.ts, ada.dur]).toEqual([0, 200_000]);

  await runAll(page);
  const all = page.locator('.lab-foot');
  const both = await save(page, all, 'json');
  expect(both.name).toBe('concurrent-burgers-lab.json');
  expect(JSON.parse(both.bytes).otherData.runs.map((run) => [run.name, run.record]))
    .toEqual([['1 · Blocking', 'measured'], ['2 · Async', 'measured']]);
  const table = await save(page, all, 'csv');
  const rows = table.bytes.toString().split('\r\n').filter(Boolean).map((row) => row.split(','));
  expect(rows[0].slice(0, 4)).toEqual(['counter', 'scenario', 'mode', 'record']);
  const held = rows.filter((row) => row[0] === '1 · Blocking' && row[6] === 'Ada' && row[7] === 'blocking');
  expect(held).toHaveLength(1);
  expect(Number(held[0][10]) - Number(held[0][9])).toBeGreaterThan(0.49);

  await page.getByTestId('scrub-all').fill('0.30');
  // Ada's clothes, the wall, the grill's ring of a burger that is watched.
  const one = await save(page, counter(page, 1), 'png');
  expect(one.name).toBe('concurrent-burgers-sync-vs-async-blocking.png');
  const seen = await look(page, one.bytes, ['#c03a4d', '#fdeccd', '#7c3aa0', '#8a4b2a']);
  expect(seen.has).toHaveLength(4);
  expect(seen.colours).toBeGreaterThan(50);
  const width = await counter(page, 1).locator('svg.scene').evaluate((svg) => svg.getBoundingClientRect().width);
  expect(Math.abs(seen.width - 2 * width)).toBeLessThan(2);
  const sheet = await look(page, (await save(page, all, 'png')).bytes, ['#c03a4d', '#3f8f4f']);
  expect(sheet.has).toHaveLength(2);
  expect(sheet.width).toBeGreaterThan(2 * seen.width);
  await expect(page.locator('.copied'), 'nothing is left behind').toHaveCount(0);
});

test.describe('on a lesson page, in the dark', () => {
  test.use({ colorScheme: 'dark' });

  test('a run is saved too, as it looks there', async ({ page }) => {
    await openLesson(page, 'sync-vs-async', { mode: 'side', 't.ordering': '0.1', 't.grilling': '0.3' });
    await runToEnd(page);
    await page.getByTestId('scrub').first().fill('0.15');
    const foot = page.locator('.stage-foot');
    expect(JSON.parse((await save(page, foot, 'json')).bytes).otherData.runs[0].record).toBe('measured');
    expect((await save(page, foot, 'csv')).bytes.toString()).toContain('\r\nSide by side,counter,side,measured,2,');
    const picture = await save(page, foot, 'png');
    expect(picture.name).toBe('concurrent-burgers-sync-vs-async-side.png');
    // The dark wall, the heading of a counter, Ada.
    expect((await look(page, picture.bytes, ['#33251d', '#f8ecdd', '#c03a4d'])).has).toHaveLength(3);
  });
});

test('everything can be done with the keyboard', async ({ page }) => {
  await openLab(page, [ASYNC, BLOCKING]);
  await tabTo(page, program(page, 2));
  await page.keyboard.press('ArrowUp');
  await expect(program(page, 2)).toHaveValue('waiting');
  await tabTo(page, counter(page, 2).getByTestId('mode-blocking'));
  await page.keyboard.press('m');
  await expectPressed(counter(page, 2).getByTestId('mode-async'));
  await page.keyboard.press('End');
  await expect.poll(() => timeOf(page)).toBe(6);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const there = await timeOf(page);
  expect(there).toBeGreaterThan(0);
  await page.keyboard.press('ArrowLeft');
  expect(await timeOf(page)).toBeLessThan(there);
  await page.keyboard.press('+');
  await expect(page.getByTestId('speed')).toHaveValue('2');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('stop all runs');
  await page.keyboard.press('Escape');
  await tabTo(page, counter(page, 2).getByTestId('save').locator('summary'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(counter(page, 2).getByTestId('save-json')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(counter(page, 2).getByTestId('save').locator('summary')).toBeFocused();
  await expect(counter(page, 2).getByTestId('save-json')).toBeHidden();
  await tabTo(page, page.getByTestId('run'));
  await page.keyboard.press('Enter');
  await expectRuns(page, 'running');
  await page.keyboard.press('Escape');
  await expectRuns(page, 'stopped');
  await tabTo(page, page.getByTestId('share'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('share-link')).toHaveValue(/page=lab&c=sync-vs-async~async.*&c=waiting~async/);
});

const FOUR = ['sync-vs-async~side~customers:12', 'burger-api~pool', 'structured~edge', 'parallel-burgers~both~threads:8'];

for (const colorScheme of ['light', 'dark']) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('it has no fault, with everything opened, in mid-run, stopped and shared', async ({ page }) => {
      await openLab(page, ['nope', 'sync-vs-async~side', 'structured~edge', 'concurrent-burgers~sitting']);
      for (const it of await page.locator('details summary').all()) await it.click();
      await page.getByTestId('run').click();
      await expectRuns(page, /running|finished/);
      await axeCheck(page);
      await page.keyboard.press('Escape');
      await page.getByTestId('share').click();
      await axeCheck(page);
    });
  });
}

test.describe('on a screen 320 px wide', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('four counters do not scroll sideways', async ({ page }) => {
    await openLab(page, [...FOUR, 'nope'], '&at=1.5');
    for (const it of await page.locator('details:not([data-testid="save"]) summary').all()) await it.click();
    await page.getByTestId('save').last().locator('summary').click();
    const out = await page.evaluate(() => {
      const fits = (it) => it.closest('.table-box, .visually-hidden, svg *') || it.getBoundingClientRect().right <= 321;
      const wide = [...document.querySelectorAll('main *')].filter((it) => !fits(it) && it.checkVisibility());
      return wide.slice(0, 5).map((it) => `${it.tagName}.${it.getAttribute('class')}`);
    });
    expect(out).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' });

  test('nothing is animated, and the programs run to the end', async ({ page }) => {
    await page.addInitScript(() => {
      window.__moved = new Set();
      const watch = () => {
        for (const it of document.getAnimations()) {
          if (it.playState === 'running') window.__moved.add(it.animationName ?? it.transitionProperty ?? it.id);
        }
        requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    });
    await openLab(page, [BLOCKING, ASYNC]);
    await runAll(page);
    expect(await page.evaluate(() => [...window.__moved])).toEqual([]);
  });
});
