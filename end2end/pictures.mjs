// The pictures of the lessons, for link previews and for pages that are read without the app, and the app's icons:
// drawn by the built site itself. Run by `cargo xtask pictures`, which puts them into `assets/`.

import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from './browser.mjs';
import { serve } from './serve.mjs';
import { lessonSlugs } from './slugs.mjs';

const ASSETS = fileURLToPath(new URL('../assets/', import.meta.url));
/** What link previews ask for, px. */
const SIZE = { width: 1200, height: 630 };
/** How far the run has come on the picture, and in which mode, where the middle of the first mode tells little. */
const MOMENTS = {
  'sync-vs-async': { mode: 'side', part: 0.4 },
  'async-await': { mode: 'together', part: 0.5 },
  benefits: { step: 'scalability', mode: 'async', part: 0.4 },
};

/** The scene with the lesson's title over it, and nothing else. */
const LAYOUT = `
  body { background: var(--paper); overflow: hidden; }
  .top, .notes, .prose, .stage > :not(.scenes), .skip { display: none !important; }
  .page { display: block !important; max-width: none; margin: 0; padding: 0; }
  .stage { border: 0; box-shadow: none; background: none; padding: 0; margin: 0; position: static; }
  .scenes { position: absolute; left: 60px; right: 60px; top: 128px; height: 480px; display: flex; gap: 16px; justify-content: center; }
  .scenes .counter { flex: 1; height: 100%; margin: 0; }
  .scenes svg, .scenes canvas { width: 100%; height: 100%; max-height: none; }
  .scenes.many { display: grid; grid-template-columns: repeat(4, 1fr); align-content: center; gap: 20px; }
  .scenes.many .counter { height: auto; }
  .scenes.many svg { height: auto; }
  .picture-title { position: absolute; left: 60px; right: 60px; top: 26px; display: flex; align-items: center; gap: 20px; }
  .picture-title img { width: 76px; }
  .picture-title strong { font: 800 46px/1.1 var(--sans); color: var(--ink); letter-spacing: -.02em; display: block; }
  .picture-title span { font: 600 22px/1.3 var(--sans); color: var(--ink-2); }
`;

const icon = await readFile(new URL('../assets/favicon.svg', import.meta.url), 'utf8');
const iconUrl = `data:image/svg+xml,${encodeURIComponent(icon)}`;

async function picture(context, site, slug) {
  const page = await context.newPage();
  const { step, mode, part = 0.45 } = MOMENTS[slug] ?? {};
  await page.goto(`${site.url}?${new URLSearchParams({ lesson: slug, ...(step && { step }), ...(mode && { mode }), theme: 'light' })}`);
  await page.getByTestId('stage').waitFor();
  await page.addStyleTag({ content: LAYOUT });
  await page.evaluate(({ iconUrl }) => {
    const title = document.createElement('div');
    title.className = 'picture-title';
    const [img, text, name, course] = ['img', 'div', 'strong', 'span'].map((tag) => document.createElement(tag));
    img.src = iconUrl;
    name.textContent = document.querySelector('.lesson-title').textContent;
    course.textContent = 'Concurrent Burgers';
    text.append(name, course);
    title.append(img, text);
    document.body.append(title);
  }, { iconUrl });
  // The scrubber is hidden here, and works all the same.
  await page.getByTestId('scrub').evaluate((scrub, part) => {
    scrub.value = part * Number(scrub.max);
    scrub.dispatchEvent(new Event('input', { bubbles: true }));
  }, part);
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${ASSETS}pictures/${slug}.png` });
  await page.close();
}

/** An icon: the burger on the paper's colour, which a mask may cut round where there is room for that. */
async function drawIcon(context, name, size, burger) {
  const page = await context.newPage();
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:#fff9ef">
    <img src="${iconUrl}" style="width:${burger * 100}%">`);
  await page.screenshot({ path: `${ASSETS}icons/${name}.png` });
  await page.close();
}

await mkdir(`${ASSETS}pictures`, { recursive: true });
await mkdir(`${ASSETS}icons`, { recursive: true });
const site = await serve();
const browser = await chromium.launch(launchOptions);
// The pictures' own layout is no part of the site, whose rules would forbid it.
const context = await browser.newContext({ viewport: SIZE, bypassCSP: true, colorScheme: 'light', reducedMotion: 'reduce' });
const slugs = await lessonSlugs();
for (const slug of slugs) await picture(context, site, slug);
await drawIcon(context, 'icon-192', 192, 0.86);
await drawIcon(context, 'icon-512', 512, 0.86);
await drawIcon(context, 'apple-touch-180', 180, 0.78);
await drawIcon(context, 'maskable-512', 512, 0.6);
await browser.close();
await site.close();
console.log(`${slugs.length} pictures and 4 icons in assets/`);
