// What a page around a lesson can do to it, a test for each: the lesson stays readable, says plainly what is missing, and
// loses nothing. Coming back to it is in embed-host.spec.mjs.

import { expectRun, numberIn } from './fixtures.mjs';
import { SHORT, expect, heard, hears, openFrame, order, stageIn, test } from './embed.mjs';

const LESSON = { lesson: 'sync-vs-async', ui: 'lesson' };
const SCENE = { lesson: 'sync-vs-async', ui: 'scene', ...SHORT };

const opensInTab = async (frame) => {
  const link = frame.getByRole('link', { name: 'in a tab of its own' });
  await expect(link).toBeVisible();
  expect(await link.evaluate((it) => [it.target, it.href === location.href])).toEqual(['_blank', true]);
};

test('storage blocked: the lesson says so, and the progress is taken along as a code', async ({ page, hosts, course, context }) => {
  let frame = await openFrame(page, { hosts, course }, { ...LESSON, step: 'check' });
  // No trick of a test: the browser blocks it in the frame of another site.
  expect(await frame.locator('html').evaluate(() => {
    try { return Boolean(localStorage); } catch ({ name }) { return name; }
  })).toBe('SecurityError');
  await expect(frame.getByTestId('notes')).toContainText('keeps no data');
  await frame.locator('[data-testid=option][data-right=true]').click();
  await frame.getByTestId('progress').locator('summary').click();
  const code = await frame.getByTestId('progress-code').inputValue();
  expect(code).toContain('checked');
  // Another day, in another frame: the code brings it back.
  const later = await context.newPage();
  frame = await openFrame(later, { hosts, course }, LESSON, { script: 'window.answers = { state: null }' });
  await expect(frame.getByTestId('notes'), 'a host that keeps state is a place to keep it').toBeEmpty();
  frame = await openFrame(later, { hosts, course }, LESSON);
  await frame.getByTestId('progress').locator('summary').click();
  await frame.getByTestId('progress-paste').fill(code);
  await frame.getByTestId('progress-bring').click();
  await expect(frame.getByTestId('progress-told')).toContainText('added');
  await expect(frame.getByTestId('progress-code')).toHaveValue(/checked/);
});

