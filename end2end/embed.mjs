// A course in somebody else's page, as it is in the world: the page comes from http://127.0.0.1, the course from
// http://localhost, another origin and another site. A spec imports `test` from this file; it fails on its own on what the
// course or the page does wrong, as in fixtures.mjs.

import { createServer } from 'node:http';
import { test as base, expect } from '@playwright/test';
import { watch } from './fixtures.mjs';
import { serve } from './serve.mjs';

/** A server for pages that hold the course. `page(html)` gives the address of a new one. */
async function serveHosts() {
  const pages = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url, 'http://x').pathname);
    // Browsers ask every host for its icon.
    response.writeHead(page ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    page: (body, headers = {}) => {
      const path = `/${pages.size + 1}/page.html`;
      pages.set(path, { headers, html: `<!doctype html><html lang="en"><title>A page that holds a lesson</title><body>${body}` });
      return origin + path;
    },
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

export const test = base.extend({
  expectedFaults: [[], { option: true }],
  hosts: [async ({}, use) => {
    const hosts = await serveHosts();
    await use(hosts);
    await hosts.close();
  }, { scope: 'worker' }],
  course: [async ({}, use) => {
    const site = await serve(0, { name: 'localhost' });
    await use(site);
    await site.close();
  }, { scope: 'worker' }],
  // The same course on the machine of the pages: the browser lets it keep things in their frames.
  near: [async ({}, use) => {
    const site = await serve();
    await use(site);
    await site.close();
  }, { scope: 'worker' }],
  baseURL: async ({ course }, use) => use(course.url),
  origins: async ({ course, near, hosts }, use) => use([course.url, near.url, hosts.origin].map((url) => new URL(url).origin)),
  // The course from a machine with other rules: courseWith({ csp, headers }).
  courseWith: async ({ origins }, use) => {
    const sites = [];
    await use(async (options) => {
      const site = await serve(0, { name: 'localhost', ...options });
      origins.push(new URL(site.url).origin);
      sites.push(site);
      return site;
    });
    await Promise.all(sites.map((site) => site.close()));
  },
  faultless: [async ({ context, origins, expectedFaults }, use) => {
    const faults = watch(context, origins, expectedFaults);
    await use();
    expect(faults, 'what the page did wrong during this test').toEqual([]);
  }, { auto: true }],
});

export { expect };

/** The script of a page that speaks with one frame by hand, and keeps all that it hears. */
const SPEAKS = `<script>
  window.heard = [];
  window.answers = null; // what getState is answered with; null: nothing is answered
  const frame = document.getElementById('frame');
  addEventListener('message', ({ data, source, origin }) => {
    if (source !== frame.contentWindow) return;
    heard.push({ ...data, at: performance.now(), from: origin });
    if (data.subject === 'SPLICE.getState' && answers) {
      tell({ subject: 'SPLICE.getState.response', message_id: data.message_id, ...answers });
    }
    if (data.subject === 'lti.frameResize' && window.grows) frame.style.height = data.height + 'px';
  });
  const tell = (message) => frame.contentWindow.postMessage(message, '*');
  const order = (cmd, args, message_id) => tell({ type: 'burger:cmd', v: 1, cmd, args, message_id });
</script>`;

/** Opens a page with a frame of the course. `query`: an object; `attributes`: more of the frame; `script`: runs before the
 * frame is there. Gives the frame. */
export async function openFrame(page, { hosts, course }, query, { attributes = '', script = '', before = '', hash = '' } = {}) {
  const src = `${course.url}?${new URLSearchParams(query)}${hash}`.replaceAll('&', '&amp;');
  const frame = `<iframe id="frame" title="The course" width="100%" height="640" style="border: 0" ${attributes}></iframe>`;
  const start = `<script>${script};document.getElementById('frame').src = "${src.replaceAll('&amp;', '&')}"</script>`;
  await page.goto(hosts.page(`${before}${frame}${SPEAKS}${start}`));
  return page.frameLocator('#frame');
}

/** What the page has heard from its frame, of one kind: a subject or a type. */
export const heard = (page, kind) =>
  page.evaluate((kind) => window.heard.filter((it) => (it.subject ?? it.type ?? it.message) === kind), kind);

/** Waits until the page has heard something of a kind, and gives the last of it. */
export async function hears(page, kind, holds = () => true) {
  let last;
  await expect.poll(async () => {
    last = (await heard(page, kind)).filter(holds).at(-1);
    return Boolean(last);
  }, { message: `the page hears ${kind}`, timeout: 20_000 }).toBe(true);
  return last;
}

/** Has the page say something to its frame. */
export const tell = (page, message) => page.evaluate((message) => tell(message), message);
export const order = (page, cmd, args, id) =>
  page.evaluate(([cmd, args, id]) => order(cmd, args, id), [cmd, args, id]);

export const stageIn = (frame) => frame.getByTestId('stage');
/** Knobs with which a run takes a second or two. */
export const SHORT = { 't.ordering': '0.2', 't.grilling': '0.5' };
