// Which pieces of the program each lesson executes. `cargo xtask build` serves a watched copy of the site, in which every piece
// has a mark that sets a bit of a global when it is passed (xtask/src/split/watch.rs), and runs `node walk.mjs FOLDER OUT`: a walk
// through each lesson as a learner takes it. OUT then has, for each lesson in the order of the course, and for the lab, the marks
// that were passed, which of them were passed before anything was done on the page, and whether something looks then as the second
// style sheet says.

import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { launchOptions } from './browser.mjs';
import { LESSONS } from './fixtures.mjs';
import { serve } from './serve.mjs';
import { lessonSlugs } from './slugs.mjs';

const [folder, out] = process.argv.slice(2);
/** How many lessons are walked at a time. They wait more than they work. */
const AT_ONCE = 3;
const LONGEST_RUN = 40_000;
/** For so long something may take to be there, ms: the machine may have other work. */
const PATIENCE = 5_000;

/** In the page and in its workers: collects what the programs say was called. */
function collect(tell) {
  const programs = [];
  const called = new Set();
  const keep = (made) => {
    const { exports } = made.instance ?? made;
    const marks = Object.entries(exports).filter(([name]) => name.startsWith('passed'));
    programs.push(marks.map(([name, bits]) => ({ first: Number(name.slice(6)), bits, known: 0 })));
    return made;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...given) => keep(await instantiate(...given));
  }
  // What the script of a divided program adds: fetching parts calls functions, too.
  globalThis.courseParts = { compiled: [], need: () => {}, bring: async () => {} };
  // Each page has a channel of its own, which its workers know by their name: what one of them says late is not taken for
  // something that the next page called.
  const told = new BroadcastChannel(tell ? self.name : `called-${crypto.randomUUID()}`);
  // The marks that were passed since it was last looked.
  const news = () => {
    const passed = [];
    for (const globals of programs) {
      for (const global of globals) {
        const bits = global.bits.value;
        if (bits === global.known) continue;
        for (let bit = 0; bit < 32; bit += 1) if ((bits & ~global.known) >>> bit & 1) passed.push(global.first + bit);
        global.known = bits;
      }
    }
    return passed;
  };
  if (tell) {
    // A worker may be ended at any time: it tells of what it called with everything that it says.
    const post = self.postMessage.bind(self);
    self.postMessage = (...given) => { told.postMessage(news()); post(...given); };
  } else {
    told.onmessage = ({ data }) => data.forEach((number) => called.add(number));
    globalThis.calledFunctions = () => {
      news().forEach((number) => called.add(number));
      return [...called];
    };
    globalThis.Worker = class extends Worker {
      constructor(script, options) { super(script, { ...options, name: told.name }); }
    };
  }
}

/** In the page: whether the second style sheet says how something looks that is to be seen. */
function isDressed() {
  const [, second] = [...document.styleSheets].filter(({ ownerNode }) => ownerNode?.localName === 'link');
  const isThere = (selector) => [...document.querySelectorAll(selector.replaceAll(/::[a-z-]+(\([^)]*\))?/g, ''))].some((it) => it.checkVisibility());
  // What is for paper, or for a narrow screen, counts as well: all of these are in groups of their own.
  const says = (rule) => (rule.selectorText ? isThere(rule.selectorText) : [...rule.cssRules ?? []].some(says));
  return [...second.cssRules].some(says);
}

/** Does something, unless it is not there to be done. */
async function attempt(action) {
  await action().catch(() => {});
}

/** The learner looks elsewhere, and leaves. */
async function leave(page) {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    window.dispatchEvent(new Event('pagehide'));
  });
  await page.waitForTimeout(300);
}

/** The evening comes, and a telephone is turned round. */
async function change(page) {
  const size = page.viewportSize();
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  for (const [colorScheme, width] of [[dark ? 'light' : 'dark', size.width > 800 ? 600 : 1000], [dark ? 'dark' : 'light', size.width]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ ...size, width });
    await page.waitForTimeout(200);
  }
}

