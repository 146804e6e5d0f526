// Which lessons there are.

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The slugs of all lessons: as the built site lists them, else by the names of their folders. */
export async function lessonSlugs() {
  const listed = await readFile(fromRoot('dist/lessons.json'), 'utf8').catch(() => null);
  if (listed !== null) {
    const lessons = JSON.parse(listed);
    return (lessons.lessons ?? lessons).map((lesson) => lesson.slug ?? lesson);
  }
  const folders = await readdir(fromRoot('lessons/en'), { withFileTypes: true }).catch(() => []);
  return folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort().map((name) => name.replace(/^\d+-/, ''));
}
