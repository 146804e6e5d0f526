// <burger-lesson> in a page of another site: attributes, properties, methods, events; several of them, taken out and put
// back; and messages from anybody else.

import { expectRun } from './fixtures.mjs';
import { expect, stageIn, test } from './embed.mjs';

const EVENTS = ['ready', 'step', 'score', 'complete', 'state', 'error'];

/** Opens a page with the element's script and these elements; `window.told` is what the page itself hears of them. */
async function openElements(page, { hosts, course }, elements, headers = {}) {
  const listen = `<script>
    window.told = [];
    for (const name of ${JSON.stringify(EVENTS)}) {
      document.addEventListener('burger-' + name, ({ target, detail, composed }) => told.push({ name, id: target.id, composed, ...detail }));
    }
  </script>`;
  const script = `<script async src="${course.url}burger-lesson.js"></script>`;
  await page.goto(hosts.page(listen + script + elements, headers));
}
const told = (page, name, id) => page.evaluate(([name, id]) =>
  window.told.filter((it) => it.name === name && (!id || it.id === id)), [name, id]);
const hears = async (page, name, id) => {
  await expect.poll(async () => (await told(page, name, id)).length, { message: `burger-${name} of ${id}`, timeout: 20_000 })
    .toBeGreaterThan(0);
  return (await told(page, name, id)).at(-1);
};
// Playwright looks into open shadow roots.
const frameOf = (page, id) => page.frameLocator(`#${id} >> iframe`);
const call = (page, id, method, ...args) => page.evaluate(([id, method, args]) =>
  document.getElementById(id)[method](...args).then(() => 'done', ({ message }) => message), [id, method, args]);

