// What drawing one frame costs the page's thread: script, style, layout and paint together, ms. In a live run, and while a
// record is played back; with people in SVG and with a crowd on a canvas. Beside people in SVG, in the same run: frames in which
// a script moves everybody in the picture that stands there, and nothing else happens.

import { median, quantile, round, rounded } from './statistics.mjs';
import { framesOf, traced } from './trace.mjs';

const SIZE = { width: 1440, height: 1000 };
/** How long one look takes, ms. Shorter runs and playbacks are begun again until then. */
const LOOK = 4_000;
/** A busy machine draws few frames: it is looked at again until there are so many, but not more often than this. */
const ENOUGH = 150;
const LOOKS = 6;
/** Fewer say nothing. */
const FEWEST = 30;
const SCENES = {
  'svg-40': '?lesson=benefits&step=measure&mode=async&t.customers=40&t.ordering=0.02&t.grilling=0.4',
  'canvas-10000': '?lesson=benefits&step=measure&mode=async&t.customers=10000',
};

/** Presses a button, again whenever what it began is over. */
async function look(browser, page, button) {
  const events = await traced(browser, async () => {
    for (const end = Date.now() + LOOK; Date.now() < end;) {
      await page.getByTestId(button).click();
      await page.locator('[data-testid="stage"][data-playback="playing"]').waitFor();
      const over = page.locator('[data-testid="stage"][data-playback="ended"]').waitFor({ timeout: 0 }).catch(() => {});
      await Promise.race([over, page.waitForTimeout(Math.max(0, end - Date.now()))]);
    }
  });
  return framesOf(events);
}

/** What the frames of one look say. */
function figure(frames) {
  if (frames.length < FEWEST) return { missing: `only ${frames.length} frames were drawn while it was looked at` };
  const totals = frames.map(({ total }) => total);
  const part = (name) => `${name} ${round(median(frames.map((frame) => frame[name])), 1)}`;
  return {
    value: round(quantile(totals, 0.95)),
    samples: rounded(totals),
    note: `median ${round(median(totals), 1)} ms: ${['script', 'style', 'layout', 'paint'].map(part).join(', ')}; ${frames.length} frames`,
  };
}

/** What the browser itself takes to draw a picture in which everybody is moved, if it drew enough of them. */
async function alone(browser, site, query) {
  const page = await browser.newPage({ viewport: SIZE, serviceWorkers: 'block' });
  await page.goto(site.url + query);
  await page.getByTestId('play').click();
  await page.waitForTimeout(700);
  await page.getByTestId('play').click();
  await page.locator('[data-testid="stage"][data-playback="paused"]').waitFor();
  const events = await traced(browser, () => page.evaluate((ms) => new Promise((done) => {
    const people = [...document.querySelectorAll('.scene .person')].map((person) => [person, person.getAttribute('transform')]);
    const begun = performance.now();
    const frame = (now) => {
      people.forEach(([person, stood]) => person.setAttribute('transform', `translate(${((now - begun) / 20 % 60).toFixed(1)} 0) ${stood}`));
      if (now - begun < ms) requestAnimationFrame(frame); else done();
    };
    requestAnimationFrame(frame);
  }), LOOK));
  await page.close();
  const totals = framesOf(events).map(({ total }) => total);
  if (totals.length < FEWEST) return undefined;
  return { name: 'the browser alone: a script moves everybody', value: round(quantile(totals, 0.95)) };
}

/** The frames of one scene while a button's deed goes on. */
async function scene(browser, site, query, button) {
  const frames = [];
  for (let looks = 0; looks < LOOKS && frames.length < ENOUGH; looks += 1) {
    const page = await browser.newPage({ viewport: SIZE, serviceWorkers: 'block' });
    await page.goto(site.url + query);
    await page.getByTestId('stage').waitFor();
    await page.waitForTimeout(800);
    frames.push(...await look(browser, page, button));
    await page.close();
  }
  return figure(frames);
}

export async function measure({ browser, site }) {
  const figures = {};
  for (const [name, query] of Object.entries(SCENES)) {
    console.error(`  frames: ${name}`);
    figures[`live-${name}`] = await scene(browser, site, query, 'run');
    figures[`playback-${name}`] = await scene(browser, site, query, 'play');
    if (!name.startsWith('svg')) continue;
    const reference = await alone(browser, site, query);
    for (const kind of ['live', 'playback']) Object.assign(figures[`${kind}-${name}`], { reference });
  }
  return figures;
}
