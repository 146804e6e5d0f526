// Lighthouse on a lesson's own page, as on a phone: the median of three runs. What it finds wanting is in the notes.

import { chromium } from '@playwright/test';
import { launchOptions } from '../browser.mjs';
import { median, round } from './statistics.mjs';

const RUNS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

/** The audits that a category counts and the page did not fully pass. */
const wanting = (report, category) => report.categories[category].auditRefs
  .filter(({ id, weight }) => weight > 0 && report.audits[id].score !== null && report.audits[id].score < 1)
  .map(({ id }) => `${id} ${report.audits[id].displayValue ?? ''}`.trim());

async function reports(url) {
  const { default: lighthouse } = await import('lighthouse');
  const { launch } = await import('chrome-launcher');
  const all = [];
  for (let run = 0; run < RUNS; run += 1) {
    console.error(`  lighthouse: run ${run + 1} of ${RUNS}`);
    const chrome = await launch({
      chromePath: launchOptions.executablePath ?? chromium.executablePath(),
      chromeFlags: ['--headless=new', ...launchOptions.args],
      logLevel: 'silent',
    });
    try {
      const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      all.push(lhr);
    } finally {
      chrome.kill();
    }
  }
  return all;
}

export async function measure({ site }) {
  const all = await reports(`${site.url}waiting.html`);
  const figure = (samples, notes) => ({ value: round(median(samples), 0), samples, note: [...new Set(notes)].join('; ') || undefined });
  const figures = Object.fromEntries(CATEGORIES.map((category) => [category, figure(
    all.map((report) => Math.round(100 * report.categories[category].score)),
    all.flatMap((report) => wanting(report, category)),
  )]));
  const blocked = all.map((report) => report.audits['total-blocking-time'].numericValue);
  figures['blocking-time'] = figure(blocked.map((time) => round(time, 0)), []);
  return figures;
}
