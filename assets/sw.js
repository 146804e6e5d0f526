// After one visit, the course works without a network. `cargo xtask build` writes a copy of this file into the site, with
// the line below filled in: every file that a visit may need, and a name for this version of them.
const { VERSION, FILES } = { VERSION: '', FILES: [] };

// Caches belong to a whole origin. Two courses on one host must not take each other's.
const OURS = `concurrent-burgers ${self.registration.scope} `;
const CACHE = OURS + VERSION;

// No skipWaiting: a page that is open keeps the files it was made of, for it may still start workers from them. A new
// version takes over when the last page of the old one is closed.
self.addEventListener('install', (event) => {
  // Past the browser's own cache, which may hold an older page under the same name.
  const files = FILES.map((file) => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    // The page of the first visit, too: it may lose the network before the second.
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(self.registration.scope)) return;
  event.respondWith(request.mode === 'navigate' ? page(request, url) : file(request));
});

// Pages: the newest there is, for only they know the names of the other files. Without a network, the one that is kept.
async function page(request, url) {
  try {
    return await fetch(request);
  } catch (error) {
    return (await kept(url.origin + url.pathname.replace(/\/index\.html$/, '/'))) ?? Promise.reject(error);
  }
}

// Other files have names that change with what is in them, or belong to the page that asks.
async function file(request) {
  return (await kept(request.url)) ?? fetch(request);
}

async function kept(address) {
  const cache = await caches.open(CACHE);
  return cache.match(address, { ignoreSearch: true, ignoreVary: true });
}
