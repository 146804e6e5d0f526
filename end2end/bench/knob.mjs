// A knob that is dragged: what the page's thread does from the event to the end of the frame that shows the new preview, ms, on
// a page that is four times as slow. The mouse is moved as a hand would; each frame that answers it is one sample.

import { median, quantile, round, rounded } from './statistics.mjs';
import { answersOf, traced } from './trace.mjs';

const QUERY = '?lesson=benefits&step=measure&mode=async&t.customers=40&t.ordering=0.01&t.grilling=0.3';
const SIZE = { width: 1440, height: 1000 };
const SLOWER = 4;
const MOVES = 80;
/** The first few are drawn while the page still warms up: its code is compiled when it first runs. */
const WARM = 10;

export async function measure({ browser, site }) {
  console.error('  knob: dragging one');
  const page = await browser.newPage({ viewport: SIZE, serviceWorkers: 'block' });
  await page.goto(site.url + QUERY);
  const knob = page.getByTestId('knob-ordering');
  await knob.waitFor();
  await knob.scrollIntoViewIfNeeded();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const box = await knob.boundingBox();
  const at = (part) => [box.x + 10 + (box.width - 20) * part, box.y + box.height / 2];
  const events = await traced(browser, async () => {
    await page.mouse.move(...at(0.5));
    await page.mouse.down();
    for (let move = 0; move < MOVES; move += 1) {
      await page.mouse.move(...at(0.5 + 0.45 * Math.sin(move / 5)));
      await page.waitForTimeout(40);
    }
    await page.mouse.up();
    await page.waitForTimeout(500);
  });
  await page.close();
  const samples = answersOf(events, 'input').slice(WARM);
  if (samples.length < 30) return { knob: { missing: `only ${samples.length} frames answered the knob` } };
  return { knob: {
    value: round(quantile(samples, 0.95)),
    samples: rounded(samples),
    note: `median ${round(median(samples), 1)} ms of ${samples.length} frames`,
  } };
}