test('attributes, methods and events', async ({ page, hosts, course }) => {
  await openElements(page, { hosts, course }, `
    <burger-lesson id="a" lesson="sync-vs-async" step="clerk" mode="async" timings='{"grilling": 0.5, "ordering": 0.2}'
      theme="dark" speed="2" height="500"><a href="${course.url}?lesson=sync-vs-async">The lesson</a></burger-lesson>`);
  const a = frameOf(page, 'a');
  const ready = await hears(page, 'ready', 'a');
  expect(ready).toMatchObject({ lesson: 'sync-vs-async', step: 'clerk', number: 3, steps: 6, mode: 'async', ui: 'lesson', composed: true });
  await expect(page.getByRole('link', { name: 'The lesson' })).toBeHidden();
  await expect(page.locator('#a >> iframe')).toHaveAttribute('title', 'The lesson');
  await expect(page.locator('#a >> iframe')).toHaveAttribute('part', 'frame');
  await expect(a.getByTestId('field-grilling')).toHaveValue('0.5');
  await expect(a.getByTestId('speed')).toHaveValue('2');
  await expect(a.locator('html')).toHaveAttribute('data-theme', 'dark');
  // It is as tall as its lesson.
  await expect.poll(async () => (await page.locator('#a >> iframe').boundingBox()).height).toBeGreaterThan(700);

  // A mark in the frame: what can be said is said, and does not load it anew.
  await a.locator('html').evaluate(() => { window.mark = 1; });
  await page.evaluate(() => {
    const a = document.getElementById('a');
    for (const [name, value] of [['theme', 'light'], ['mode', 'side'], ['timings', '{"grilling": 0.7}'], ['step', 'wake'], ['speed', '4']]) {
      a.setAttribute(name, value);
    }
  });
  await expect(a.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(a.getByRole('main')).toHaveAttribute('data-step', 'wake');
  await expect(a.getByTestId('speed')).toHaveValue('4');
  expect(await hears(page, 'step', 'a')).toMatchObject({ step: 'wake', number: 4 });

  expect(await call(page, 'a', 'goto', 3)).toBe('done');
  expect(await call(page, 'a', 'setKnob', 'customers', 2)).toBe('done');
  expect(await call(page, 'a', 'setKnob', 'nope', 2)).toContain('no knob “nope”');
  expect(await call(page, 'a', 'goto', 'nope')).toContain('no step “nope”');
  expect((await hears(page, 'error', 'a')).message).toContain('nope');
  // From the moment that the step shows, playing goes on; from the start, it is a live run.
  await a.locator('.scenes').scrollIntoViewIfNeeded();
  expect(await call(page, 'a', 'play')).toBe('done');
  await expect(stageIn(a)).toHaveAttribute('data-playback', /playing|ended/);
  expect(await call(page, 'a', 'reset')).toBe('done');
  await expectRun(a, 'idle');
  await expect(stageIn(a)).toHaveAttribute('data-playback', 'paused');
  expect(await call(page, 'a', 'play')).toBe('done');
  await expectRun(a, /starting|running|finished/);
  expect(await call(page, 'a', 'pause')).toBe('done');
  await expect(stageIn(a)).toHaveAttribute('data-playback', /paused|ended/);
  expect(await a.locator('html').evaluate(() => window.mark)).toBe(1);
  // What cannot be said loads it anew.
  await page.evaluate(() => document.getElementById('a').setAttribute('lesson', 'waiting'));
  await expect(a.getByRole('main')).toHaveAttribute('data-step', 'one');
});

test('score and state: several of one page, taken out and put back; another day the page brings it back', async ({ page, hosts, course }) => {
  const pair = `<burger-lesson id="a" lesson="sync-vs-async" step="check" storage="none"></burger-lesson><div id="place"></div>
    <burger-lesson id="b" lesson="waiting" storage="none"></burger-lesson>`;
  await openElements(page, { hosts, course }, pair);
  await page.evaluate(() => { document.querySelectorAll('burger-lesson').forEach((it) => { it.state = null; }); });
  await hears(page, 'ready', 'a');
  const right = () => frameOf(page, 'a').locator('[data-testid=option][data-right=true]').click();
  await right();
  await expect.poll(() => page.evaluate(() => document.getElementById('a').score)).toBeGreaterThan(0.6);
  await page.locator('#b').scrollIntoViewIfNeeded();
  await hears(page, 'ready', 'b');
  await hears(page, 'score', 'b');
  expect(await call(page, 'b', 'flush')).toBe('done');
  const kept = await page.evaluate(() => ['a', 'b'].map((id) => [document.getElementById(id).state, document.getElementById(id).score]));
  expect(kept[0][0]).toContain('checked');
  expect(kept[1][0]).toContain('waiting=one');
  expect(kept[1][1]).toBeLessThan(0.1);

  // Moved, as frameworks do: the frame begins anew, with everything that was reached.
  await page.evaluate(() => {
    window.told = [];
    const a = document.getElementById('a');
    window.early = a.play().catch(({ message }) => message);
    a.remove();
    document.getElementById('place').append(a);
    document.body.prepend(a);
  });
  expect(['the element was taken out of the page', undefined]).toContain(await page.evaluate(() => window.early));
  await page.locator('#a').scrollIntoViewIfNeeded();
  await hears(page, 'ready', 'a');
  expect(await call(page, 'a', 'goto', 1)).toBe('done');
  await expect.poll(() => page.evaluate(() => document.getElementById('a').state)).toContain('two-ways');
  const again = await page.evaluate(() => [document.getElementById('a').state, document.getElementById('a').score]);
  expect(again[0]).toContain('checked');
  expect(again[1]).toBeGreaterThan(kept[0][1]);
  for (let step = 2; step <= 6; step += 1) await call(page, 'a', 'goto', step);
  expect((await hears(page, 'complete', 'a')).score).toBe(1);
  const scores = (await told(page, 'score', 'a')).map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((x, y) => x - y));
  expect((await told(page, 'complete', 'a')).length).toBe(1);

  // Another day: the page sets what it kept, even after the lesson has asked.
  await openElements(page, { hosts, course }, '<burger-lesson id="c" lesson="sync-vs-async" storage="none"></burger-lesson>');
  await hears(page, 'ready', 'c');
  expect(await page.evaluate(() => document.getElementById('c').state)).toBe(null);
  await page.evaluate((state) => { document.getElementById('c').state = state; }, again[0]);
  expect((await hears(page, 'score', 'c')).score).toBeGreaterThan(0.6);
});