test.describe('where the program cannot come', () => {
  test.use({ expectedFaults: [[/CORS policy|net::ERR_FAILED|Content Security Policy|CompileError/], { option: true }] });

  test('sandboxed without an origin: the text is readable, a link opens the lesson in a tab', async ({ page, hosts, course, context }) => {
    const frame = await openFrame(page, { hosts, course }, LESSON, { attributes: 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' });
    await expect(frame.getByRole('heading', { name: 'One clerk' })).toBeVisible();
    await opensInTab(frame);
    const [tab] = await Promise.all([context.waitForEvent('page'), frame.getByRole('link', { name: 'in a tab of its own' }).click()]);
    await expect(tab.getByTestId('stage')).toBeVisible();
    await expect(tab.getByRole('main')).toHaveAttribute('data-step', 'two-ways');
  });

  test('rules without wasm: the reason, the text, and a link; the page around it hears of it', async ({ page, hosts, courseWith }) => {
    const course = await courseWith({ csp: "default-src 'self'; script-src 'self'" });
    const frame = await openFrame(page, { hosts, course }, { ...LESSON, id: 'me' });
    await expect(frame.locator('#no-wasm')).toContainText('wasm-unsafe-eval');
    await expect(frame.getByRole('heading', { name: 'One clerk' })).toBeVisible();
    await opensInTab(frame);
    expect(await hears(page, 'burger:error')).toMatchObject({ id: 'me', fatal: true });
  });

  test('no WebAssembly at all: the same', async ({ page, hosts, course }) => {
    await page.addInitScript(() => { delete window.WebAssembly; });
    const frame = await openFrame(page, { hosts, course }, LESSON);
    await expect(frame.locator('#no-wasm')).toContainText('no WebAssembly');
    await opensInTab(frame);
    expect((await hears(page, 'burger:error')).message).toContain('no WebAssembly');
  });
});

test.describe(() => {
  test.use({ expectedFaults: [[/Content Security Policy/], { option: true }] });

  test('no workers: the program runs on the page’s own loop, and the page says so', async ({ page, hosts, courseWith }) => {
    const course = await courseWith({ csp: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'" });
    const frame = await openFrame(page, { hosts, course }, { ...SCENE, mode: 'async' });
    await frame.getByTestId('run').click();
    await expectRun(frame, 'finished');
    await expect(frame.getByTestId('notice')).toContainText('own event loop');
  });
});

test('sandboxed, where the course allows everybody to read it: the lesson runs, and keeps its progress in memory', async ({ page, hosts, courseWith }) => {
  const course = await courseWith({ headers: { 'Access-Control-Allow-Origin': '*' } });
  const frame = await openFrame(page, { hosts, course }, { ...SCENE, mode: 'async' }, { attributes: 'sandbox="allow-scripts"' });
  const ready = await hears(page, 'burger:ready');
  expect(ready.from).toBe('null');
  await order(page, 'play');
  await expectRun(frame, 'finished');
});

test('off screen or not displayed: nothing starts before it is seen, and the clock goes on, not the frames', async ({ page, hosts, course }) => {
  const asked = { ...SCENE, mode: 'async', autoplay: '1', 't.grilling': '3' };
  const frame = await openFrame(page, { hosts, course }, asked, { before: '<div style="height: 4000px">A long text.</div>' });
  await hears(page, 'burger:ready');
  await page.waitForTimeout(500);
  await expectRun(frame, 'idle');
  await page.locator('#frame').scrollIntoViewIfNeeded();
  await expectRun(frame, 'running');
  // Away for a second: the run goes on; back again, the scene goes on from where it was seen.
  await page.evaluate(() => scrollTo(0, 0));
  const before = await numberIn(frame.getByTestId('time'));
  await page.waitForTimeout(1000);
  await page.locator('#frame').scrollIntoViewIfNeeded();
  expect(await numberIn(frame.getByTestId('time'))).toBeLessThan(before + 1.5);
  await expectRun(frame, 'finished');
  await expect(stageIn(frame)).toHaveAttribute('data-playback', 'ended');
  const [{ data }] = (await heard(page, 'SPLICE.sendEvent')).filter(({ name }) => name === 'run');
  // Three at 0.2 s, then 3 s on the grill.
  expect(Math.abs(data.seconds - 3.6)).toBeLessThan(0.4);

  const hidden = await openFrame(page, { hosts, course }, asked, { before: '<style>iframe { display: none }</style>' });
  await hears(page, 'burger:ready');
  await order(page, 'play');
  await page.waitForTimeout(500);
  expect(await stageIn(hidden).getAttribute('data-run')).toBe('idle');
  expect(await heard(page, 'lti.frameResize')).toEqual([]);
  await page.evaluate(() => { document.getElementById('frame').style.display = 'block'; });
  await expectRun(hidden, /starting|running/);
  await hears(page, 'lti.frameResize');
});

test('a hidden tab: nothing starts, a run is marked, and nothing comes in a burst', async ({ page, hosts, course }) => {
  const frame = await openFrame(page, { hosts, course }, { ...SCENE, mode: 'async', 't.grilling': '4' });
  const hide = (hidden) => frame.locator('html').evaluate((_, hidden) => {
    Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
  await hears(page, 'burger:ready');
  await hide(true);
  await order(page, 'play');
  await page.waitForTimeout(400);
  await expectRun(frame, 'idle');
  await hide(false);
  await expectRun(frame, 'running');
  await expect.poll(() => numberIn(frame.getByTestId('time'))).toBeGreaterThan(0.2);
  await hide(true);
  // A hidden page gets no frames; nor does one that is held for so long. Looked at from within: the test's own questions
  // take their time.
  const passed = await frame.locator('html').evaluate(async () => {
    const time = () => Number.parseFloat(document.querySelector('[data-testid=time]').textContent);
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    const before = time();
    for (const end = performance.now() + 1200; performance.now() < end;);
    await frame();
    await frame();
    return time() - before;
  });
  expect(passed).toBeLessThan(0.5);
  await hide(false);
  await expect(frame.getByTestId('notice')).toContainText('hidden');
});

test('content as tall as its frame and a bit: it stops asking, and asks again at another width', async ({ page, hosts, course }) => {
  const frame = await openFrame(page, { hosts, course }, SCENE, { script: 'window.grows = true' });
  await hears(page, 'lti.frameResize');
  // What a theme of a course site might do: exactly what no style sheet of the course may.
  await frame.locator('#app').evaluate((app) => {
    addEventListener('resize', () => { app.style.minHeight = `${innerHeight + 12}px`; });
    dispatchEvent(new Event('resize'));
  });
  expect((await hears(page, 'burger:error')).message).toContain('height');
  const said = (await heard(page, 'lti.frameResize')).length;
  expect(said).toBeLessThan(40);
  await page.waitForTimeout(600);
  expect((await heard(page, 'lti.frameResize')).length).toBe(said);
  await page.evaluate(() => { document.getElementById('frame').style.width = '700px'; });
  await expect.poll(async () => (await heard(page, 'lti.frameResize')).length).toBeGreaterThan(said);
});
