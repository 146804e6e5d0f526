// What the course transfers: on a first visit, on a second, for each further lesson.

import { bytesOf, kib, offline, transfer } from './transfer.mjs';

const told = (files) => files.map(({ name, status, bytes }) => ({ name, status, bytes }));

export async function measure({ browser, site }) {
  console.error('  size: a first visit, a second, every further lesson');
  const { first, used, second, further } = await transfer(browser, site);
  const sizes = Object.entries(further).map(([slug, files]) => [slug, kib(bytesOf(files))]).sort((a, b) => b[1] - a[1]);
  const [largest, size] = sizes[0];
  const kept = await offline(browser, site).catch((error) => error);
  const later = kept instanceof Error ? `what the offline worker fetches was not measured: ${kept.message}`
    : `the offline worker fetches ${kib(bytesOf(kept) - bytesOf(first))} KiB more, once the page is idle`;
  return {
    'first-lesson': { value: kib(bytesOf(first)), samples: told(first), note: `touching it brings ${kib(bytesOf(used))} KiB more; ${later}` },
    'first-lesson-requests': { value: first.length, samples: [first.length] },
    'further-lesson': { value: size, samples: sizes, note: `${largest}; the smallest takes ${sizes.at(-1)[1]} KiB` },
    'second-visit': secondVisit(second),
  };
}

/** The page is asked for again; everything else is kept, or confirmed without a body. */
function secondVisit(files) {
  const others = files.filter(({ name }) => name !== '');
  const confirmed = files.filter(({ status }) => status === 304).length;
  return { value: kib(bytesOf(others)), samples: told(files), note: `${files.length} requests, ${confirmed} of them answered “not modified”` };
}
