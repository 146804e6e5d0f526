// The twelve questions that end the course: answered by keyboard, kept, told by misconception, and the record to print.

import { readFile } from 'node:fs/promises';
import { axeCheck, expect, openLesson, tabTo, test } from './fixtures.mjs';

const SLUG = 'takeaways';
const ASKED = 12;
const STORED = 'concurrent-burgers.progress';
const exam = (page) => page.getByTestId('exam');
const question = (page) => page.getByTestId('exam-question');
const options = (page) => page.getByTestId('exam-option');
const next = (page) => page.getByTestId('exam-next');
const caught = (page) => page.getByTestId('caught');

/** The misconception of each option of each question, in the order of the file; null for the right one. */
async function pool() {
  const text = await readFile(new URL('../lessons/en/questions.toml', import.meta.url), 'utf8');
  const questions = text.split('[[question]]').slice(1).map((part) => [
    /^id = "(.+)"$/m.exec(part)[1],
    part.split('[[question.option]]').slice(1).map((it) => /^misconception = "(.+)"$/m.exec(it)?.[1] ?? null),
  ]);
  return Object.fromEntries(questions);
}

const openExam = (page) => openLesson(page, SLUG, { step: 'check' });

/** Chooses the right answer or the first wrong one; gives the question's id and the option's index in the file. */
async function answer(page, right) {
  const option = question(page).locator(`[data-right="${right}"]`).first();
  await option.check();
  return { id: await question(page).getAttribute('data-id'), option: Number(await option.getAttribute('data-option')) };
}

/** Answers all twelve, the first so many of them wrong, and asks for the result. */
async function answerAll(page, wrong) {
  const given = [];
  for (let at = 0; at < ASKED; at += 1) {
    await page.getByTestId('exam-place').nth(at).click();
    given.push(await answer(page, at >= wrong));
  }
  await page.getByTestId('exam-show').click();
  await expect(page.getByTestId('exam-result')).toContainText(`${ASKED - wrong} of ${ASKED} right`);
  return given;
}

/** The twelve as they stand: ids and the order of the answers. */
async function asked(page) {
  const found = [];
  for (let at = 0; at < ASKED; at += 1) {
    await page.getByTestId('exam-place').nth(at).click();
    await expect(question(page)).toContainText(`Question ${at + 1} of ${ASKED}`);
    const order = await options(page).evaluateAll((all) => all.map((it) => it.dataset.option).join(''));
    found.push(`${await question(page).getAttribute('data-id')} ${order}`);
  }
  return found;
}

test('all by keyboard: the focus follows, and answers can be changed', async ({ page }) => {
  await openExam(page);
  await tabTo(page, options(page).first());
  for (let at = 0; at < ASKED; at += 1) {
    await expect(question(page)).toContainText(`Question ${at + 1} of ${ASKED}`);
    await expect(options(page).first()).toBeFocused();
    await page.keyboard.press('Space');
    await expect(options(page).first()).toBeChecked();
    // Another answer: the arrows go round the group, and the stage does not hear them.
    await page.keyboard.press('ArrowDown');
    await expect(options(page).nth(1)).toBeChecked();
    await expect(page.getByTestId('exam-answered')).toHaveText(`${at + 1} of ${ASKED} answered`);
    if (at === ASKED - 1) break;
    await tabTo(page, next(page));
    await page.keyboard.press('Enter');
    await expect(page.locator('#exam-question')).toBeFocused();
    await page.keyboard.press('Tab');
  }
  await expect(next(page)).toBeDisabled();
  await tabTo(page, page.getByTestId('exam-show'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('exam-result')).toBeFocused();
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByTestId('stage')).toHaveAttribute('data-run', 'idle');
});

