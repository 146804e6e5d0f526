// Which browser the tests start. CHROMIUM names one; else one on PATH; else the one Playwright downloads
// (`npx playwright install chromium`).

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: look on.
      }
    }
  }
  return undefined;
}

export const launchOptions = {
  executablePath: process.env.CHROMIUM || onPath(),
  args: [
    '--no-sandbox', // containers have no user namespaces; only our own pages are opened
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
