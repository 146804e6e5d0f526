// What is drawn is kept: a person, a place on the grill or a bar that moves is the same node as before, and those who stand nearer are
// drawn over those behind.

import { expect, scrubTo, test } from './fixtures.mjs';

/** Who stands in the picture, in the order in which they are drawn: names, where they stand, and how much of the picture they take. */
const people = (page) => page.locator('.scene .person').evaluateAll((all) => all.map((person) => {
  const [y, scale] = person.getAttribute('transform').match(/translate\(\S+ (\S+)\) scale\((\S+)\)/).slice(1).map(Number);
  const { left, right, top, bottom } = person.querySelector('.body').getBoundingClientRect();
  return {
    name: person.dataset.name,
    hair: getComputedStyle(person.querySelector('.hair')).fill,
    // Who sits is drawn higher, behind a table that stays where it is.
    y: y + (person.classList.contains('sits') ? 13 * scale : 0),
    body: { left, right, top, bottom },
  };
}));

/** Everybody who covers somebody that stands nearer. */
const wrongly = (all) => all.flatMap((behind, at) => all.slice(at + 1).filter((before) => {
  const [a, b] = [behind.body, before.body];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom && before.y < behind.y - 0.2;
}).map(({ name }) => `${name} covers ${behind.name}`));

/** Marks every node that a selector finds, and tells how many have such a mark. */
const mark = (page, selector) => page.locator(selector).evaluateAll((all) => all.forEach((node) => { node.isKept = true; }));
const marked = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((node) => node.isKept).length);

const MOVES = ['.scene .person', '.scene .grill', '.bars.known .bar'];

test('the cursor and the knobs move what is there, and make nothing anew', async ({ page }) => {
  await page.goto('?lesson=sync-vs-async&mode=async');
  await scrubTo(page, 0.5);
  await expect(page.locator('.scene .person').first()).toBeVisible();
  const count = {};
  for (const selector of MOVES) {
    await mark(page, selector);
    count[selector] = await page.locator(selector).count();
    expect(count[selector]).toBeGreaterThan(1);
  }
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.getByTestId('knob-grilling').press(key);
  await expect(page.getByTestId('field-grilling')).not.toHaveValue('');
  for (const time of [0.7, 1.2, 0.5]) await scrubTo(page, time);
  for (const selector of MOVES) expect(await marked(page, selector), selector).toBe(count[selector]);
});

test('whoever stands nearer is drawn later, and keeps their hair', async ({ page }) => {
  await page.goto('?lesson=sync-vs-async&mode=async');
  const hair = {};
  for (const time of [0, 0.5, 1.1, 2, 3, 4.4, 1.3]) {
    await scrubTo(page, time);
    await expect(async () => expect(wrongly(await people(page))).toEqual([])).toPass();
    for (const { name, hair: colour } of await people(page)) expect(hair[name] ??= colour, name).toBe(colour);
  }
  expect(new Set(Object.values(hair)).size).toBeGreaterThan(1);
});

test('everybody wears the letter of their name, and it fits the badge', async ({ page }) => {
  await page.goto('?lesson=sync-vs-async&mode=async');
  await scrubTo(page, 0);
  const worn = await page.locator('.scene .person').evaluateAll((all) => all.map((person) => {
    const [letter, badge] = ['.body > .initial', '.badge'].map((part) => person.querySelector(part));
    const [inner, outer] = [letter, badge].map((part) => part.getBBox());
    const fits = inner.x > outer.x && inner.y > outer.y && inner.x + inner.width < outer.x + outer.width && inner.y + inner.height < outer.y + outer.height;
    return { letter: person.dataset.name[0], shape: letter.getAttribute('d'), fits: fits && inner.height > 8 };
  }));
  expect(worn.length).toBeGreaterThan(2);
  expect(worn.filter(({ fits }) => !fits)).toEqual([]);
  const letters = new Set(worn.map(({ letter }) => letter));
  expect(letters.size).toBeGreaterThan(2);
  expect(new Set(worn.map(({ shape }) => shape)).size).toBe(letters.size);
});

test('a person that is pointed at is lit, and no longer when the pointer is gone', async ({ page }) => {
  await page.goto('?lesson=sync-vs-async&mode=async');
  await scrubTo(page, 0.5);
  const person = page.locator('.scene .person').first();
  await person.hover();
  await expect(person).toHaveClass(/\blit\b/);
  await expect(page.locator('.timeline .name.lit')).toHaveCount(1);
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(page.locator('.scene .person.lit')).toHaveCount(0);
});

test('only who is beyond the picture is not drawn, and comes into it when the line has moved on', async ({ page }) => {
  await page.goto('?lesson=benefits&step=measure&mode=async&t.customers=40&t.ordering=0.02&t.grilling=0.4');
  /** Who is drawn, who is not, and of whom something would be seen if they were. */
  const look = () => page.locator('.scene').first().evaluate((scene) => {
    const frame = scene.getBoundingClientRect();
    const inside = (box) => box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom;
    const all = [...scene.querySelectorAll('.person')];
    const hidden = all.filter((person) => getComputedStyle(person).display === 'none');
    hidden.forEach((person) => person.setAttribute('display', 'inline'));
    const missed = hidden.filter((person) => inside(person.getBoundingClientRect())).map((person) => person.dataset.name);
    hidden.forEach((person) => person.setAttribute('display', 'none'));
    const names = (them) => them.map((person) => person.dataset.name);
    return { drawn: names(all.filter((person) => !hidden.includes(person))), hidden: names(hidden), missed };
  });
  await scrubTo(page, 0);
  await expect.poll(async () => (await look()).hidden.length).toBeGreaterThan(5);
  const first = await look();
  expect(first.missed).toEqual([]);
  expect(first.drawn.length).toBeGreaterThan(15);
  for (const time of [0.1, 0.3, 0.5, 0.7]) {
    await scrubTo(page, time);
    expect((await look()).missed, `${time} s`).toEqual([]);
  }
  const { drawn } = await look();
  expect(drawn.filter((name) => first.hidden.includes(name)).length).toBeGreaterThan(0);
});

test.describe('names beside the bars', () => {
  for (const width of [1440, 390]) {
    test(`none is cut off at ${width} px, for its end may be all that tells it from the others`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const lesson of ['benefits&step=measure&mode=async&t.customers=40', 'web-and-ml', 'coroutines']) {
        await page.goto(`?lesson=${lesson}`);
        const names = page.locator('.who-name');
        await expect(names.first()).toBeVisible();
        // A part of a pixel is enough for a letter to go.
        const cut = await names.evaluateAll((all) => all.filter((name) => {
          const text = document.createRange();
          text.selectNodeContents(name);
          return text.getBoundingClientRect().width > name.getBoundingClientRect().width + 0.01;
        }).map((name) => name.textContent));
        expect(cut, lesson).toEqual([]);
      }
    });
  }
});
