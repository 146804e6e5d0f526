// Threads: what more of them are worth on work only, as the exhibit of a lesson measures it, and how long it takes to start one.

import { availableParallelism } from 'node:os';
import { speedHere } from '../cores.mjs';
import { median, round, rounded } from './statistics.mjs';

const LESSON = '?lesson=parallel-burgers';
const SHORT = '&mode=threads&t.customers=4&t.work=0.1&t.wait=0.1';
const TIMES = 5;
const MOST = 8;
const WAIT = 120_000;

async function speedUp(browser, site) {
  const threads = Math.min(availableParallelism(), MOST);
  if (threads < 2) return { missing: 'this machine has one core' };
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.goto(`${site.url}${LESSON}&step=cores`);
  const samples = [];
  const machine = [];
  for (let time = 0; time < 3; time += 1) {
    console.error(`  threads: speed-up, ${time + 1} of 3`);
    machine.push(await speedHere(threads));
    await page.getByTestId('measure-speed-up').click();
    await page.locator('[data-testid="speed-up"][data-speed-up="running"]').waitFor();
    await page.locator('[data-testid="speed-up"][data-speed-up="over"]').waitFor({ timeout: WAIT });
    samples.push(Number.parseFloat(await page.getByTestId(`speed-up-${threads}`).textContent()));
  }
  await page.close();
  return {
    value: median(samples),
    samples,
    reference: { name: `${threads} threads, ideal`, value: threads },
    note: `threads of Node.js, which share nothing: ${round(median(machine))} times as fast here`,
  };
}

/** Notes for every worker when it was made, when it said that it is ready, and when it was told to begin a run. */
function watchWorkers() {
  window.__threads = [];
  window.__pressed = 0;
  window.addEventListener('click', () => { window.__pressed = performance.now(); }, { capture: true });
  window.Worker = class extends window.Worker {
    constructor(...all) {
      const made = performance.now();
      super(...all);
      this.times = { made, ready: 0, begun: 0 };
      window.__threads.push(this.times);
      this.addEventListener('message', ({ data }) => {
        if (Array.isArray(data) && data[0] === 'ready') this.times.ready = performance.now();
      });
    }

    postMessage(message, ...rest) {
      if (Array.isArray(message) && message[0] === 'start') {
        // The time at which the run is to begin stands in the message, in ms since 1970.
        const begin = message.flat().find((word) => typeof word === 'number' && word > 1e12);
        this.times.begun = Math.max(performance.now(), (begin ?? 0) - performance.timeOrigin);
      }
      super.postMessage(message, ...rest);
    }
  };
}

/** One thread runs, then again, then two: what a run on a warm thread takes to begin, and what the second thread takes. */
async function starts(browser, site) {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.addInitScript(watchWorkers);
  await page.goto(`${site.url}${LESSON}&step=both${SHORT}&t.threads=1`);
  const run = async () => {
    await page.getByTestId('run').click();
    await page.locator('[data-testid="stage"][data-run="running"]').waitFor();
    await page.locator('[data-testid="stage"][data-run="finished"][data-playback="ended"]').waitFor({ timeout: 30_000 });
    return page.evaluate(() => ({ pressed: window.__pressed, threads: window.__threads }));
  };
  await run();
  const again = await run();
  await page.getByTestId('knob-threads').fill('2');
  const two = await run();
  await page.close();
  if (again.threads.length !== 1 || two.threads.length !== 2) throw new Error('threads are not kept between runs');
  return { warm: again.threads[0].begun - again.pressed, second: two.threads[1].ready - two.threads[1].made };
}

export async function measure({ browser, site }) {
  const figures = { 'speed-up': await speedUp(browser, site) };
  const all = [];
  for (let time = 0; time < TIMES; time += 1) {
    console.error(`  threads: starting, ${time + 1} of ${TIMES}`);
    all.push(await starts(browser, site));
  }
  const figure = (name, note) => {
    const samples = all.map((it) => it[name]);
    return { value: round(median(samples)), samples: rounded(samples), note };
  };
  figures['second-thread'] = figure('second', `from its making to “ready”; median of ${TIMES}`);
  figures['warm-thread'] = figure('warm', `from the press of Run to the begin of the run; median of ${TIMES}`);
  return figures;
}
