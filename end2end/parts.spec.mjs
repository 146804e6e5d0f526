// The program in parts: what the first lesson calls only when something is done is fetched with the first sign of somebody; what it
// does not call at all, with the lesson that needs it, once, and before it is needed; and what nobody thought of, when it is called.

import { expect, expectRun, LESSONS, test } from './fixtures.mjs';

/** Nearly every lesson is the first to call something. */
const LESSONS_WITH_PARTS = 8;
const partOf = (request) => request.url().match(/-part(\d+)\.wasm$/)?.[1];

/** For those who save data nothing is fetched before it is needed. */
const saveData = () => Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } });

/** What a page asks for from now on: parts of the program, and how. */
function parts(page) {
  const asked = [];
  page.on('request', (request) => {
    if (partOf(request)) asked.push([request.resourceType(), Number(partOf(request))]);
  });
  return asked;
}

/** How many parts are on their way, of those that are asked for from now on. */
function onTheirWay(page) {
  let count = 0;
  page.on('request', (request) => { if (partOf(request)) count += 1; });
  page.on('requestfinished', (request) => { if (partOf(request)) count -= 1; });
  return () => count;
}

/** The first sign of somebody, and what it brings. */
async function touch(page) {
  const comes = page.waitForResponse(/-part\d+\.wasm$/);
  const left = onTheirWay(page);
  await page.mouse.move(300, 300);
  await (await comes).finished();
  await expect.poll(left).toBe(0);
  // It is compiled in a moment.
  await expect.poll(() => page.evaluate(() => globalThis.courseParts.compiled.filter(Boolean).length)).toBeGreaterThan(0);
}

test('the rest of the program comes when somebody is there, each part once, and nothing stops', async ({ page }) => {
  const asked = parts(page);
  await page.goto('?lesson=waiting');
  await expect(page.getByTestId('stage')).toBeVisible();
  await touch(page);
  const names = async () => new Set(asked.map(([, part]) => part)).size;
  await expect.poll(names).toBeGreaterThan(LESSONS_WITH_PARTS);
  await expect.poll(() => page.evaluate(() => globalThis.courseParts.compiled.filter(Boolean).length)).toBe(await names());
  await page.getByTestId('share').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(asked.every(([how]) => how === 'fetch'), JSON.stringify(asked)).toBe(true);
  expect(asked.length).toBe(await names());
});

for (const [place, name] of [['?lesson=waiting', 'the first lesson'], ['./', 'the home page']]) {
  test(`who leaves ${name} without having touched anything needs no part: nothing can be fetched then`, async ({ page }) => {
    await page.goto(place);
    await expect(page.getByTestId('stage')).toBeVisible();
    await page.waitForTimeout(500);
    const asked = parts(page);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      window.dispatchEvent(new Event('pagehide'));
    });
    await page.waitForTimeout(500);
    expect(asked).toEqual([]);
  });
}

test('a page that is closed at once asks for nothing', async ({ context }) => {
  for (const place of ['?lesson=waiting', '?lesson=takeaways', '?page=lab', './']) {
    const page = await context.newPage();
    await page.goto(place);
    await expect(page.locator('#fallback')).toHaveCount(0);
    await page.waitForTimeout(500);
    const asked = parts(page);
    const failed = [];
    page.on('pageerror', (error) => failed.push(error.message));
    await page.close();
    await new Promise((go) => { setTimeout(go, 300); });
    expect([asked, failed], place).toEqual([[], []]);
  }
});

test('colours and width change before anything is touched: no part is called for that', async ({ page }) => {
  await page.goto('?lesson=waiting');
  await expect(page.getByTestId('stage')).toBeVisible();
  await page.waitForTimeout(500);
  const asked = parts(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 600, height: 900 });
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
});

const isSheet = (request) => /\/more-[0-9a-f]+\.css$/.test(request.url());
const hasSheet = (page) => page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.includes('/more-')));

test('the second style sheet comes with the first sign of somebody', async ({ page }) => {
  await page.goto('?lesson=waiting');
  await expect(page.getByTestId('stage')).toBeVisible();
  await page.waitForTimeout(500);
  expect(await hasSheet(page)).toBe(false);
  await touch(page);
  await expect.poll(() => hasSheet(page)).toBe(true);
  await page.getByTestId('share').click();
  await expect(page.getByRole('dialog')).toHaveCSS('border-radius', '18px');
});

test('a place that looks as the second style sheet says has it from the start, and no place has it twice', async ({ page }) => {
  for (const place of ['?lesson=takeaways', '?page=lab', './', '?lesson=waiting&step=next']) {
    const asked = [];
    page.on('request', (request) => { if (isSheet(request)) asked.push(request.url()); });
    await page.goto(place);
    await expect(page.locator('#fallback')).toHaveCount(0);
    expect(await hasSheet(page), place).toBe(true);
    await page.mouse.move(200, 200);
    await page.waitForTimeout(300);
    expect(asked.length, place).toBe(1);
    page.removeAllListeners('request');
  }
});

test.describe('without the second style sheet', () => {
  test.use({ expectedFaults: [[/Failed to load resource|more-[0-9a-f]+\.css/], { option: true }] });

  test('everything works', async ({ page }) => {
    await page.route(/\/more-[0-9a-f]+\.css$/, (route) => route.abort());
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    await page.mouse.move(300, 300);
    await page.getByTestId('run').click();
    await expectRun(page, 'finished', { timeout: 40_000 });
    await page.getByTestId('next-step').click();
    await expect(page.getByRole('main')).toHaveAttribute('data-step', LESSONS.waiting.steps[1]);
  });
});

