// Every lesson in other browsers than Chromium: it opens, and every mode of its program runs to its end without a fault, and
// in no less time than simulated. `cargo xtask browsers` builds the site and runs this. A browser that is not installed is named,
// and not looked at.

import { LESSONS } from '../fixtures.mjs';
import { serve } from '../serve.mjs';
import { start as startFirefox } from './firefox.mjs';
import { start as startWebKit } from './webkit.mjs';

const SIZE = { width: 1280, height: 900 };
const OPEN = 20_000;
const RUN = 120_000;
const BROWSERS = {
  Firefox: { start: startFirefox, install: 'install Firefox, or say where it is: FIREFOX=/path/to/firefox' },
  WebKit: { start: startWebKit, install: 'install WebKitGTK’s driver (Debian: webkit2gtk-driver, and xvfb where there is no display)' },
};
/** Of a run that takes longer than this it is told, no more: machines have other things to do. */
const expected = (seconds) => 1.1 * seconds + 0.3;
const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });

async function until(browser, question, ms, what) {
  for (const end = Date.now() + ms; Date.now() < end; await rest(100)) {
    if (await browser.ask(question)) return;
  }
  throw new Error(`no ${what} within ${ms / 1000} s`);
}

const isOpen = () => !document.getElementById('fallback') && document.querySelector('[data-testid="run"]') !== null;
const isOver = () => !['starting', 'running'].includes(document.querySelector('[data-testid="stage"]').dataset.run);
const run = () => document.querySelector('[data-testid="run"]').click();
const hasRun = () => {
  const seconds = (id) => parseFloat(document.querySelector(`[data-testid="${id}"]`)?.textContent);
  const stage = document.querySelector('[data-testid="stage"]');
  return { phase: stage.dataset.run, simulated: seconds('in-simulation'), measured: seconds('in-browser') };
};

/** Runs one mode of a lesson: what is wrong with it, and what is slow, if anything. */
async function look(browser, site, slug, mode) {
  const { plain, quick, computes } = LESSONS[slug];
  const knobs = new URLSearchParams(quick ?? {});
  await browser.open(`${site.url}?lesson=${slug}&step=${plain}&mode=${mode}&${knobs}`);
  await until(browser, isOpen, OPEN, 'stage');
  await browser.ask(run);
  await rest(200);
  await until(browser, isOver, RUN, 'end of the run');
  const { phase, simulated, measured } = await browser.ask(hasRun);
  if (phase !== 'finished') throw new Error(`the run is ${phase}`);
  if (!(measured > 0 && simulated > 0)) throw new Error('the totals are not told');
  if (measured < 0.9 * simulated) throw new Error(`${measured} s for ${simulated} s`);
  return !computes && measured > expected(simulated) ? `${measured} s for ${simulated} s` : null;
}

async function walk(browser, site) {
  const [wrong, slow] = [[], []];
  let runs = 0;
  for (const [slug, { modes }] of Object.entries(LESSONS)) {
    for (const mode of modes) {
      const label = (text) => `${slug}, ${mode}: ${text}`;
      const late = await look(browser, site, slug, mode).catch((error) => { wrong.push(label(error.message)); });
      if (late) slow.push(label(late));
      const faults = await browser.faults().catch((error) => [error.message]);
      wrong.push(...[...new Set(faults)].map(label));
      runs += 1;
    }
    console.error(`  ${browser.name}: ${slug}`);
  }
  console.log(`${browser.name}: ${runs} programs run, ${wrong.length} faults`);
  wrong.forEach((line) => console.log(`  ${line}`));
  if (slow.length > 0) console.log(`  slow, as on a busy machine: ${slow.join('; ')}`);
  return wrong.length === 0 && runs > 0;
}

const only = process.argv.slice(2);
const unknown = only.find((name) => !BROWSERS[name]);
if (unknown) throw new Error(`there is no ${unknown} here: ${Object.keys(BROWSERS).join(', ')}`);
const site = await serve();
let good = true;
for (const [name, { start, install }] of Object.entries(BROWSERS)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const browser = await start(SIZE).catch((error) => ({ failed: error }));
  if (browser?.failed) {
    console.log(`${name} did not start: ${browser.failed.message}`);
    good = false;
  } else if (!browser) {
    console.log(`${name}: not looked at, for it is not here; ${install}`);
  } else {
    good = await walk(browser, site) && good;
    await browser.close();
  }
}
await site.close();
process.exitCode = good ? 0 : 1;