test('wrong answers lead to the misconceptions they name, and to steps that are there', async ({ page }) => {
  test.slow();
  const questions = await pool();
  await openExam(page);
  const given = await answerAll(page, 5);
  const expected = new Set(given.map(({ id, option }) => questions[id][option]).filter((it) => it !== null));
  const named = await caught(page).evaluateAll((all) => all.map((it) => it.dataset.misconception));
  expect(new Set(named)).toEqual(expected);
  expect(named.length, 'each is told once').toBe(expected.size);
  for (const belief of await caught(page).all()) {
    await expect(belief.locator('q')).toContainText(/\w+\./);
    await expect(belief).toContainText('But:');
    await expect(belief).toContainText(/It showed in questions? \d/);
    expect(await belief.getByRole('link').count()).toBeGreaterThan(0);
  }
  const links = new Set(await exam(page).getByRole('link').evaluateAll((all) => all.map((it) => it.getAttribute('href'))));
  for (const link of links) {
    await exam(page).getByTestId('exam-review').evaluate((it) => { it.open = true; });
    await exam(page).locator(`a[href="${link}"]`).first().click();
    const wanted = new URLSearchParams(link);
    await expect(page.getByRole('main')).toHaveAttribute('data-step', wanted.get('step'));
    expect(new URL(page.url()).searchParams.get('lesson')).toBe(wanted.get('lesson'));
    await expect(page.getByTestId('notes')).toBeEmpty();
    await page.goBack();
    await expect(page.getByTestId('exam-result'), 'the result is still there').toBeVisible();
  }
});

test('all right: nothing to set right, and the lesson is done', async ({ page }) => {
  await openExam(page);
  await answerAll(page, 0);
  await expect(caught(page)).toHaveCount(0);
  await expect(exam(page)).toContainText('None of your answers shows a wrong belief.');
  expect(await page.evaluate((key) => localStorage.getItem(key), STORED)).toContain('takeaways=check%3Bchecked');
});

test('the result waits for all answers, and says which are missing', async ({ page }) => {
  await openExam(page);
  await answer(page, true);
  await page.getByTestId('exam-place').nth(2).click();
  await answer(page, false);
  await page.getByTestId('exam-show').click();
  await expect(page.getByTestId('exam-answered')).toContainText('No answer yet: 2, 4, 5, 6, 7, 8, 9, 10, 11, 12.');
  await expect(question(page)).toContainText('Question 2 of 12');
  await expect(page.locator('#exam-question')).toBeFocused();
  await expect(page.getByTestId('exam-result')).toHaveCount(0);
  await expect(page.getByTestId('exam-place').nth(0)).toHaveAccessibleName('Question 1, answered');
  await expect(page.getByTestId('exam-place').nth(1)).toHaveAccessibleName('Question 2, no answer yet');
});

test('a reload keeps questions, order, answers and result', async ({ page }) => {
  await openExam(page);
  const before = await asked(page);
  expect(new Set(before).size).toBe(ASKED);
  await page.getByTestId('exam-place').nth(4).click();
  await answer(page, false);
  const seed = await exam(page).getAttribute('data-seed');
  await expect(exam(page)).toContainText(`Set ${seed.padStart(5, '0')}`);
  await page.reload();
  await expect(exam(page)).toHaveAttribute('data-seed', seed);
  expect(await asked(page)).toEqual(before);
  await page.getByTestId('exam-place').nth(4).click();
  await expect(question(page).locator('[data-right="false"]').first()).toBeChecked();
  await expect(page.getByTestId('exam-answered')).toHaveText('1 of 12 answered');
  await answerAll(page, 3);
  await page.reload();
  await expect(page.getByTestId('exam-result')).toContainText('9 of 12 right');
});

test('other questions, the same again, and a score that never falls', async ({ page }) => {
  await openExam(page);
  const before = await asked(page);
  await answerAll(page, 2);
  await expect(page.getByTestId('exam-best')).toContainText('10 of 12');
  await page.getByTestId('exam-same').click();
  await expect(page.locator('#exam-question')).toBeFocused();
  await expect(page.getByTestId('exam-answered')).toHaveText('0 of 12 answered');
  expect(await asked(page)).toEqual(before);
  await answerAll(page, 9);
  await expect(page.getByTestId('exam-best')).toContainText('10 of 12');
  const seed = await exam(page).getAttribute('data-seed');
  await page.getByTestId('exam-other').click();
  await expect(exam(page)).not.toHaveAttribute('data-seed', seed);
  expect(await asked(page)).not.toEqual(before);
  await answerAll(page, 12);
  await expect(page.getByTestId('exam-best')).toContainText('10 of 12');
});

test('a stored text that is not ours does no harm', async ({ page }) => {
  await page.addInitScript((key) => {
    localStorage.setItem(key, 'v=1&waiting=one&exam=77%3Bnope.3%2C.%2Cx.y%3Bshown%3B200');
  }, STORED);
  await openExam(page);
  await expect(exam(page)).toHaveAttribute('data-seed', '77');
  await expect(page.getByTestId('exam-answered')).toHaveText('0 of 12 answered');
});

