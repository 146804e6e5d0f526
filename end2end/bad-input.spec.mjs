// Whatever comes in by the address, the fields, the storage or as a message: the page says so plainly and goes on.

import {
  QUICK, SLOW, expect, expectEnd, expectPressed, expectRun, numberIn, openLesson, runAWhile, runToEnd,
  spyOnWorkers, stage, test, workersOf,
} from './fixtures.mjs';

const SLUG = 'sync-vs-async';
const notes = (page) => page.getByTestId('notes');
const field = (page, id) => page.getByTestId(`field-${id}`);

test.describe('in the address', () => {
  test('an unknown lesson: a note, and the home page', async ({ page }) => {
    await page.goto('./?lesson=<b>nope</b>');
    await expect(notes(page)).toContainText('There is no lesson “<b>nope</b>”');
    await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    await expect(page.getByRole('main')).not.toHaveAttribute('data-step', /./);
  });

  test('an unknown step: a note, and the first step', async ({ page }) => {
    await openLesson(page, SLUG, { step: 'nope' });
    await expect(notes(page)).toContainText('no step “nope”');
    await expect(page.getByRole('main')).toHaveAttribute('data-step', 'two-ways');
  });

  test('an unknown mode: a note, and the usual mode', async ({ page }) => {
    await openLesson(page, SLUG, { mode: 'nope' });
    await expect(notes(page)).toContainText('no mode “nope”');
    await expectPressed(page.getByTestId('mode-blocking'));
  });

  test('an unknown theme: a note, and the usual colours', async ({ page }) => {
    await page.goto('./?theme=pink');
    await expect(notes(page)).toContainText('no theme “pink”');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'auto');
  });

  for (const [text, value] of [
    ['three', '1.0'], ['', '1.0'], ['NaN', '1.0'], ['-inf', '1.0'], ['1e999', '1.0'], ['1e300', '3.0'],
    ['-4', '0.1'], ['99999999999999999999', '3.0'], ['0.123', '0.1'], ['9'.repeat(5_000), '1.0'],
  ]) {
    test(`a knob at “${text.slice(0, 20)}”: a note, and ${value}`, async ({ page }) => {
      await openLesson(page, SLUG, { 't.ordering': text });
      await expect(notes(page)).toContainText('Ordering');
      await expect(field(page, 'ordering')).toHaveValue(value);
      await expect(page.getByTestId('in-simulation')).toContainText(/^\s*\d+(\.\d+)? s/);
    });
  }

  test('100 kB of it: a note, and what stands at its beginning', async ({ page }) => {
    const response = await page.goto(`./?lesson=${SLUG}&step=clerk&t.customers=4&x=${'%C3%BC'.repeat(17_000)}`);
    expect(response.status()).toBe(200);
    await expect(notes(page)).toContainText('The address is too long');
    await expect(page.getByRole('main')).toHaveAttribute('data-step', 'clerk');
    await expect(field(page, 'customers')).toHaveValue('4');
  });

  test('unknown words are nobody’s business', async ({ page }) => {
    await openLesson(page, SLUG, { utm_source: 'x', 't.nope': '3', __proto__: 'y' });
    await expect(notes(page)).toBeEmpty();
  });

  test('a note can be put away', async ({ page }) => {
    await openLesson(page, SLUG, { step: 'nope', mode: 'nope' });
    const dismiss = notes(page).getByRole('button');
    await expect(dismiss).toHaveCount(2);
    await dismiss.first().click();
    await expect(dismiss).toHaveCount(1);
    await expect(notes(page)).toContainText('no mode');
  });
});

test.describe('in a field', () => {
  for (const text of ['three', 'NaN', '', '1e999', '1 2', '0x10']) {
    test(`“${text}”: a complaint, and the value of before`, async ({ page }) => {
      await openLesson(page, SLUG, { 't.ordering': '0.5' });
      await field(page, 'ordering').fill(text);
      await field(page, 'ordering').press('Enter');
      await expect(field(page, 'ordering')).toHaveValue('0.5');
      await expect(page.getByText(/0\.1 to 3\.0 s$/).or(page.getByText(/not a number/)).first()).toBeVisible();
      await expect(field(page, 'ordering')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByTestId('knob-ordering')).toHaveValue('0.5');
    });
  }

  for (const [text, value] of [['99', '3.0'], ['-1', '0.1'], ['1e30', '3.0'], ['0.44', '0.4']]) {
    test(`“${text}”: a complaint, and ${value}`, async ({ page }) => {
      await openLesson(page, SLUG, { 't.ordering': '0.5' });
      await field(page, 'ordering').fill(text);
      await field(page, 'ordering').press('Enter');
      await expect(field(page, 'ordering')).toHaveValue(value);
      await expect(page.getByText(`set to ${value}`)).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`t\\.ordering=${value === '3.0' ? '3(\\.0)?' : value}`));
      // The next good value puts the complaint away.
      await field(page, 'ordering').fill('0,7');
      await field(page, 'ordering').press('Enter');
      await expect(field(page, 'ordering')).toHaveValue('0.7');
      await expect(page.getByText('set to')).toHaveCount(0);
      await expect(field(page, 'ordering')).toHaveAttribute('aria-invalid', 'false');
    });
  }
});