/** And looks here again. */
async function comeBack(page) {
  await page.evaluate(() => {
    delete document.visibilityState;
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await page.waitForTimeout(100);
}

/** A page of its own, and what was called in it once the walk is over. */
async function watched(browser, site, query, walk, { leads, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, serviceWorkers: 'block', ...options });
  await context.addInitScript(collect, false);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const called = new Set();
  const look = async (into = called) => (await page.evaluate(() => globalThis.calledFunctions())).forEach((it) => into.add(it));
  const mounted = () => page.waitForFunction(() => !document.getElementById('fallback'), null, { timeout: 60_000 });
  await page.goto(site.url + query);
  await mounted();
  // Fonts, pictures and the first frames are there, and nobody has touched anything.
  await page.waitForTimeout(1_000);
  const opened = new Set();
  let dressed = false;
  if (!leads) {
    await look(opened);
    dressed = await page.evaluate(isDressed);
    // None of that is something that somebody does on the page.
    await change(page);
    await look(opened);
    // Whoever leaves at once: nothing can be fetched then.
    await leave(page);
    await look(opened);
    await comeBack(page);
  }
  // The first page of a visit is put up in turns; later ones are drawn at once, one in the place of the other.
  for (const lesson of leads ? [leads, 'waiting', leads] : []) {
    await attempt(() => page.locator(`a.crumb[href="?lesson=${lesson}"]`).click());
    await page.waitForTimeout(400);
  }
  await walk(page);
  // The learner looks elsewhere, leaves, and comes again: then there is something stored. Who comes back gets at once what is otherwise
  // called only when something is done (`assets/parts.js`).
  await leave(page);
  await look();
  // To another place of the course, as its links lead; and then away, and back.
  await attempt(() => page.locator('a.brand').click());
  await page.waitForTimeout(300);
  await attempt(() => page.getByRole('main').getByRole('link').first().click());
  await page.waitForTimeout(500);
  await look();
  await page.goto(site.url + query);
  await mounted();
  await page.waitForTimeout(500);
  await look();
  await context.close();
  opened.forEach((number) => called.add(number));
  return { opened, called, dressed };
}

/** Every step, its prediction, and the check question with each of its answers. */
async function read(page, { steps }) {
  for (const step of steps) {
    await attempt(() => page.getByTestId('choice').first().click({ timeout: 200 }));
    await page.waitForTimeout(150);
    for (const option of await page.getByTestId('option').all()) await attempt(() => option.click({ timeout: 500 }));
    await attempt(() => page.getByTestId('show-me').first().click({ timeout: 200 }));
    const term = page.getByTestId('term').first();
    for (let press = 0; press < 2; press += 1) await attempt(() => term.click({ timeout: 200 }));
    if (step !== steps.at(-1)) await attempt(() => page.getByTestId('next-step').click({ timeout: 1_000 }));
  }
}

/** The transport, the knobs, what can be pointed at. */
async function handle(page) {
  await attempt(() => page.getByTestId('play').click());
  await page.waitForTimeout(700);
  await attempt(() => page.getByTestId('play').click());
  await attempt(() => page.getByTestId('scrub').focus());
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'End', 'ArrowLeft']) await page.keyboard.press(key);
  await attempt(() => page.getByRole('heading', { level: 1 }).focus());
  for (const key of ['m', ' ', ' ', 'n', 'b', '?', 'Escape']) await page.keyboard.press(key);
  for (const button of await page.locator('.transport .icon').all()) await attempt(() => button.click({ timeout: 300 }));
  await attempt(() => page.getByTestId('speed').selectOption({ index: 1 }));
  for (let press = 0; press < 3; press += 1) await attempt(() => page.getByTestId('theme').click({ timeout: 300 }));
  for (const button of await page.locator('.panel-head button').all()) await attempt(() => button.click({ timeout: 300 }));
  const sliders = await page.locator('.knob input[type=range]').all();
  for (const slider of sliders) {
    await attempt(() => slider.focus());
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
  }
  const field = page.locator('.knob input[type=text]').first();
  await attempt(async () => { await field.fill('0.7'); await field.press('Enter'); });
  await attempt(() => page.locator('.knobs .reset').click({ timeout: 500 }));
  for (const name of ['.timeline .name', '.person', '.code .chip', '.story li']) {
    await attempt(() => page.locator(name).first().hover({ timeout: 300 }));
    await attempt(() => page.locator(name).first().focus({ timeout: 100 }));
  }
}

/** A live run, watched to its end. */
async function runOnce(page) {
  await attempt(() => page.getByTestId('run').click());
  await attempt(() => page.locator('[data-testid="stage"][data-run="finished"]').waitFor({ timeout: LONGEST_RUN }));
}

