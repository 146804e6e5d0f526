// What the course may weigh: the budgets that do not vary from run to run, so they can fail a test. `cargo xtask bench` measures
// the same and more.

import { readFile } from 'node:fs/promises';
import { chromium, expect, test } from '@playwright/test';
import { limitOf } from './bench/budgets.mjs';
import { bytesOf, kib, transfer } from './bench/transfer.mjs';
import { launchOptions } from './browser.mjs';
import { HASHED, serve } from './serve.mjs';

// One worker for all of them, for they look at one measurement.
test.describe.configure({ mode: 'default' });

let measured;

// A browser and a server of their own: what others kept or asked for must not count.
test.beforeAll(async () => {
  test.setTimeout(300_000);
  const site = await serve(0, { packed: true, cached: true });
  const browser = await chromium.launch(launchOptions);
  measured = await transfer(browser, site);
  await browser.close();
  await site.close();
});

const list = (files) => files.map(({ name, bytes }) => `${bytes} ${name || 'the page'}`).join('\n');

test('the first lesson stays within its size', () => {
  expect(kib(bytesOf(measured.first)), list(measured.first)).toBeLessThanOrEqual(limitOf('first-lesson'));
});

test('the first lesson stays within its number of requests', () => {
  expect(measured.first.length, list(measured.first)).toBeLessThanOrEqual(limitOf('first-lesson-requests'));
});

const over = (further, limit) => Object.entries(further).filter(([, files]) => kib(bytesOf(files)) > limit)
  .map(([slug, files]) => `${slug}\n${list(files)}`);

test('every further lesson stays within its size', () => {
  expect(over(measured.further, limitOf('further-lesson'))).toEqual([]);
});

test('to those who save data, too, no lesson brings more than it did', () => {
  expect(over(measured.saving.further, limitOf('further-lesson-saving'))).toEqual([]);
});

test('the rule for what may be kept is the one that docs/hosting.md gives to hosts', async () => {
  const guide = await readFile(new URL('../docs/hosting.md', import.meta.url), 'utf8');
  expect(guide).toContain(`location ~ "${HASHED.source}" {`);
});

test('files with a hash in their name are never asked for again, the others are only confirmed', () => {
  const others = measured.second.filter(({ name }) => name !== '');
  expect(others.filter(({ name }) => HASHED.test(name)), 'kept for ever').toEqual([]);
  expect(others.filter(({ status }) => status !== 304), 'not modified').toEqual([]);
  expect(kib(bytesOf(others))).toBeLessThanOrEqual(limitOf('second-visit'));
  expect(measured.second.some(({ name }) => name === ''), 'the page is asked for').toBe(true);
});
