
// Added by the build: this program is in parts. What is called when the first lesson is opened is in the program itself; what a
// lesson calls only when something is done comes with the first sign that somebody is there; each other part is fetched with the
// lesson that needs it, and a part that nobody thought of at the moment it is called.
const { PARTS, FIRST, NEEDS, LATER, SHEET, DRESSED } = { PARTS: [], FIRST: [], NEEDS: {}, LATER: {}, SHEET: '', DRESSED: [] };
// A thread gets those of the page that started it.
const compiled = globalThis.partsOfPage ?? [];
const here = new Set();
const coming = [];
const address = (part) => new URL(PARTS[part - 1], import.meta.url);

function compile(part) {
  if (compiled[part] || here.has(part)) return;
  return coming[part] ??= fetchAndCompile(part).finally(() => delete coming[part]);
}

async function fetchAndCompile(part) {
  const response = await fetch(address(part));
  if (!response.ok) throw new Error(`${response.status} for ${PARTS[part - 1]}`);
  compiled[part] = await WebAssembly.compile(await response.arrayBuffer());
}

// What the first lesson does not look like when it is opened is in a style sheet of its own.
let dressing;
const dress = () => dressing ??= new Promise((done) => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL(SHEET, import.meta.url) });
  link.onload = done;
  link.onerror = () => {
    // Another time, perhaps. Without it everything works.
    link.remove();
    dressing = undefined;
    done();
  };
  document.head.append(link);
});

// What keeps the course for offline use. In a sandbox, even to ask for it is forbidden.
function keeper() {
  try {
    return globalThis.document && navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

let everything;
const compileEverything = () => everything ??= Promise.all(PARTS.map((_, index) => compile(index + 1))).catch(() => {});

// What is kept for offline use costs nothing to fetch. It must be here before it is called: what is fetched at once comes from the
// network, never from what is kept.
const compileWhatIsKept = () => { if (keeper()?.controller) compileEverything(); };

// A hand on the mouse, a finger on the glass, a key: long before anything is pressed.
const somebody = new Promise((come) => {
  for (const sign of ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown']) {
    globalThis.document?.addEventListener(sign, come, { once: true, capture: true, passive: true });
  }
});

// What no walk foresaw stops the page until it is there. So the rest comes, too, once somebody is there and what they will call has come;
// but not to those who save data.
const bringTheRest = () => { if (!navigator.connection?.saveData) compileEverything(); };

// Who comes back finds the course as it was left (`src/course/storage.rs`), and that calls more than a first visit. In a sandbox, even
// to ask is forbidden.
const comesBack = (() => {
  try {
    return Object.keys(globalThis.localStorage ?? {}).some((key) => key.startsWith('concurrent-burgers.'));
  } catch {
    return false;
  }
})();

// An address that says more than which lesson leads into the middle of it: a step, a mode, a knob.
const leadsIntoTheMiddle = () => [...new URLSearchParams(globalThis.location?.search)].some(([key]) => key !== 'lesson');

const callsMore = () => comesBack || leadsIntoTheMiddle();

// What stands in a page, or in a learning management system, tells it of the score when it is left, and then nothing can be
// fetched any more: all of the program is there from the start.
const isFramed = () => window.parent !== window || Boolean(globalThis.burgerHost);

// What an address leads to is shown as soon as the program is here, which is fetched meanwhile: some of what it calls cannot wait until
// the lesson has asked for it.
const asked = globalThis.document && new URLSearchParams(`${location.search}&${document.documentElement.dataset.open ?? ''}`);
const first = asked && (asked.get('page') ?? asked.get('lesson') ?? 'home');
if (globalThis.document) {
  const parts = [...NEEDS[first] ?? [], ...callsMore() ? LATER[first] ?? [] : []];
  const sheets = DRESSED.includes(first) || callsMore() || isFramed() ? [dress()] : [];
  await Promise.allSettled([...sheets, ...parts.map(compile)]);
}

globalThis.courseParts = {
  compiled,

  // The function with this place is being called: its part must be here when this returns.
  need(place, main) {
    const part = FIRST.findLastIndex((first) => first <= place) + 1;
    if (here.has(part)) return;
    const program = compiled[part] ?? new WebAssembly.Module(readNow(part));
    new WebAssembly.Instance(program, { main });
    here.add(part);
  },

  // Fetches what a place will call; without a name, the one that the address leads to.
  async bring(named) {
    const place = named || first;
    const later = () => Promise.all([dress(), ...(LATER[place] ?? []).map(compile)]);
    await Promise.all([...DRESSED.includes(place) ? [dress()] : [], ...(NEEDS[place] ?? []).map(compile)]);
    // What is on its way is waited for: called before it is here, it would be fetched once more, and everything would stand still.
    await Promise.allSettled(Object.values(coming));
    if (callsMore()) await later();
    somebody.then(later).then(bringTheRest).catch(() => {});
    compileWhatIsKept();
    if (globalThis.document && isFramed()) await compileEverything();
    else if (!navigator.onLine) await everything;
  },
};

keeper()?.addEventListener('controllerchange', compileWhatIsKept);

// A page may read bytes at once only as text, each of them as a character.
function readNow(part) {
  const request = new XMLHttpRequest();
  try {
    request.open('GET', address(part), false);
    request.overrideMimeType('text/plain; charset=x-user-defined');
    request.send();
    if (request.status !== 200) throw new Error(`${request.status} for ${PARTS[part - 1]}`);
  } catch (error) {
    sorry(error);
    throw error;
  }
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
}

// The program stopped in the middle of something, and cannot go on. Progress is stored already.
function sorry(error) {
  const page = globalThis.document?.createElement('main');
  if (!page || document.visibilityState === 'hidden') return;
  page.className = 'panic';
  const say = (tag, text) => { page.appendChild(document.createElement(tag)).textContent = text; };
  say('h1', 'A part of the program did not arrive');
  say('p', 'It could not be loaded when it was needed. Your progress is kept. What the browser said:');
  say('pre', error.message);
  page.appendChild(Object.assign(document.createElement('a'), { href: location.href, textContent: 'Load the page again' }));
  document.body.replaceChildren(page);
}
