// A knob that is dragged: what the page's thread does from the event to the end of the frame that shows the new preview, ms, on
// a page that is four times as slow. The mouse is moved as a hand would; each frame that answers it is one sample. Beside it, in
// the same run: the same drag in a page whose program does not hear it, which is what the browser itself takes to move a slider.

import { median, quantile, round, rounded } from './statistics.mjs';
import { answersOf, traced } from './trace.mjs';

const QUERY = '?lesson=benefits&step=measure&mode=async&t.customers=40&t.ordering=0.01&t.grilling=0.3';
const SIZE = { width: 1440, height: 1000 };
const SLOWER = 4;
const MOVES = 80;
/** The first few are drawn while the page still warms up: its code is compiled when it first runs. */
const WARM = 10;

/** The answers to one drag. */
async function drag(browser, site, heard) {
  const page = await browser.newPage({ viewport: SIZE, serviceWorkers: 'block' });
  await page.goto(site.url + QUERY);
  const knob = page.getByTestId('knob-ordering');
  await knob.waitFor();
  await knob.scrollIntoViewIfNeeded();
  if (!heard) await page.evaluate(() => window.addEventListener('input', (event) => event.stopImmediatePropagation(), true));
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const box = await knob.boundingBox();
  const at = (part) => ({ x: box.x + 10 + (box.width - 20) * part, y: box.y + box.height / 2 });
  // Playwright's own mouse looks, by scripts in the page, whether something is dragged and dropped.
  const mouse = (type, part, buttons, clickCount = 0) =>
    session.send('Input.dispatchMouseEvent', { type, ...at(part), button: 'left', buttons, clickCount });
  const events = await traced(browser, async () => {
    await page.mouse.move(at(0.5).x, at(0.5).y);
    await mouse('mousePressed', 0.5, 1, 1);
    for (let move = 0; move < MOVES; move += 1) {
      await mouse('mouseMoved', 0.5 + 0.45 * Math.sin(move / 5), 1);
      await page.waitForTimeout(40);
    }
    await mouse('mouseReleased', 0.5, 0, 1);
    await page.waitForTimeout(500);
  });
  await page.close();
  return answersOf(events, 'input').slice(WARM);
}

export async function measure({ browser, site }) {
  console.error('  knob: dragging one');
  const samples = await drag(browser, site, true);
  if (samples.length < 30) return { knob: { missing: `only ${samples.length} frames answered the knob` } };
  const alone = await drag(browser, site, false);
  const reference = { name: 'the browser alone: nobody hears the slider', value: round(quantile(alone, 0.95)) };
  return { knob: {
    value: round(quantile(samples, 0.95)),
    reference: alone.length < 30 ? undefined : reference,
    samples: rounded(samples),
    note: `median ${round(median(samples), 1)} ms of ${samples.length} frames, ${round(median(alone), 1)} ms of the browser alone`,
  } };
}
