// WebKit, whose engine is Safari's, through WebDriver: WebKitWebDriver of WebKitGTK, or what WEBKIT_DRIVER names. Where there is no
// display, xvfb-run gives it one.

import { spawn, spawnSync } from 'node:child_process';

const PORT = 4555;
const TRIES = 50;
const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const has = (program) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;

/** What a page did wrong from when it was there; what it did before is not heard of. */
const LISTEN = `if (window.faultsHeard) return;
  window.faultsHeard = [];
  addEventListener('error', (event) => faultsHeard.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => faultsHeard.push(String(event.reason)));
  addEventListener('securitypolicyviolation', (event) => faultsHeard.push('forbidden: ' + event.blockedURI));`;

async function call(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** A session, once the driver listens. */
async function session() {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await call('POST', '/session', { capabilities: {} });
    } catch (error) {
      if (left === 0 || !/fetch failed/.test(error.message)) throw error;
      await rest(100);
    }
  }
}

/** Started, or null where there is none. */
export async function start({ width, height }) {
  const driver = process.env.WEBKIT_DRIVER || 'WebKitWebDriver';
  if (!has(driver)) return null;
  const command = [driver, `--port=${PORT}`];
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && has('xvfb-run')) {
    command.unshift('xvfb-run', '-a', '-s', `-screen 0 ${width}x${height}x24`);
  }
  const env = { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' };
  // Its sandbox needs namespaces, which the root of a container mostly has none of.
  if (process.getuid?.() === 0) env.WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS = '1';
  const process_ = spawn(command[0], command.slice(1), { env, stdio: 'ignore', detached: true });
  const stop = () => { try { process.kill(-process_.pid); } catch { /* It is gone already. */ } };
  try {
    const { sessionId, capabilities } = await session();
    const path = `/session/${sessionId}`;
    const ask = (script, args = []) => call('POST', `${path}/execute/sync`, { script, args });
    await call('POST', `${path}/window/rect`, { width, height });
    return {
      name: `WebKit ${capabilities.browserVersion}`,
      open: async (url) => {
        await call('POST', `${path}/url`, { url });
        await ask(LISTEN);
      },
      ask: (question, ...args) => ask(`return (${question})(...arguments)`, args),
      faults: async () => (await ask('return window.faultsHeard ? faultsHeard.splice(0) : []')) ?? [],
      close: async () => {
        await call('DELETE', path).catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