test('the home page brings only what it calls as it opens', async ({ page }) => {
  const asked = parts(page);
  await page.goto('./');
  await expect(page.getByTestId('lab-card')).toBeVisible();
  await page.waitForTimeout(500);
  expect(asked.length).toBe(1);
});

test.describe('for those who save data', () => {
  test.beforeEach(async ({ page }) => { await page.addInitScript(saveData); });

  test('the first lesson is shown without any other part', async ({ page }) => {
    const asked = parts(page);
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    await page.waitForTimeout(1_000);
    expect(asked).toEqual([]);
  });

  test('the first lesson needs no part but those that come with the first sign of somebody: run, read to its end, answered, opened again', async ({ page }) => {
    const asked = parts(page);
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    await touch(page);
    const came = asked.length;
    await page.getByTestId('run').click();
    await expectRun(page, 'finished', { timeout: 40_000 });
    for (const step of LESSONS.waiting.steps.slice(1)) {
      await page.getByTestId('next-step').click();
      await expect(page.getByRole('main')).toHaveAttribute('data-step', step);
    }
    for (const option of await page.getByTestId('option').all()) await option.click();
    await page.getByTestId('show-me').first().click();
    await page.getByTestId('theme').click();
    expect(asked.map(([how]) => how)).toEqual(Array(came).fill('fetch'));
    await page.reload();
    await expect(page.getByTestId('stage')).toBeVisible();
    await page.waitForTimeout(1_000);
    // The address leads into the middle of the lesson: its parts come with it.
    expect(asked.map(([how]) => how)).toEqual(Array(2 * came).fill('fetch'));
  });

  test('who comes back finds everything that the lesson as it was left calls', async ({ page }) => {
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    await touch(page);
    await page.getByTestId('theme').click();
    await page.getByTestId('run').click();
    await expectRun(page, 'finished', { timeout: 40_000 });
    const asked = parts(page);
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    await page.waitForTimeout(1_000);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(([how]) => how === 'fetch'), JSON.stringify(asked)).toBe(true);
  });

  test('whoever is faster than the part that comes gets what is pressed all the same', async ({ page }) => {
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    // No pointer has moved, and no key was pressed.
    await page.getByTestId('run').evaluate((button) => button.click());
    await expectRun(page, 'finished', { timeout: 40_000 });
  });

  test('another lesson fetches its parts before it is shown, and each part once', async ({ page }) => {
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    const asked = parts(page);
    const left = onTheirWay(page);
    await touch(page);
    for (const slug of ['burger-api', 'io-bound', 'burger-api']) {
      await page.evaluate((lesson) => document.querySelector(`a[href="?lesson=${lesson}"]`).click(), slug);
      await expect(page.getByRole('main')).toHaveAttribute('data-step', LESSONS[slug].steps[0]);
      // Nobody presses anything in the moment in which a lesson is shown: what it calls only then may still be on its way.
      await expect.poll(left).toBe(0);
    }
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(([how]) => how === 'fetch'), JSON.stringify(asked)).toBe(true);
    expect(new Set(asked.map(([, part]) => part)).size).toBe(asked.length);
  });

  test('a place that needs no part of its own waits for those that are on their way', async ({ page }) => {
    await page.route(/-part\d+\.wasm$/, async (route) => {
      await new Promise((late) => { setTimeout(late, 500); });
      await route.continue();
    });
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('stage')).toBeVisible();
    const asked = parts(page);
    await page.mouse.move(300, 300);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    // What the page does when another place is asked for.
    const compiled = await page.evaluate(async () => {
      await globalThis.courseParts.bring('nowhere');
      return Object.keys(globalThis.courseParts.compiled).map(Number);
    });
    expect(compiled).toEqual(expect.arrayContaining(asked.map(([, part]) => part)));
  });

  test('a live run calls nothing that is not there, in a mode too that its step does not offer', async ({ page }) => {
    const asked = parts(page);
    await page.goto('?lesson=structured&step=check&mode=join');
    await page.getByTestId('run').click();
    await expectRun(page, 'finished', { timeout: 40_000 });
    expect(asked.filter(([how]) => how !== 'fetch')).toEqual([]);
  });

  test('what nobody thought of comes when it is called', async ({ page }) => {
    await page.goto('?lesson=waiting');
    const asked = parts(page);
    await page.getByTestId('share').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(asked.map(([how]) => how)).toContain('xhr');
  });

  test.describe('a part that does not come', () => {
    test.use({ expectedFaults: [[/Failed to (load resource|execute 'send')|NetworkError|-part\d+\.wasm/], { option: true }] });

    test('is told of, with a way back that works', async ({ page }) => {
      await page.goto('?lesson=waiting');
      await expect(page.getByTestId('stage')).toBeVisible();
      await page.route('**/*-part*.wasm', (route) => route.abort());
      await page.getByTestId('share').click();
      await expect(page.getByRole('heading', { name: 'A part of the program did not arrive' })).toBeVisible();
      await page.unroute('**/*-part*.wasm');
      await page.getByRole('link', { name: 'Load the page again' }).click();
      await expect(page.getByTestId('stage')).toBeVisible();
    });
  });
});
