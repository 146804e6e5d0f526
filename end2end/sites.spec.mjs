// Documentation sites, built with the real programs, with a lesson in a page as docs/embedding.md tells it: the lesson runs
// there, and its frame grows. `cargo xtask test` installs the programs and says where they are (MDBOOK, SITES_PYTHON).

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expectRun } from './fixtures.mjs';
import { expect, test as base } from './embed.mjs';
import { serve } from './serve.mjs';

const run = promisify(execFile);
const GUIDE = await readFile(fileURLToPath(new URL('../docs/embedding.md', import.meta.url)), 'utf8');

/** The first block of code of a kind under a heading of the guide. */
function recipe(heading, kind) {
  const under = GUIDE.split(`\n### ${heading}\n`)[1];
  const found = under.match(new RegExp(`^(\`{3,})${kind}\\n([\\s\\S]*?)^\\1$`, 'm'));
  if (!found) throw new Error(`the guide has no ${kind} under ${heading}`);
  return found[2];
}

/** The element as the guide's first page has it, for sites that let HTML through. */
const ELEMENT = GUIDE.match(/```html\n(<script async[\s\S]*?)```/)[1];

/** The sites: their files, how they are built, and where the page is then. `text` puts the course's address in. */
const SITES = {
  mdBook: (text) => ({
    files: {
      'book.toml': '[book]\ntitle = "A book"\n',
      'src/SUMMARY.md': '# Summary\n\n- [A lesson](lesson.md)\n',
      'src/lesson.md': text(`# A lesson\n\n${ELEMENT}\nAnd on it goes.\n`),
    },
    build: [process.env.MDBOOK, ['build']],
    page: 'book/lesson.html',
  }),
  'MkDocs Material': (text) => ({
    files: {
      // Its fonts come from another site, unless it is told otherwise.
      'mkdocs.yml': `site_name: Docs\nsite_url: ""\nuse_directory_urls: false\ntheme:\n  name: material\n  font: false\n${
        text(recipe('MkDocs Material', 'yaml'))}`,
      'docs/index.md': text(`# A lesson\n\n${ELEMENT.replace(/<script.*<\/script>\n/, '')}\nAnd on it goes.\n`),
    },
    build: [process.env.SITES_PYTHON, ['-m', 'mkdocs', 'build', '--quiet']],
    page: 'site/index.html',
  }),
  Sphinx: (text) => ({
    files: {
      'conf.py': 'project = "Docs"\nhtml_static_path = ["_static"]\nhtml_favicon = "icon.svg"\n',
      'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      // Its theme asks for a sheet of the site's own.
      '_static/custom.css': '',
      'index.rst': text(`A lesson\n========\n\n${recipe('Sphinx with reStructuredText', 'rst')}\nAnd on it goes.\n`),
    },
    build: [process.env.SITES_PYTHON, ['-m', 'sphinx', '-q', '-b', 'html', '.', 'built']],
    page: 'built/index.html',
  }),
};

const test = base.extend({
  /** Builds a site and serves it, from another origin than the course's. */
  built: async ({ course, origins }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'site-'));
    let site;
    await use(async (name) => {
      const { files, build, page } = SITES[name]((text) => text.replaceAll('https://example.org/burgers/', course.url));
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), text);
      }
      await run(...build, { cwd: folder });
      site = await serve(0, { folder, csp: "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:" });
      origins.push(new URL(site.url).origin);
      return site.url + page;
    });
    await site?.close();
    await rm(folder, { recursive: true });
  },
});

for (const name of Object.keys(SITES)) {
  test(`${name}: the lesson of the recipe runs, and its frame grows`, async ({ page, built }) => {
    await page.goto(await built(name));
    const element = page.locator('burger-lesson');
    const frame = element.locator('iframe').contentFrame();
    await expect(frame.locator('.lesson-title')).toBeVisible();
    await expect.poll(async () => (await element.boundingBox()).height).toBeGreaterThan(700);
    await frame.getByTestId('run').click();
    await expectRun(frame, 'running');
  });
}
