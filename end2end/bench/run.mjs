// Measures one group of rows of `cargo xtask bench`: `node bench/run.mjs frames`. A group is a file beside this one that
// exports `measure({ browser, site, settings })` and resolves to figures by the ids in budgets.json: `{ value, reference,
// samples, note }`, or `{ missing: why }`. They are printed as one line, the last, or else what broke; whatever happens meanwhile is told on stderr.

import { chromium } from '@playwright/test';
import { launchOptions } from '../browser.mjs';
import { serve } from '../serve.mjs';

/** The group's figures, measured in a browser of its own. */
export async function measureGroup(group, settings = {}) {
  const { measure } = await import(`./${group}.mjs`);
  const site = await serve(0, { packed: true, cached: true });
  const browser = await chromium.launch(launchOptions);
  try {
    return { figures: await measure({ browser, site, settings }), browser: `Chromium ${browser.version()}` };
  } finally {
    await browser.close();
    await site.close();
  }
}

const [, script, group] = process.argv;
if (script?.endsWith('run.mjs') && group) {
  const settings = JSON.parse(process.env.BENCH ?? '{}');
  const found = await measureGroup(group, settings).catch((error) => {
    console.error(error);
    return { broken: String(error.message ?? error).split('\n')[0] };
  });
  console.log(`\nmeasured: ${JSON.stringify(found)}`);
  // What a browser leaves open must not keep the bench.
  process.exit(0);
}
