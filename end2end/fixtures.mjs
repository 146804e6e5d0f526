// What every browser test here has in common. A spec imports `test` and `expect` from this file, and so fails on its own
// whenever the page logs an error, breaks the Content-Security-Policy, throws, or asks another origin for anything.

import { test as base, expect } from '@playwright/test';
import axe from 'axe-core';
import { serve } from './serve.mjs';

/** What is wrong with a page so far, one line each. `origins`: those that may be asked for something. `expected`: patterns
 * of console lines to let pass. */
export function watch(context, origins, expected) {
  const faults = [];
  const report = (text) => {
    if (!expected.some((pattern) => pattern.test(text))) faults.push(text);
  };
  context.on('console', (message) => {
    const refused = /content security policy/i.test(message.text());
    if (message.type() === 'error' || refused) report(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (fault) => report(`page error: ${fault.error()?.stack ?? fault.error()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    const local = ['about:', 'data:', 'blob:'].includes(url.protocol) || origins.includes(url.origin);
    if (!local) report(`request to another origin: ${request.url()}`);
  });
  return faults;
}

export const test = base.extend({
  // Patterns of faults that a test means to cause: test.use({ expectedFaults: [[/.../], { option: true }] }).
  expectedFaults: [[], { option: true }],

  // One server for each worker, on a free port.
  site: [async ({}, use) => {
    const site = await serve();
    await use(site);
    await site.close();
  }, { scope: 'worker' }],

  baseURL: async ({ site }, use) => use(site.url),

  faultless: [async ({ context, site, expectedFaults }, use) => {
    const faults = watch(context, [new URL(site.url).origin], expectedFaults);
    await use();
    expect(faults, 'what the page did wrong during this test').toEqual([]);
  }, { auto: true }],
});

export { expect };

/** Knobs for a run of a second or three, in which no two moments of one clerk fall together. */
export const QUICK = { 't.ordering': '0.3', 't.grilling': '0.8' };
/** Knobs for a run that lasts as long as a test looks at it. */
export const SLOW = { 't.ordering': '1.5', 't.grilling': '6.0' };

/** The lessons there are, with what the tests must know of them. */
export const LESSONS = {
  waiting: {
    modes: ['blocking', 'async'],
    steps: ['one', 'held', 'next', 'ticket', 'purpose', 'check'],
    // A step that asks for nothing beforehand, and one that does.
    plain: 'purpose',
    asking: 'next',
    quick: QUICK,
    slow: SLOW,
    // What the check question's "Show me" sets.
    shows: { mode: 'async', time: 2.5 },
  },
  'sync-vs-async': {
    modes: ['blocking', 'async', 'side'],
    steps: ['two-ways', 'predict', 'clerk', 'wake', 'nothing', 'check'],
    plain: 'two-ways',
    asking: 'predict',
    quick: QUICK,
    slow: SLOW,
    shows: { mode: 'side', time: 2.5 },
  },
  'io-bound': {
    modes: ['io_row', 'io_together', 'cpu_row', 'cpu_together'],
    steps: ['io', 'measure', 'together', 'compute', 'degree', 'check'],
    plain: 'degree',
    asking: 'together',
    quick: { 't.jobs': '3', 't.long': '1.0', 't.short': '0.1' },
    slow: { 't.jobs': '6', 't.long': '4.0', 't.short': '0.7' },
    shows: { mode: 'cpu_together', time: 3.5 },
    turns: [['long', '1.0'], ['short', '0.3']],
  },
  'async-await': {
    modes: ['sequence', 'together', 'side'],
    steps: ['declare', 'pause', 'in-a-row', 'together', 'tinker', 'check'],
    plain: 'tinker',
    asking: 'in-a-row',
    quick: QUICK,
    slow: SLOW,
    shows: { mode: 'sequence', time: 2 },
  },
  coroutines: {
    modes: ['forgotten', 'awaited', 'task'],
    steps: ['call', 'await', 'paused', 'task', 'three', 'check'],
    plain: 'paused',
    asking: 'call',
    quick: { 't.number': '1', 't.think': '0.3', 't.call': '0.3', 't.ordering': '0.2', 't.grilling': '0.5' },
    slow: { 't.number': '4', 't.think': '1', 't.call': '6', 't.ordering': '1', 't.grilling': '4' },
    shows: { mode: 'forgotten', time: 3.7 },
    // A slider to press Home at, and a field to type into: what the address then says.
    turns: [['ordering', '0.1'], ['grilling', '0.4']],
  },
  'event-loop': {
    modes: ['fair', 'story', 'blocked'],
    steps: ['loop', 'story', 'ready', 'mistake', 'culprit', 'check'],
    plain: 'ready',
    asking: 'story',
    quick: { 't.ordering': '0.1', 't.cooking': '1.4', 't.talk': '0.9', 't.beat': '1.0' },
    slow: { 't.ordering': '0.6', 't.cooking': '6.0', 't.talk': '5.4' },
    shows: { mode: 'blocked', time: 4.5 },
    turns: [['talk', '0.6'], ['cooking', '1.4']],
  },
  'concurrent-burgers': {
    modes: ['sitting', 'standing'],
    steps: ['legend', 'line', 'table', 'story', 'standing', 'check'],
    plain: 'story',
    asking: 'standing',
    quick: { 't.ahead': '0', 't.cooking': '1.0', 't.story': '0.5', 't.stories': '1' },
    slow: { 't.ahead': '3', 't.cooking': '8.0', 't.story': '3.0' },
    shows: { mode: 'sitting', time: 6.8 },
    turns: [['stories', '1'], ['cooking', '1.5']],
  },
  'parallel-burgers': {
    modes: ['blocking', 'async', 'threads', 'both'],
    // How many threads a mode has with the quick knobs, where it is not one.
    threads: { threads: 3, both: 3 },
    steps: ['clerks', 'cleaning', 'waiting', 'both', 'cores', 'check'],
    plain: 'both',
    asking: 'cleaning',
    quick: { 't.threads': '3', 't.customers': '5', 't.work': '0.3', 't.wait': '0.8' },
    slow: { 't.work': '1.5', 't.wait': '6.0' },
    shows: { mode: 'threads', time: 2 },
    turns: [['work', '0.1'], ['wait', '0.5']],
  },
  structured: {
    modes: ['gather', 'promise', 'group', 'join', 'timeout', 'limiter', 'edge', 'level'],
    steps: ['burns', 'together', 'deadlines', 'stubborn', 'grills', 'check'],
    plain: 'check',
    asking: 'burns',
    quick: { 't.grilling': '1.5', 't.burns': '0.5', 't.patience': '1.0', 't.grills': '3' },
    slow: { 't.grilling': '6.0', 't.burns': '5.0', 't.patience': '5.5' },
    shows: { mode: 'gather', time: 2.5 },
    turns: [['grilling', '1.5'], ['burns', '0.5']],
  },
  'burger-api': {
    modes: ['awaits', 'pool', 'blocks'],
    // The loop's, and one of the pool for each request.
    threads: { pool: 4 },
    steps: ['endpoint', 'blocks', 'pool', 'size', 'cores', 'check'],
    plain: 'pool',
    asking: 'blocks',
    // Over before the first beat, so that no two things fall together; and yet there is a line where the handler blocks.
    quick: { 't.requests': '3', 't.rate': '4', 't.time': '0.3', 't.pool': '4' },
    slow: { 't.requests': '12', 't.rate': '1', 't.time': '1.5' },
    shows: { mode: 'blocks', time: 2 },
    turns: [['time', '0.1'], ['rate', '6']],
  },
  takeaways: {
    modes: ['blocking', 'async', 'side'],
    steps: ['concurrency', 'parallelism', 'words', 'fastapi', 'check'],
    plain: 'parallelism',
    asking: 'concurrency',
    quick: QUICK,
    slow: SLOW,
    // Twelve questions stand in the place of the check question: takeaways.spec.mjs asks them.
    exam: true,
  },
  benefits: {
    modes: ['blocking', 'async'],
    steps: ['efficiency', 'scalability', 'measure', 'readability', 'check'],
    plain: 'readability',
    asking: 'efficiency',
    quick: { 't.customers': '20', 't.ordering': '0.02', 't.grilling': '0.4' },
    // Ten seconds of work, one order after another.
    slow: { 't.customers': '2000', 't.ordering': '0.005', 't.grilling': '0.4' },
    shows: { mode: 'async', time: 2 },
    turns: [['ordering', '0.0001'], ['grilling', '0.25']],
  },
  'web-and-ml': {
    modes: ['loop', 'one', 'many'],
    // The server's, and those of the pool.
    threads: { one: 2, many: 4 },
    // It computes an amount, and that takes as long as the machine's other work lets it: never less than planned.
    computes: true,
    steps: ['web', 'loop', 'other', 'several', 'model', 'check'],
    plain: 'other',
    asking: 'loop',
    quick: { 't.folds': '2', 't.samples': '5', 't.requests': '4', 't.every': '0.4' },
    slow: { 't.folds': '8', 't.samples': '40' },
    shows: { mode: 'many', time: 2 },
    turns: [['folds', '2'], ['every', '0.4']],
  },
};
export const SLUGS = Object.keys(LESSONS);
/** How many threads a lesson's mode has with its quick knobs. */
export const threadsOf = (slug, mode) => LESSONS[slug].threads?.[mode] ?? (mode === 'side' ? 2 : 1);
/** Those that end with a check question, as all but the last do. */
export const CHECKED = SLUGS.filter((slug) => !LESSONS[slug].exam);
/** Those that have two counters side by side, with the same three knobs. */
export const COUNTERS = SLUGS.filter((slug) => LESSONS[slug].modes.includes('side'));

/** The stage: scene, transport, timeline. Its data-run is idle, starting, running, finished, stopped or failed. */
export const stage = (page) => page.getByTestId('stage');

/** Where the bars of the preview stand, as the browser cuts them out: [state, left, top, width, height] in pixels, from
 * the top of the lanes, for the page may be scrolled meanwhile. Bars of a state are one element, and its path goes round each of
 * them: up, to the right, down. What lies within an edge is no bar. */
export const bars = (page) => stage(page).locator('.bars.known .bar').evaluateAll((all) => all.flatMap((element) => {
  const state = [...element.classList].find((it) => it.startsWith('is-'));
  if (element.matches(':is(.is-ready, .is-never):not(.edge)')) return [];
  const box = element.getBoundingClientRect();
  const clip = getComputedStyle(element).clipPath.match(/#([^")]+)/);
  if (element.hidden) return [];
  if (!clip) return [[state, ...[box.left, box.top - element.parentElement.getBoundingClientRect().top, box.width, box.height].map(Math.round)]];
  const path = document.getElementById(clip[1]).firstElementChild.getAttribute('d');
  return [...path.matchAll(/M(\S+) ([^V]+)V([^H]+)H([^V]+)V/g)].map(([, ...shares]) => {
    const [left, bottom, top, right] = shares.map(Number);
    const places = [left * box.width + box.left, top * box.height, (right - left) * box.width, (bottom - top) * box.height];
    return [state, ...places.map(Math.round)];
  });
}));

/** Expects a state of the live run. */
export const expectRun = (page, state, options) =>
  expect(stage(page)).toHaveAttribute('data-run', state, options);

/** Opens a lesson and waits until its stage stands. `query`: more of the address, an object or a string. */
export async function openLesson(page, slug, query = {}) {
  const search = new URLSearchParams(query);
  search.set('lesson', slug);
  await page.goto(`./?${search}`);
  await expect(stage(page)).toBeVisible();
}

/** Waits until the program has finished and playback has shown all of it. */
export async function expectEnd(page, { timeout = 30_000 } = {}) {
  await expectRun(page, /finished|failed/, { timeout });
  await expectRun(page, 'finished');
  await expect(stage(page)).toHaveAttribute('data-playback', 'ended', { timeout });
}

/** Presses Run and waits until the program has finished and playback has shown all of it. */
export async function runToEnd(page, options) {
  await page.getByTestId('run').click();
  await expectEnd(page, options);
}

/** Presses Run and waits until some of the program has been seen. */
export async function runAWhile(page, seconds = 0.3) {
  await page.getByTestId('run').click();
  await expectRun(page, 'running');
  await expectTime(page, (time) => time >= seconds, `at least ${seconds} s`);
}

/** The time under the cursor, in seconds. */
export const timeOf = async (page) => Number(await page.getByTestId('scrub').inputValue());

/** The place of the cursor on the time axis, in thousandths of a percent: finer than the time that is written. */
export const cursorOf = (page) => page.getByRole('group', { name: 'Timeline' }).locator('.now')
  .evaluate((now) => Number.parseFloat(now.style.getPropertyValue('--cursor')));

/** Waits until the time under the cursor is as it should be. */
export async function expectTime(page, holds, words) {
  const message = `the time under the cursor: ${words}`;
  await expect.poll(async () => holds(await timeOf(page)), { message }).toBe(true);
}

/** Moves the cursor. */
export const scrubTo = (page, seconds) => page.getByTestId('scrub').fill(seconds.toFixed(2));

/** The pictures of the stage, one for each clerk; their names say who stands where. */
export const scenes = (page) => stage(page).locator('.scenes').getByRole('img');

/** What has been printed up to the cursor, the oldest first: pairs of time in seconds and text. */
export async function printed(page) {
  const lines = stage(page).locator('.printed');
  const told = await lines.evaluateAll((all) => all.map((line) =>
    ({ at: Number.parseFloat(line.querySelector('time').textContent), text: line.querySelector('samp').textContent })));
  return told.reverse();
}

/** A number as it stands in the page: `3.3 s`, `1.5×`, `75 %`. */
export const numberIn = async (locator) => Number.parseFloat((await locator.textContent()).replace(',', '.'));

/** Runs the program until the measured total is the simulated one, within 5 % and 50 ms. A machine that is busy with
 * something else can make a run longer, so there are three of them; a program that is wrong is so three times. */
export async function runNear(page, expected) {
  let total;
  for (let runs = 0; runs < 3; runs += 1) {
    await runToEnd(page);
    total = await numberIn(page.getByTestId('in-browser'));
    if (Math.abs(total - expected) <= 0.05 * expected + 0.05) return;
  }
  throw new Error(`measured three times, the last time ${total} s for ${expected} s`);
}

/** Whether a button is the one of its group that is on. */
export const expectPressed = (button, on = true) => expect(button).toHaveAttribute('aria-pressed', String(on));

/** Presses Tab until an element has the focus, as somebody without a mouse does. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`150 times Tab, and the focus never came to ${target}`);
}

/** From now on, every worker the page starts can be got at: `window.__workers`, each with what it was told. */
export async function spyOnWorkers(page) {
  await page.addInitScript(() => {
    window.__workers = [];
    window.Worker = class extends window.Worker {
      constructor(...all) {
        super(...all);
        this.told = [];
        this.terminated = false;
        window.__workers.push(this);
      }

      postMessage(message, ...rest) {
        this.told.push(Array.isArray(message) ? message[0] : 'program');
        super.postMessage(message, ...rest);
      }

      terminate() {
        this.terminated = true;
        super.terminate();
      }
    };
  });
}

/** How many workers have been started, how many of them terminated, and how many runs begun. */
export const workersOf = (page) => page.evaluate(() => ({
  started: window.__workers.length,
  terminated: window.__workers.filter((worker) => worker.terminated).length,
  runs: window.__workers.flatMap((worker) => worker.told).filter((word) => word === 'start').length,
}));

/** Fails with one line for each rule of WCAG 2.2 AA that the page breaks, and where. */
export async function axeCheck(page) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axe.source);
  const lines = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    const why = (node) => [...node.any, ...node.all, ...node.none][0]?.message;
    return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${why(node)}`));
  }, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  expect(lines, 'accessibility').toEqual([]);
}
