import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './browser.mjs';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  outputDir: '../target/end2end',
  // A live run really works its threads, and the tests measure times: no more at a time than the smallest machine bears.
  fullyParallel: true,
  workers: 2,
  // These tests time real threads. On a machine that others use too, one may come late; it is reported as flaky then.
  retries: process.env.CI ? 2 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  // `--trace on` for a look at one test; keeping traces of all of them slows the page they watch.
  // What the course keeps for offline use would keep each test's page busy; offline.spec.mjs looks at it.
  use: { screenshot: 'only-on-failure', serviceWorkers: 'block' },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'], launchOptions } }],
});
