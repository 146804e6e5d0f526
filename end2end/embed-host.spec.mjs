// What a frame and the page around it say to each other: height, score and state, commands; and who is not listened to.

import { expectRun } from './fixtures.mjs';
import { SHORT, expect, heard, hears, openFrame, order, stageIn, tell, test } from './embed.mjs';

const SLUG = 'sync-vs-async';
const LESSON = { lesson: SLUG, ui: 'lesson', id: 'me' };
const REPORT = 'SPLICE.reportScoreAndState';
const answerRight = (frame) => frame.locator('[data-testid=option][data-right=true]').click();

test('the frame tells how tall it is, to Canvas and to WordPress, and grows with its lesson', async ({ page, hosts, course }) => {
  const frame = await openFrame(page, { hosts, course }, LESSON, { script: 'window.grows = true', hash: '#?secret=aB3' });
  const first = await hears(page, 'lti.frameResize');
  expect(first.height).toBeGreaterThan(700);
  expect(typeof first.message_id).toBe('string');
  expect((await hears(page, 'height', (it) => it.value === first.height)).secret).toBe('aB3');
  const height = async () => (await frame.locator('#app').boundingBox()).height;
  const settled = () => expect.poll(async () => {
    const [box, content] = [await page.locator('#frame').boundingBox(), await height()];
    return Math.abs(box.height - content);
  }, { message: 'the frame is as tall as its content' }).toBeLessThan(5);
  await settled();
  const before = await height();
  await frame.getByTestId('legend').locator('summary').click();
  await expect.poll(height).toBeGreaterThan(before + 50);
  await settled();
  await frame.getByTestId('legend').locator('summary').click();
  await settled();
  expect(Math.abs(await height() - before)).toBeLessThan(5);
  const said = (await heard(page, 'lti.frameResize')).length;
  await page.waitForTimeout(600);
  expect((await heard(page, 'lti.frameResize')).length, 'a quiet lesson says nothing').toBe(said);
  // The secret is still there after a step: a frame that is loaded anew grows as well.
  await frame.getByTestId('next-step').click();
  expect(await frame.locator('html').evaluate(() => location.hash)).toBe('#?secret=aB3');
});

test('score and state: a check counts at once, the score never falls, and the host brings all of it back', async ({ page, hosts, course }) => {
  const asked = { ...LESSON, step: 'check', storage: 'none' };
  let frame = await openFrame(page, { hosts, course }, asked, { script: 'window.answers = { state: null }' });
  expect(await hears(page, 'SPLICE.getState')).toMatchObject({ content_id: SLUG, domain_id: new URL(course.url).origin });
  // One step of six has been seen: four tenths are for the steps.
  expect((await hears(page, REPORT)).score).toBeCloseTo(0.4 / 6, 3);
  await expect(frame.getByTestId('notes')).toBeEmpty();
  await answerRight(frame);
  const right = await hears(page, REPORT, ({ score }) => score > 0.6);
  expect(right.score).toBeCloseTo(0.6 + 0.4 / 6, 3);
  expect(right.state).toMatch(/^v=1&sync-vs-async=check/);
  expect(await hears(page, 'SPLICE.sendEvent', ({ name }) => name === 'check')).toBeTruthy();
  for (let step = 0; step < 5; step += 1) await order(page, 'goto', { step: step + 1 });
  const whole = await hears(page, REPORT, ({ complete }) => complete);
  expect(whole.score).toBe(1);
  const reports = await heard(page, REPORT);
  for (const [index, { score, at }] of reports.entries()) {
    expect(score).toBeGreaterThan(index ? reports[index - 1].score - 1e-9 : 0);
    // The check was answered within the second, and went out at once.
    if (index && score !== right.score) expect(at - reports[index - 1].at).toBeGreaterThan(950);
  }

  // Gone and back again, with nothing kept in the browser; the answer comes late, and others came before it.
  await page.goto('about:blank');
  frame = await openFrame(page, { hosts, course }, asked);
  const { message_id } = await hears(page, 'SPLICE.getState');
  await expect(stageIn(frame)).toBeVisible();
  await tell(page, { subject: 'SPLICE.getState.response', message_id: 'somebody-else', state: 'v=1&waiting=one' });
  await tell(page, { subject: 'SPLICE.getState.response', message_id, state: null });
  await page.evaluate(() => { heard.length = 0; });
  await tell(page, { subject: 'SPLICE.getState.response', message_id, state: whole.state });
  await tell(page, { subject: 'SPLICE.getState.response', message_id, state: 'v=1&waiting=one' });
  await hears(page, REPORT, ({ score }) => score === 1);
  expect((await heard(page, 'SPLICE.sendEvent')).map(({ name }) => name), 'what is brought back is no new answer').not.toContain('check');
  await tell(page, { subject: 'SPLICE.flushState', message_id: 'f1' });
  expect(await hears(page, 'SPLICE.flushState.response')).toMatchObject({ message_id: 'f1', success: true, hadState: false });
  expect((await heard(page, REPORT)).at(-1).state).toBe(whole.state);
});