test('nobody but its own frame is believed', async ({ page, hosts, course }) => {
  await openElements(page, { hosts, course }, '<burger-lesson id="a" lesson="waiting" storage="none"></burger-lesson><iframe id="other" title="Another" srcdoc="x"></iframe>');
  await page.evaluate(() => { document.getElementById('a').state = ''; });
  await hears(page, 'score', 'a');
  const before = await page.evaluate(() => [document.getElementById('a').score, document.getElementById('a').state]);
  const id = await page.evaluate(() => new URL(document.getElementById('a').shadowRoot.querySelector('iframe').src).searchParams.get('id'));
  const lies = [
    { subject: 'SPLICE.reportScoreAndState', score: 1, state: 'v=1&lie', complete: true },
    { type: 'burger:error', v: 1, id, message: 'a lie', fatal: true },
    { subject: 'lti.frameResize', height: 9999 },
  ];
  await page.evaluate((lies) => {
    for (const lie of lies) {
      // From the page itself, from another frame, from nowhere, and with the right window and a wrong origin.
      postMessage(lie, '*');
      const other = document.getElementById('other').contentWindow;
      const frame = document.getElementById('a').shadowRoot.querySelector('iframe').contentWindow;
      for (const init of [{ source: other, origin: location.origin }, { source: null, origin: '' }, { source: frame, origin: 'https://evil.example' },
        { source: frame, origin: 'null' }]) {
        dispatchEvent(new MessageEvent('message', { data: lie, ...init }));
      }
    }
    // From its own frame, and not as it should be.
    const frame = document.getElementById('a').shadowRoot.querySelector('iframe');
    const say = (data) => dispatchEvent(new MessageEvent('message', { data, source: frame.contentWindow, origin: new URL(frame.src).origin }));
    say({ subject: 'SPLICE.reportScoreAndState', score: 1, state: 'x'.repeat(70_000) });
    say({ subject: 'SPLICE.reportScoreAndState', score: 7, state: 'x' });
    say({ subject: 'SPLICE.reportScoreAndState', score: '1', state: 'x' });
    say({ subject: 'SPLICE.reportScoreAndState', score: Number.NaN, state: 'x' });
    say({ subject: 'SPLICE.reportScoreAndState', score: 0, state: 'x' });
    say({ subject: 'SPLICE.reportScoreAndState', score: 1, state: { toString: () => 'x' } });
    say({ type: 'burger:error', v: 1, id: 'another', message: 'a lie' });
    say({ type: 'burger:error', v: 2, message: 'a lie' });
    say({ subject: 'lti.frameResize', height: -1 });
    say({ subject: 'lti.frameResize', height: 1e9 });
    say(null);
    say('text');
  }, lies);
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => [document.getElementById('a').score, document.getElementById('a').state])).toEqual(before);
  expect(await told(page, 'error')).toEqual([]);
  expect((await page.locator('#a >> iframe').boundingBox()).height).toBeLessThan(5000);
  expect(await call(page, 'a', 'pause'), 'and it still works').toBe('done');
});

test.describe(() => {
  test.use({ expectedFaults: [[/CompileError|Content Security Policy|Failed to load resource/], { option: true }] });

  test('a strict page, a course that cannot start, nonsense in the attributes', async ({ page, hosts, course, courseWith }) => {
    const dead = await courseWith({ csp: "default-src 'self'; script-src 'self'" });
    const csp = `default-src 'none'; script-src 'unsafe-inline' ${course.url}; frame-src http:`;
    await openElements(page, { hosts, course }, `
      <burger-lesson id="a" lesson="nope" timings="{not json" height="many" controls="<b>" loading="eager"></burger-lesson>
      <burger-lesson id="b" lesson="waiting" src="${dead.url}" loading="eager"></burger-lesson>`, { 'Content-Security-Policy': csp });
    expect(await call(page, 'b', 'play')).toContain('WebAssembly');
    expect((await hears(page, 'error', 'b')).message).toContain('wasm-unsafe-eval');
    await hears(page, 'ready', 'a');
    const messages = (await told(page, 'error', 'a')).map(({ message }) => message).join();
    expect(messages).toContain('no lesson “nope”');
    expect(messages).toContain('controls=“<b>”');
    await expect(page.locator('#a >> iframe')).toHaveCSS('border-top-width', '0px');
  });
});
