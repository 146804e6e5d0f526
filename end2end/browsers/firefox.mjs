// Firefox as it is installed, through WebDriver BiDi.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';

const NAMES = ['firefox', 'firefox-esr', 'firefox.exe'];
const USUAL = ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'];

function find() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return process.env.FIREFOX || [...places, ...USUAL].find((place) => existsSync(place));
}

/** Started, or null where there is none. */
export async function start({ width, height }) {
  const executablePath = find();
  if (!executablePath) return null;
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  const faults = [];
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
  page.on('pageerror', (error) => faults.push(String(error.message ?? error)));
  page.on('requestfailed', (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
  return {
    name: await browser.version(),
    open: (url) => page.goto(url),
    ask: (question, ...args) => page.evaluate(question, ...args),
    faults: async () => faults.splice(0),
    close: () => browser.close(),
  };
}