test.describe('in the storage', () => {
  const KEY = 'concurrent-burgers.progress';

  const BROKEN = {
    'a word': 'garbage',
    nothing: '',
    JSON: '{"v":1}',
    'another version': 'v=2&x=y',
    'too much': 'x'.repeat(100_000),
  };
  for (const [name, broken] of Object.entries(BROKEN)) {
    test(`progress that is ${name}: a note, and it is kept aside`, async ({ page }) => {
      await page.goto('./');
      await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, broken]);
      await openLesson(page, SLUG);
      await expect(notes(page)).toContainText('could not be read');
      const kept = () =>
        page.evaluate((key) => [localStorage.getItem(`${key}.unreadable`), localStorage.getItem(key)], KEY);
      expect((await kept())[0]).toBe(broken);
      expect((await kept())[1], 'new progress is kept').toContain('v=1');
      await page.reload();
      await expect(stage(page)).toBeVisible();
      await expect(notes(page)).toBeEmpty();
      expect((await kept())[0], 'still there').toBe(broken);
    });
  }

  test('progress of steps and lessons that do not exist is left out', async ({ page }) => {
    await page.goto('./');
    await page.evaluate((key) => localStorage.setItem(key, 'v=1&nope=a,b;checked&sync-vs-async=wake,nope;what'), KEY);
    await page.reload();
    await expect(notes(page)).toBeEmpty();
    const values = await page.getByRole('progressbar').evaluateAll((all) => all.map((it) => it.value));
    expect(values.filter((value) => value > 0)).toHaveLength(1);
  });

  const THROWING = {
    'whose methods throw': () => {
      for (const method of ['getItem', 'setItem', 'removeItem', 'key', 'clear']) {
        Storage.prototype[method] = () => {
          throw new DOMException('no', 'QuotaExceededError');
        };
      }
    },
    'that is forbidden': () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    },
  };
  for (const [name, breakStorage] of Object.entries(THROWING)) {
    test(`storage ${name}: a note, and the lesson works`, async ({ page }) => {
      await page.addInitScript(breakStorage);
      await openLesson(page, SLUG, { step: 'check', 't.ordering': '0.1', 't.grilling': '0.2' });
      await expect(notes(page)).toContainText('keeps no data');
      await runToEnd(page);
      await page.getByTestId('theme').click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
      await page.locator('[data-testid="option"][data-right="true"]').click();
      // Within the page, progress is kept in memory.
      await page.getByRole('banner').locator('a[href="./"]').click();
      const progress = page.locator(`main a[href="?lesson=${SLUG}"]`).getByRole('progressbar');
      expect(Number(await progress.getAttribute('value'))).toBeGreaterThan(0);
    });
  }
});

