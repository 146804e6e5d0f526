// What every browser test here has in common. A spec imports `test` and `expect` from this file, and so fails on its own
// whenever the page logs an error, breaks the Content-Security-Policy, throws, or asks another origin for anything.

import { test as base, expect } from '@playwright/test';
import axe from 'axe-core';
import { serve } from './serve.mjs';

/** What is wrong with a page so far, one line each. `expected`: patterns of console lines to let pass. */
function watch(context, origin, expected) {
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
    const local = ['about:', 'data:', 'blob:'].includes(url.protocol) || url.origin === origin;
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
    const faults = watch(context, new URL(site.url).origin, expectedFaults);
    await use();
    expect(faults, 'what the page did wrong during this test').toEqual([]);
  }, { auto: true }],
});

export { expect };

/** The stage: scene, transport, timeline. Its data-run is idle, starting, running, finished or failed. */
export const stage = (page) => page.getByTestId('stage');

/** Opens a lesson and waits until its stage stands. `query`: more of the address, an object or a string. */
export async function openLesson(page, slug, query = {}) {
  const search = new URLSearchParams(query);
  search.set('lesson', slug);
  await page.goto(`./?${search}`);
  await expect(stage(page)).toBeVisible();
}

/** Presses Run and waits until the program has finished and playback has shown all of it. */
export async function runToEnd(page, { timeout = 45_000 } = {}) {
  await page.getByTestId('run').click();
  await expect(stage(page)).toHaveAttribute('data-run', /finished|failed/, { timeout });
  await expect(stage(page)).toHaveAttribute('data-run', 'finished');
  await expect(stage(page)).toHaveAttribute('data-playback', 'ended', { timeout });
}

/** Fails with one line for each rule of WCAG 2.2 AA that the page breaks, and where. */
export async function axeCheck(page) {
  await page.evaluate(axe.source);
  const lines = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags });
    return violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(' ')}`));
  }, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  expect(lines, 'accessibility').toEqual([]);
}