test.describe('the record', () => {
  const NAME = 'Zoë Quux-Okonkwo';

  const openRecord = async (page) => {
    await openExam(page);
    await answerAll(page, 4);
    await expect(page.getByTestId('record'), 'only when asked for').toHaveCount(0);
    await page.getByTestId('exam-record').click();
    await expect(page.getByTestId('record-name')).toBeFocused();
    await page.keyboard.type(NAME);
    await expect(page.getByTestId('record')).toContainText(NAME);
  };

  test('has name, date, marks and score; the name is kept nowhere', async ({ page }) => {
    const sent = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await openRecord(page);
    const record = page.getByTestId('record');
    await expect(record).toContainText('Final questions: 8 of 12 right');
    await expect(record).toContainText(String(new Date().getFullYear()));
    await expect(record).toContainText('This is a self-check, and no certificate.');
    // Eleven lessons are not begun, so it does not claim that the course is completed.
    await expect(record.getByRole('heading')).toHaveText('Record of progress');
    await expect(record.getByRole('row').filter({ hasText: 'What to take home' })).toContainText('1 of 5');
    const kept = await page.evaluate(async () => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href, document.title,
      await indexedDB.databases?.() ?? [],
    ]));
    for (const part of [NAME, 'Quux', encodeURIComponent(NAME)]) {
      expect(kept).not.toContain(part);
      expect(sent.join('\n')).not.toContain(part);
    }
    await page.reload();
    await page.getByTestId('exam-record').click();
    await expect(page.getByTestId('record-name')).toHaveValue('');
    await expect(page.getByTestId('record')).not.toContainText('Quux');
  });

  test('is one page on paper, and nothing else is', async ({ page }) => {
    await page.addInitScript(() => { window.print = () => { window.__printed = (window.__printed ?? 0) + 1; }; });
    await openRecord(page);
    await page.getByTestId('record-print').click();
    expect(await page.evaluate(() => window.__printed)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByTestId('record')).toBeVisible();
    for (const id of ['stage', 'record-name', 'record-print', 'exam-result', 'exam-other', 'caught', 'back-step']) {
      await expect(page.getByTestId(id).first(), id).toBeHidden();
    }
    await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
    const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g), 'pages').toHaveLength(1);
  });

  test('says that the course is completed when it is', async ({ page }) => {
    await openExam(page);
    await answerAll(page, 1);
    const lessons = await page.getByRole('navigation', { name: 'Lessons' }).getByRole('link')
      .evaluateAll((all) => all.map((it) => new URLSearchParams(it.getAttribute('href')).get('lesson')));
    const steps = {};
    for (const lesson of lessons) {
      await openLesson(page, lesson);
      steps[lesson] = [await page.getByRole('main').getAttribute('data-step')];
      while (await page.getByTestId('next-step').count() > 0) {
        await page.getByTestId('next-step').click();
        steps[lesson].push(await page.getByRole('main').getAttribute('data-step'));
      }
    }
    const done = lessons.map((lesson) => `${lesson}=${steps[lesson].join(',')};checked`).join('&');
    await page.evaluate(([key, text]) => {
      const exam = new URLSearchParams(localStorage.getItem(key)).get('exam');
      localStorage.setItem(key, `v=1&${text}&exam=${encodeURIComponent(exam)}`);
    }, [STORED, done]);
    await openExam(page);
    await page.getByTestId('exam-record').click();
    await expect(page.getByTestId('record').getByRole('heading')).toHaveText('Record of completion');
    await expect(page.getByTestId('record')).toContainText('Final questions: 11 of 12 right');
  });
});

for (const colorScheme of ['light', 'dark']) {
  test.describe(`in ${colorScheme} colours, 320 px wide`, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 700 } });

    test('questions, result and record have no fault and do not scroll sideways', async ({ page }) => {
      const look = async () => {
        await axeCheck(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      };
      await openExam(page);
      await answer(page, false);
      await look();
      await page.getByTestId('exam-show').click();
      await look();
      await answerAll(page, 6);
      await page.getByTestId('exam-review').locator('summary').click();
      await look();
      await page.getByTestId('exam-record').click();
      await page.getByTestId('record-name').fill('W'.repeat(60));
      await look();
    });
  });
}
