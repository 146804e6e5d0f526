// Pictures of every lesson for a person to look at: `cargo xtask look` builds the site and runs this. Each lesson at the
// start, in mid-run and finished; wide and narrow; light and dark; into target/look/.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from './browser.mjs';
import { lessonSlugs } from './slugs.mjs';
import { serve } from './serve.mjs';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const OUT = fromRoot('target/look');
const SIZES = [{ width: 1440, height: 1250 }, { width: 390, height: 844 }];
const THEMES = ['light', 'dark'];
/** How far into a run the middle picture is taken, in ms. */
const MID_RUN = 2_500;
const STAGE_WAIT = 5_000;
const RUN_WAIT = 60_000;

const problems = [];

/** Pictures of one page at one size in one theme. */
async function visit(browser, site, { slug, page: name, size, theme, moments }) {
  const label = `${slug ?? name ?? 'home'}-${size.width}-${theme}`;
  const page = await browser.newPage({ viewport: size, colorScheme: theme });
  page.on('console', (line) => line.type() === 'error' && problems.push(`${label}: ${line.text()}`));
  page.on('pageerror', (error) => problems.push(`${label}: ${error.message}`));
  const query = new URLSearchParams({ ...(slug && { lesson: slug }), ...(name && { page: name }), theme });
  await page.goto(`${site.url}?${query}`);
  await page.waitForFunction(() => !document.getElementById('fallback'), null, { timeout: STAGE_WAIT })
    .catch(() => problems.push(`${label}: the app did not mount, only the fallback text is there`));
  const shoot = (moment) => page.screenshot({ path: `${OUT}/${label}-${moment}.png`, fullPage: true });
  await moments(page, shoot, label);
  await page.close();
}

async function homeMoments(page, shoot) {
  await shoot('start');
}

async function lessonMoments(page, shoot, label) {
  const stage = page.getByTestId('stage');
  const stands = await stage.waitFor({ timeout: STAGE_WAIT }).then(() => true, () => false);
  await shoot('start');
  if (!stands) {
    problems.push(`${label}: no data-testid="stage" on the page, so only its start was taken`);
    return;
  }
  const run = page.getByTestId('run');
  if (await run.count() === 0) {
    problems.push(`${label}: no data-testid="run" on the page, so only its start was taken`);
    return;
  }
  await run.click();
  await page.waitForTimeout(MID_RUN);
  await shoot('midrun');
  await page.locator('[data-testid="stage"][data-run="finished"][data-playback="ended"]').waitFor({ timeout: RUN_WAIT })
    .catch(async () => {
      const state = await stage.evaluate(({ dataset }) => `data-run="${dataset.run}" data-playback="${dataset.playback}"`);
      problems.push(`${label}: not finished after ${RUN_WAIT / 1000} s: ${state}`);
    });
  await shoot('finished');
}

const slugs = await lessonSlugs();
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const site = await serve();
const browser = await chromium.launch(launchOptions);
for (const size of SIZES) {
  for (const theme of THEMES) {
    await visit(browser, site, { size, theme, moments: homeMoments });
    await visit(browser, site, { page: 'glossary', size, theme, moments: homeMoments });
    for (const slug of slugs) await visit(browser, site, { slug, size, theme, moments: lessonMoments });
  }
}
await browser.close();
await site.close();

console.log(`${(await readdir(OUT)).length} pictures of the home page and ${slugs.length} lessons in target/look/`);
for (const problem of problems) console.log(`  note: ${problem}`);