test('coming back to a host that answers with less, or not at all, takes nothing away', async ({ page, hosts, near: course }) => {
  const asked = { ...LESSON, step: 'check' };
  let frame = await openFrame(page, { hosts, course }, asked, { script: 'window.answers = { state: null }' });
  await answerRight(frame);
  const { score } = await hears(page, REPORT, (it) => it.score > 0.6);
  // Back through the browser's own cache or without it: what was reached here is still known.
  await page.goto(hosts.page('<p>Elsewhere.'));
  await page.goBack();
  await expect(stageIn(page.frameLocator('#frame'))).toBeVisible();
  frame = await openFrame(page, { hosts, course }, asked, { script: "window.answers = { state: 'v=1&sync-vs-async=wake' }" });
  const again = await hears(page, REPORT);
  expect(again.score).toBeGreaterThanOrEqual(score);
  expect(again.state).toContain('checked');
  for (const report of await heard(page, REPORT)) expect(report.score).toBeGreaterThanOrEqual(score);
  // A host that cannot answer: the reader is told, the lesson goes on.
  frame = await openFrame(page, { hosts, course }, asked, { script: "window.answers = { error: 'down' }" });
  await expect(frame.getByTestId('notes')).toContainText('could not bring back your progress');
});

test('a host that says nothing is not told before it could answer, and never of a zero', async ({ page, hosts, course }) => {
  const frame = await openFrame(page, { hosts, course }, { ...LESSON, storage: 'none' });
  const first = await hears(page, REPORT);
  // It is asked three times, a second between: then it has had its time. (When a page hears something says little of when
  // a busy frame said it; the order of what it hears stands.)
  const asked = await heard(page, 'SPLICE.getState');
  expect(asked.map(({ at }) => at < first.at)).toEqual([true, true, true]);
  expect(new Set(asked.map(({ message_id }) => message_id)).size).toBe(1);
  expect(first.score).toBeGreaterThan(0);
  await expect(frame.getByTestId('notes')).toContainText('not saved');
  // Hidden: what has not been said is said now. This one is no lie of a test: the page hears it within a frame.
  await order(page, 'goto', { step: 2 });
  await hears(page, 'SPLICE.sendEvent', ({ name, data }) => name === 'step' && data.step === 'predict');
  await frame.locator('html').evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  expect((await hears(page, REPORT, (it) => it.score > first.score)).state).toContain('predict');
});

test.describe(() => {
  // The browser says that a message for another origin was not delivered.
  test.use({ expectedFaults: [[/Failed to execute 'postMessage'/], { option: true }] });

  test('only the parent is heard, only from its origin, and only what is well formed', async ({ page, hosts, course }) => {
    const other = `<iframe id="other" title="Another" srcdoc="<script>onmessage = ({ data }) =>
      top.frames[data.to].postMessage(data.message, '*')</script>"></iframe>`;
    const frame = await openFrame(page, { hosts, course }, { ...LESSON, ...SHORT, origin: hosts.origin }, { before: other });
    await hears(page, 'burger:ready');
    const bad = [
      { type: 'burger:cmd', cmd: 'play' },
      { type: 'burger:cmd', v: 2, cmd: 'play' },
      { type: 'burger:cmd', v: 1, id: 'another', cmd: 'play' },
      { type: 'burger:cmd', v: 1, cmd: 'play', args: { x: 'x'.repeat(70_000) } },
      { type: 'burger:cmd', v: 1, cmd: 'play', ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k${at}`, at])) },
      { type: 'burger:cmd', v: 1, cmd: ['play'] },
      { subject: 'SPLICE.flushState2' },
      ['play'], 'play', 7, null,
    ];
    for (const message of bad) await tell(page, message);
    const play = { type: 'burger:cmd', v: 1, cmd: 'play' };
    await page.evaluate((message) => document.getElementById('other').contentWindow.postMessage({ to: 1, message }, '*'), play);
    await order(page, 'mode', { mode: '__proto__' }, 'm');
    await hears(page, 'burger:error', ({ message_id }) => message_id === 'm');
    expect((await heard(page, 'burger:error')).map(({ message }) => message).join()).toContain('too long');
    await page.waitForTimeout(300);
    await expectRun(frame, 'idle');
    await tell(page, play);
    await expectRun(frame, 'finished');
    // Nothing a host says becomes HTML.
    await order(page, 'theme', { theme: '<img src=x onerror=alert(1)>' });
    await hears(page, 'burger:error', ({ message }) => message.includes('<img'));
    await expect(frame.locator('img')).toHaveCount(0);

    // Another origin than the one that was said: neither heard nor told.
    const deaf = await openFrame(page, { hosts, course }, { ...LESSON, ...SHORT, origin: 'https://course.example' });
    await expect(stageIn(deaf)).toBeVisible();
    await tell(page, play);
    await page.waitForTimeout(800);
    await expectRun(deaf, 'idle');
    expect(await page.evaluate(() => heard.length)).toBe(0);
  });
});
