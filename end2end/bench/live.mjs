// Live runs against simulated ones: every lesson with its defaults, each mode, one after another. Both totals are read from the
// tables that the page saves, in microseconds; what is allowed is 1 % and 10 ms of the simulated one.

import { readFile } from 'node:fs/promises';
import { LESSONS } from '../fixtures.mjs';
import { round } from './statistics.mjs';

const RUN = 180_000;
const allowed = (simulated) => 0.01 * simulated + 0.01;

/** When the last of the record that is shown ends, in seconds. */
async function total(page) {
  const menu = page.getByTestId('save').last();
  if (!await menu.evaluate((it) => it.open)) await menu.locator('summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), menu.getByTestId('save-csv').click()]);
  const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n').map((row) => row.split(','));
  // The last column; others may hold texts with commas.
  if (head.at(-1) !== 'to_s') throw new Error(`the table does not end with the column of ends: ${head.join(',')}`);
  return Math.max(...rows.map((row) => Number(row.at(-1))));
}

async function one(browser, site, slug, mode) {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.goto(`${site.url}?lesson=${slug}&step=${LESSONS[slug].plain}&mode=${mode}&speed=4`);
    await page.getByTestId('run').waitFor();
    const simulated = await total(page);
    await page.getByTestId('run').click();
    await page.locator('[data-testid="stage"][data-run="running"]').waitFor();
    await page.locator('[data-testid="stage"][data-run="finished"]').waitFor({ timeout: RUN });
    const live = await total(page);
    return { slug, mode, simulated, live, part: round(Math.abs(live - simulated) / allowed(simulated)) };
  } finally {
    await page.close();
  }
}

export async function measure({ browser, site }) {
  const all = [];
  for (const [slug, { modes, computes }] of Object.entries(LESSONS)) {
    for (const mode of modes) {
      const found = await one(browser, site, slug, mode);
      console.error(`  live: ${slug}, ${mode}: ${round(found.live, 3)} s for ${round(found.simulated, 3)} s`);
      all.push({ ...found, computes: Boolean(computes) });
    }
  }
  const told = ({ slug, mode, simulated, live }) =>
    `${slug}, ${mode}: ${round(1000 * (live - simulated), 0)} ms off in ${round(simulated)} s`;
  const [worst] = all.filter(({ computes }) => !computes).sort((a, b) => b.part - a.part);
  const computing = all.filter(({ computes }) => computes).sort((a, b) => b.part - a.part)[0];
  const over = all.filter(({ computes, part }) => !computes && part > 1).length;
  return { 'live-total': {
    value: worst.part,
    samples: all,
    note: `${told(worst)}; ${over} of ${all.length} programs over. Not counted, for it computes an amount and no time: ${told(computing)}`,
  } };
}
