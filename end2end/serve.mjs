// A static server for the built site, as a course host might set it up: under a sub-path, with a strict
// Content-Security-Policy. `node serve.mjs` prints its address; PORT chooses the port.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
export const BASE = '/courses/x/';
export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.py': 'text/x-python; charset=utf-8',
  '.rs': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** The file in a folder that a request's path names, or null. */
async function fileFor(pathname, folder) {
  if (!pathname.startsWith(BASE)) return null;
  const inside = normalize(decodeURIComponent(pathname.slice(BASE.length)));
  if (inside.startsWith('..') || inside.startsWith('/')) return null;
  const path = join(folder, pathname.endsWith('/') ? join(inside, 'index.html') : inside);
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? path : null;
}

/** Names that change with what is in them, as docs/hosting.md tells them from others. */
export const HASHED = /-[0-9a-f]{8,16}(_bg|-part[0-9]+)?\.(js|css|wasm|svg|txt)$/;

/** Sends a file as docs/hosting.md recommends: its packed copy, where there is one; kept for ever or asked for again. */
async function sendAsAdvised(request, response, path, { packed, cached }) {
  const accepts = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
  const copy = packed && accepts ? await readFile(`${path}.br`).catch(() => null) : null;
  const body = copy ?? await readFile(path);
  if (packed) response.setHeader('Vary', 'Accept-Encoding');
  if (copy) response.setHeader('Content-Encoding', 'br');
  if (cached) {
    const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304).end();
      return { bytes: 0, packed: true };
    }
  }
  response.setHeader('Content-Length', body.length);
  response.end(body);
  return { bytes: body.length, packed: copy !== null };
}

async function answer(request, response, { csp, headers, changed, folder, packed, cached, sent }) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = await fileFor(pathname, folder).catch(() => null);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', csp);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!path) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('Not found\n');
    return;
  }
  response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
  const change = changed[pathname.slice(BASE.length)];
  if (change) response.end(change(await readFile(path, 'utf8')));
  else if (packed || cached) {
    const went = await sendAsAdvised(request, response, path, { packed, cached });
    sent.push({ name: pathname.slice(BASE.length), status: response.statusCode, ...went });
  } else createReadStream(path).pipe(response);
}

/** How long the head of a request may be: the address of a page with a huge query must arrive, so that the page can
 * say what it thinks of it. */
const LONGEST_HEAD = 512 * 1024;

/** Starts the server. Port 0 takes a free one. Resolves to the site's address and a way to close it. `name`: what the
 * machine is called in the address; `csp` and `headers`: what a host may send instead, or besides; `folder`: what is served.
 * `changed` may hold a function for the name of a file, by which its text is changed on the way. `packed`: packed copies are
 * sent, as docs/hosting.md advises; `cached`: with its rules of how long files may be kept. With either, `sent` lists every
 * file that went out: its name, the status, the bytes of the body, and whether they were packed. */
export async function serve(port = 0, { name = '127.0.0.1', csp = CSP, headers = {}, folder = DIST, packed = false, cached = false } = {}) {
  const changed = {};
  const sent = [];
  const options = { csp, headers, changed, folder, packed, cached, sent };
  const server = createServer({ maxHeaderSize: LONGEST_HEAD }, (...both) => answer(...both, options));
  await new Promise((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', ready));
  return {
    url: `http://${name}:${server.address().port}${BASE}`,
    changed,
    sent,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await serve(Number(process.env.PORT ?? 0))).url);
}