test.describe('as a message', () => {
  /** Nothing that page and threads say to each other; runs in the page. */
  const throwGarbage = () => {
    const event = (...words) => new Uint32Array(words);
    const garbage = [
      null, undefined, 42, '', 'ready', {}, { type: 'ready' }, new ArrayBuffer(8), new Map([[1, 2]]),
      [], [[]], [null], ['nope'], ['batch'], ['batch', 1, 2, 3], ['batch', [1, 2, 3, 4], [], []],
      ['batch', event(0, 0, 999, 0), [], [], 0], ['batch', event(1, 2, 3), [5], [], 0], ['offload'], ['done'], ['done', 7, 7],
      ['failed'], ['failed', 5], ['start'], ['job'], ['job', 1, 'nope', 'x'], ['answer'], ['answer', 77, 1],
      // Events that can be read and make no sense: tasks and texts that do not exist.
      ['batch', event(0, 0xffffff, 2, 0), [], [], 0], ['batch', event(0, 0, 11, 12345), [], [], 0],
      ['batch', event(5, 3, 3, 1, 4, 3, 8, 0, 0, 3, 10, 1), [], [], 0], ['batch', event(0, 0, 0x7fff000c, 0), [], [], 0],
    ];
    for (const data of garbage) {
      window.postMessage(data, '*');
      for (const worker of window.__workers) {
        worker.dispatchEvent(new MessageEvent('message', { data }));
        if (!worker.terminated && !Array.isArray(data)) worker.postMessage(data);
      }
    }
    return garbage.length;
  };

  test('nonsense to the page and from its workers is ignored, in mid-run and at rest', async ({ page }) => {
    await spyOnWorkers(page);
    await openLesson(page, SLUG, { mode: 'async', ...QUICK });
    await page.evaluate(throwGarbage);
    await runAWhile(page);
    await page.evaluate(throwGarbage);
    await expectEnd(page);
    await page.evaluate(throwGarbage);
    expect(await numberIn(page.getByTestId('in-browser'))).toBeGreaterThan(1.6);
    await expect(page.getByTestId('notice')).toBeEmpty();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await runToEnd(page);
    expect(await workersOf(page)).toEqual({ started: 1, terminated: 0, runs: 2 });
  });

  test('nonsense to a worker is ignored', async ({ page }) => {
    await spyOnWorkers(page);
    await openLesson(page, SLUG, { mode: 'async', ...QUICK });
    await runAWhile(page);
    await page.evaluate(() => {
      const garbage = [
        null, 42, 'start', {}, [], [null], ['nope'], ['start'], ['start', 'counter'], ['start', 5, 5, 5, 5, 5],
        ['start', 'counter', 'async', [['x']], 0, 'soon'], ['job'], ['job', 1], ['answer'], ['answer', 12345, 1],
      ];
      const post = Object.getPrototypeOf(Object.getPrototypeOf(window.__workers[0])).postMessage;
      garbage.forEach((data) => post.call(window.__workers[0], data));
    });
    await expectEnd(page);
    expect(await numberIn(page.getByTestId('in-browser'))).toBeGreaterThan(1.6);
  });

  test('a message that comes when nothing runs any more changes nothing', async ({ page }) => {
    await spyOnWorkers(page);
    await openLesson(page, SLUG, SLOW);
    await runAWhile(page);
    await page.getByTestId('stop').click();
    await page.evaluate(() => {
      for (const data of [['finished'], ['ready'], ['failed', 'late']]) {
        window.__workers[0].dispatchEvent(new MessageEvent('message', { data }));
      }
    });
    await expectRun(page, 'stopped');
    await expect(page.getByTestId('notice')).toContainText('Stopped');
  });
});

test.describe('a lesson whose text does not come', () => {
  test.use({ expectedFaults: [[/Failed to load resource/], { option: true }] });

  test('says so, and comes when asked again', async ({ page }) => {
    await page.goto('?page=glossary');
    await page.route('**/lessons/*.txt', (route) => route.fulfill({ status: 503 }));
    await expect(page.locator('a[href="?lesson=waiting"]').first()).toBeAttached();
    await page.evaluate(() => document.querySelector('a[href="?lesson=waiting"]').click());
    await expect(page.getByTestId('missing')).toContainText('503');
    await page.getByTestId('again').click();
    await expect(page.getByTestId('missing')).toBeVisible();
    await page.unroute('**/lessons/*.txt');
    await page.getByTestId('again').click();
    await expect(page.getByTestId('stage')).toBeVisible();
    await expect(page.getByTestId('missing')).toHaveCount(0);
  });

  test('says so where the page opens with it, and lets nobody pass for the lesson', async ({ page }) => {
    await page.route('**/lessons/*.txt', (route) => route.fulfill({ status: 200, body: 'a page of the school\'s proxy' }));
    await page.goto('?lesson=waiting');
    await expect(page.getByTestId('missing')).toContainText('not of this version');
  });
});

test.describe('questions that do not come', () => {
  test.use({ expectedFaults: [[/Failed to load resource/], { option: true }] });

  test('are told of, and come when asked for again', async ({ page }) => {
    await page.route('**/lessons/exam-*.txt', (route) => route.fulfill({ status: 503 }));
    await openLesson(page, 'takeaways', { step: 'check' });
    await expect(page.getByTestId('exam-missing')).toContainText('503');
    await page.unroute('**/lessons/exam-*.txt');
    await page.getByTestId('again').click();
    await expect(page.getByTestId('exam-question')).toBeVisible();
    await expect(page.getByTestId('exam-missing')).toHaveCount(0);
  });
});
