// An old phone on a slow network: when the text of a lesson's own page can be read, and when its program can be run, in seconds
// after the address was opened. Nothing is in the cache.

import { median, round, rounded } from './statistics.mjs';

const SIZE = { width: 390, height: 844 };
const SLOWER = 6;
/** Slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const VISITS = 3;
const WAIT = 90_000;

/** Presses Run as soon as it can be pressed, and notes when the stage has answered. */
function watchStart() {
  const look = () => {
    const run = document.querySelector('[data-testid="run"]:not(:disabled)');
    if (!run) return void setTimeout(look, 20);
    run.click();
    const stage = run.closest('[data-run]') ?? document.querySelector('[data-run]');
    const answered = () => {
      if (stage.dataset.run === 'idle') return void setTimeout(answered, 5);
      window.__interactive = performance.now();
    };
    answered();
  };
  look();
}

async function visit(browser, site) {
  const context = await browser.newContext({ viewport: SIZE, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(watchStart);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(`${site.url}waiting.html`, { waitUntil: 'commit', timeout: WAIT });
  await page.waitForFunction(() => window.__interactive, null, { timeout: WAIT, polling: 250 });
  const times = await page.evaluate(() => ({
    // The page's text stands in its HTML: the first thing that is painted is the text.
    text: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    interactive: window.__interactive,
  }));
  await context.close();
  return { text: times.text / 1000, interactive: times.interactive / 1000 };
}

export async function measure({ browser, site }) {
  const visits = [];
  for (let at = 0; at < VISITS; at += 1) {
    console.error(`  phone: visit ${at + 1} of ${VISITS}`);
    visits.push(await visit(browser, site));
  }
  const figure = (name) => {
    const samples = visits.map((it) => it[name]);
    return { value: round(median(samples)), samples: rounded(samples), note: `median of ${VISITS}` };
  };
  return { 'text-readable': figure('text'), interactive: figure('interactive') };
}
