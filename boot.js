// Starts the course. Trunk would write this into the page as an inline script, which a strict
// Content-Security-Policy forbids; here it is a file. The page is readable before it runs and stays so if it fails.

const glueUrl = document.querySelector('link[rel="modulepreload"]')?.href;
// A built page only names the program; under `trunk serve` it is fetched beforehand.
const wasmUrl = document.querySelector('meta[name="program"]')?.content
  ?? document.querySelector('link[rel="preload"][type="application/wasm"]')?.href;

// For the lesson about coroutines: an async function that the page calls for real, and whose own source it shows.
globalThis.orderInJavaScript = (say, grill) => async function order(number) {
  say('the order begins');
  await grill(1000);
  say('the burgers are there');
  return number;
};

// The link to a tab of its own is for frames. Where not even this file may run, it stands. Its place is kept: what is being read
// does not move.
const ownTab = document.getElementById('own-tab');
if (ownTab && window.parent === window) ownTab.style.visibility = 'hidden';

try {
  if (typeof WebAssembly === 'undefined') throw new Error('no WebAssembly');
  if (!glueUrl || !wasmUrl) throw new Error('the page names no program to load');
  await textIsThere();
  const [{ default: init }, code] = await Promise.all([import(glueUrl), program(wasmUrl)]);
  await init({ module_or_path: code });
  keepForLater();
} catch (error) {
  console.warn('The interactive course could not start:', error);
  explain(error);
  tellHost(error);
}

// The text is painted with the next frame, and the program is much longer than all that the text needs. Where nobody looks,
// browsers paint nothing.
function textIsThere() {
  return new Promise((go) => {
    requestAnimationFrame(() => setTimeout(go));
    setTimeout(go, 200);
  });
}

// A Response is compiled while it arrives, but only under the right media type, and not every host knows it.
async function program(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  const type = response.headers.get('content-type') ?? '';
  return type.startsWith('application/wasm') ? response : response.arrayBuffer();
}

// The note stands in the fallback text, so once the app has mounted there is none, and the app speaks for itself.
function explain(error) {
  const note = document.getElementById('no-wasm');
  if (!note) return;
  if (ownTab?.style.visibility) ownTab.remove();
  note.querySelector('.reason').textContent = reason(error);
  note.hidden = false;
  const picture = document.getElementById('picture');
  if (!picture) return;
  picture.src = picture.dataset.src;
  picture.hidden = false;
}

// A page around this one that speaks with the course hears that there will be nobody to speak with.
function tellHost(error) {
  if (window.parent === window) return;
  const asked = new URLSearchParams(location.search);
  const message = { type: 'burger:error', v: 1, id: asked.get('id') ?? '', fatal: true, message: reason(error) };
  try {
    window.parent.postMessage(message, asked.get('origin') || '*');
  } catch {
    window.parent.postMessage(message, '*'); // what was asked for is no origin
  }
}

function reason(error) {
  if (typeof WebAssembly === 'undefined') {
    return 'this browser has no WebAssembly, or it is switched off.';
  }
  if (error instanceof WebAssembly.CompileError && /content security policy|unsafe-eval/i.test(error.message)) {
    return 'the security rules of this site do not allow WebAssembly (its Content-Security-Policy needs ' +
      '\u2018wasm-unsafe-eval\u2019 in script-src).';
  }
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
    return 'this browser could not read the program. A newer browser may.';
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return 'the program stopped while it was starting. Loading the page again may help.';
  }
  return `a file of the course could not be loaded (${error.message}). Loading the page again may help.`;
}

// After a visit, the course works without a network. Not in the frame of another site, whose storage is not ours to fill; and
// only where the build has put the worker that does it.
function keepForLater() {
  const { offline } = document.documentElement.dataset;
  if (!offline || window.top !== window || !navigator.serviceWorker) return;
  const keep = () => navigator.serviceWorker.register(offline).catch((error) => {
    console.warn('The course cannot be kept for offline use:', error);
  });
  // Once nothing is left to do: whoever has just come wants the lesson first.
  if ('requestIdleCallback' in window) requestIdleCallback(keep, { timeout: 10_000 });
  else setTimeout(keep, 2_000);
}