/** A live run of each mode, and what follows upon one. */
async function run(page, slug, { modes, plain, quick, steps }) {
  const hidden = [];
  for (const mode of modes) {
    const button = page.getByTestId(`mode-${mode}`);
    if (await button.isVisible()) await button.click();
    else hidden.push(mode);
    await runOnce(page);
    await page.waitForTimeout(200);
    await attempt(() => page.getByTestId('in-simulation').click({ timeout: 300 }));
  }
  // A mode that the step does not offer: an address leads there.
  for (const mode of hidden) {
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, `?${new URLSearchParams({ lesson: slug, step: plain, mode, ...quick })}`);
    await page.locator(`[data-testid="mode-${mode}"][aria-pressed="true"]`).waitFor({ state: 'attached' });
    await runOnce(page);
    await page.waitForTimeout(200);
  }
  // To the other steps, each from what was run in the one before: at once, and while the last one still walks out.
  for (let turn = 1; turn < steps.length; turn += 1) await attempt(() => page.getByTestId('back-step').click({ timeout: 300 }));
  for (let turn = 1; turn < Math.min(4, steps.length); turn += 1) {
    await runOnce(page);
    await page.waitForTimeout(150 * (turn - 1));
    await attempt(() => page.getByTestId('next-step').click({ timeout: 300 }));
  }
  // Once more, to be left while it runs.
  await attempt(() => page.getByTestId('run').click());
  await page.waitForTimeout(300);
}

const TELEPHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', colorScheme: 'dark' };

/** What is called in a lesson; the first one's walk is taken on a telephone too. */
async function lesson(browser, site, slug, isFirst) {
  const facts = LESSONS[slug];
  const walks = [
    [isFirst ? `?lesson=${slug}` : '?lesson=waiting', async (page) => { await read(page, facts); await handle(page); }, isFirst ? {} : { leads: slug }],
    [`?lesson=${slug}&${new URLSearchParams(facts.quick)}`, (page) => run(page, slug, facts)],
  ];
  if (facts.exam) walks.push([`?lesson=${slug}&step=check`, answerAll]);
  if (!isFirst) walks.push([`?lesson=${slug}`, () => {}]);
  if (isFirst) {
    walks.push([`?lesson=${slug}`, handle, TELEPHONE]);
    // To another lesson, whose text does not come: what it calls when it is there is its own.
    walks.push([`?lesson=${slug}`, async (page) => {
      await page.route(/lessons\/[^/]*\.txt$/, (route) => route.abort());
      await attempt(() => page.locator('a.crumb').nth(1).click());
      await page.waitForTimeout(400);
      await page.unrouteAll();
    }]);
    // From its own page, as a search engine leads there.
    walks.push(['index.html', () => {}]);
  }
  return together(browser, site, walks);
}

/** The home page. */
const home = (page) => attempt(() => page.getByRole('link').first().hover());

/** The twelve questions, and their result. */
async function answerAll(page) {
  for (let question = 0; question < 12; question += 1) {
    await attempt(() => page.getByTestId('exam-option').first().click());
    await attempt(() => page.getByTestId('exam-next').click({ timeout: 300 }));
  }
  await attempt(() => page.getByTestId('exam-show').click());
  await page.waitForTimeout(300);
}

/** The lab: as it opens, a counter more, a run. */
async function lab(page) {
  await attempt(() => page.getByTestId('run').first().click());
  await page.waitForTimeout(2_000);
  await attempt(() => page.getByTestId('stop').first().click());
  for (const preset of (await page.locator('[data-testid^=preset-]').all()).slice(0, 3)) {
    await attempt(() => preset.click());
    await page.waitForTimeout(300);
  }
}

async function together(browser, site, walks) {
  const told = { opened: new Set(), called: new Set() };
  let dressed = false;
  for (const walk of walks) {
    const seen = await watched(browser, site, ...walk);
    for (const kind of ['opened', 'called']) seen[kind].forEach((number) => told[kind].add(number));
    dressed ||= seen.dressed;
  }
  const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
  return { opened: sorted(told.opened), called: sorted(told.called), dressed };
}

const site = await serve(0, { folder });
const worker = await readFile(`${folder}/worker.js`, 'utf8');
site.changed['index.html'] = (page) => page.replace('<html ', '<html data-open="lesson=waiting" ');
site.changed['worker.js'] = () => `(${collect})(true);\n${worker}`;
const browser = await chromium.launch(launchOptions);
const slugs = await lessonSlugs();
const places = [...slugs, 'lab', 'home'];
const called = {};
const waiting = [...places];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let place = waiting.shift(); place; place = waiting.shift()) {
    if (place === 'home') called[place] = await together(browser, site, [['', home], ['', home, TELEPHONE]]);
    else if (place === 'lab') called[place] = await together(browser, site, [['?page=lab', lab]]);
    else called[place] = await lesson(browser, site, place, place === slugs[0]);
  }
}));
await browser.close();
await site.close();
await writeFile(out, JSON.stringify(places.map((place) => ({ place, ...called[place] }))));
