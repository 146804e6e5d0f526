// The core under load, in a browser: the example `loads`, each load beside its reference in JavaScript, in turns in one page.
//
//   cargo build --release --target wasm32-unknown-unknown --example loads
//   wasm-bindgen --target web --no-typescript --out-dir target/loads target/wasm32-unknown-unknown/release/examples/loads.wasm
//   node end2end/bench/core.mjs target/loads [load ...]
//
// prints JSON: for each load the median of its runs in ms, that of each reference, and the ratios of the medians.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serve } from '../serve.mjs';

const RUNS = 5;
const N = 100_000;

/** Runs in the page: every load so often, in turns with what it is held against. */
async function measure({ glue, only, runs, n }) {
  const loads = await import(glue);
  await loads.default();
  const ours = async (name, count = n) => JSON.parse(await (loads[name] ? loads[name](count) : loads.run(name, count)));
  const timed = async (act) => {
    const begin = performance.now();
    await act();
    return { ms: performance.now() - begin };
  };
  const resolved = Promise.resolve();
  async function yields() {
    for (let index = 0; index < 10; index += 1) await resolved;
  }
  async function timer() {
    await new Promise((done) => setTimeout(done, 100));
  }
  const all = (make) => () => timed(() => Promise.all(Array.from({ length: n }, make)));
  const table = {
    // Without keeping the record first: the memory that grows after that is the record's, not that of the futures.
    traced: { unkept: () => ours('unkept'), traced: () => ours('traced'), javascript: all(yields), bare: () => ours('bare') },
    timers: { timers: () => ours('timers'), javascript: all(timer) },
    simulated: { simulated: () => ours('simulated'), doubled: () => ours('simulated', 2 * n) },
    million: { million: () => ours('simulated', 1_000_000), half: () => ours('simulated', 500_000) },
    seek_crowd: { seek_crowd: () => ours('seek_crowd', 1_000_000) },
    seek_people: { seek_people: () => ours("seek_people", 1_000_000) },
  };
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const figures = {};
  for (const [name, row] of Object.entries(table)) {
    if (only.length && !only.includes(name)) continue;
    const times = {};
    let last;
    for (let run = 0; run < runs; run += 1) {
      for (const [of, act] of Object.entries(row)) {
        const result = await act();
        // Memory grows in the first run, and is used again in the others.
        if (of === name) last = { ...result, memory_bytes: Math.max(result.memory_bytes ?? 0, last?.memory_bytes ?? 0) };
        (times[of] ??= []).push(result.ms);
        await new Promise((rest) => setTimeout(rest, 50));
      }
    }
    const figure = { ...last, ms: median(times[name]), least: Math.min(...times[name]), ratio: {}, first: {} };
    for (const [of, list] of Object.entries(times)) figure.first[of] = list[0];
    for (const [of, list] of Object.entries(times).filter(([of]) => of !== name)) {
      figure[of] = median(list);
      figure.ratio[of] = figure.ms / figure[of];
    }
    figures[name] = figure;
  }
  return figures;
}

/** The figures of the loads in `folder` (what `wasm-bindgen` has written). `browser` is Playwright's, started. */
export async function core(browser, folder, { only = [], runs = RUNS, n = N, profile } = {}) {
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Loads</title>');
  const site = await serve(0, { folder });
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    const session = profile ? await page.context().newCDPSession(page) : null;
    if (session) {
      await session.send('Profiler.enable');
      await session.send('Profiler.setSamplingInterval', { interval: 500 });
      await session.send('Profiler.start');
    }
    const figures = await page.evaluate(measure, { glue: new URL('loads.js', site.url).href, only, runs, n });
    if (session) await writeFile(profile, JSON.stringify((await session.send('Profiler.stop')).profile));
    return figures;
  } finally {
    await page.close();
    await site.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { chromium } = await import('@playwright/test');
  const { launchOptions } = await import('../browser.mjs');
  const browser = await chromium.launch(launchOptions);
  try {
    const [, , folder, ...only] = process.argv;
    const runs = Number(process.env.RUNS ?? RUNS);
    console.log(JSON.stringify(await core(browser, folder, { only, runs, profile: process.env.PROFILE }), null, 2));
  } finally {
    await browser.close();
  }
}
