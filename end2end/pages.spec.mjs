// Each lesson has a page of its own: whole without the app, and the app's where it can run.

import { SLUGS, axeCheck, expect, stage, test } from './fixtures.mjs';

const meta = (page, name) => page.locator(`meta[name="${name}"], meta[property="${name}"]`).getAttribute('content');

test('a lesson’s own page opens the lesson, at any step and with any knob', async ({ page }) => {
  await page.goto('event-loop.html');
  await expect(stage(page)).toBeVisible();
  await expect(page.locator('.lesson-title')).toHaveText('The event loop');
  await expect(page).toHaveURL(/event-loop\.html\?lesson=event-loop/);
  // Where it leads, it leads as everywhere: to another lesson, home, and back.
  await page.locator('.brand').click();
  await expect(page.locator('.home')).toBeVisible();
  await page.goBack();
  await expect(page.locator('.lesson-title')).toHaveText('The event loop');
  await page.goto('event-loop.html?step=check&theme=dark');
  await expect(page.locator('#main')).toHaveAttribute('data-step', 'check');
  // The address wins: whoever reloads is where they were.
  await page.goto('event-loop.html?lesson=waiting');
  await expect(page.locator('#main')).toHaveAttribute('data-step', 'one');
  await page.goto('glossary.html');
  await expect(page).toHaveURL(/page=glossary/);
});

test('pages say what they are, and every file they name exists', async ({ page, request }) => {
  const { lessons } = await (await request.get('lessons.json')).json();
  expect(lessons.map(({ slug }) => slug).sort()).toEqual([...SLUGS].sort());
  await page.addInitScript(() => delete window.WebAssembly);
  const titles = new Set();
  for (const lesson of lessons) {
    await page.goto(lesson.page);
    titles.add(await page.title());
    expect(await page.title()).toContain(lesson.title);
    expect(await meta(page, 'description')).toBe(lesson.summary);
    expect(await meta(page, 'og:title')).toContain(lesson.title);
    const picture = await request.get(await meta(page, 'og:image'));
    expect(picture.headers()['content-type']).toBe('image/png');
    // Width and height stand at bytes 16 to 23 of a PNG.
    const png = await picture.body();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(await meta(page, 'og:url')).toBe(lesson.page);
    // A relative one is no canonical address; where the site will stand is not known here.
    await expect(page.locator('link[rel=canonical]')).toHaveCount(0);
    const oembed = await (await request.get(
      await page.locator('link[type="application/json+oembed"]').getAttribute('href'))).json();
    expect(oembed).toMatchObject({ version: '1.0', type: 'rich', title: lesson.title, thumbnail_width: 1200 });
    expect(oembed.html).toContain(`<iframe src="${lesson.page}`);
    const places = await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const place of new Set(places.filter((it) => !/^https:/.test(it)).map((it) => it.replace(/[?#].*/, '') || './'))) {
      expect((await request.get(place)).status(), `${lesson.page} leads to ${place}`).toBe(200);
    }
  }
  expect(titles.size).toBe(SLUGS.length);
  await page.goto('./');
  await expect(page.locator('#pages a')).toHaveCount(SLUGS.length);
});

test('names of steps that pages lead to exist', async ({ page }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  const ids = new Map();
  const wanted = [];
  for (const file of [...SLUGS.map((slug) => `${slug}.html`), 'glossary.html']) {
    await page.goto(file);
    ids.set(file, new Set(await page.locator('[id]').evaluateAll((all) => all.map((it) => it.id))));
    wanted.push(...await page.locator('a[href*="#"]').evaluateAll((all) => all.map((it) => it.getAttribute('href'))));
  }
  expect(wanted.length).toBeGreaterThan(20);
  for (const href of new Set(wanted)) {
    const { pathname, hash } = new URL(href, 'https://x.example/');
    expect(ids.get(pathname.slice(1)), href).toContain(hash.slice(1));
  }
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 320, height: 700 }]) {
  test(`without WebAssembly, pages have no fault and fit into ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.addInitScript(() => delete window.WebAssembly);
    for (const file of ['structured.html', 'takeaways.html', 'glossary.html']) {
      await page.goto(file);
      await expect(page.locator('#no-wasm')).toBeVisible();
      if (file !== 'glossary.html') await expect(page.getByRole('img')).toBeVisible();
      await page.locator('details').evaluateAll((all) => all.forEach((it) => { it.open = true; }));
      await axeCheck(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    }
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const slug of SLUGS) {
    test(`${slug} reads well: text, numbers, picture and programs`, async ({ page }) => {
      await page.goto(`${slug}.html`);
      // By selector: Playwright never looks for text inside <noscript>.
      await expect(page.locator('noscript strong')).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await page.getByRole('heading', { level: 2 }).count()).toBeGreaterThan(4);
      const text = await page.locator('#fallback').innerText();
      expect(text).not.toContain('{{');
      expect(text).not.toMatch(/NaN|undefined|\binf\b/);
      await expect(page.locator('noscript img')).toBeVisible();
      await expect(page.locator('pre')).toHaveCount(2);
      await expect(page.locator('pre').first()).toContainText('async def');
    });
  }
});
