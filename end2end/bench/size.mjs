// What the course transfers: on a first visit, on a second, for each further lesson.

import { bytesOf, kib, offline, transfer } from './transfer.mjs';

const told = (files) => files.map(({ name, status, bytes }) => ({ name, status, bytes }));

export async function measure({ browser, site }) {
  console.error('  size: a first visit, a second, every further lesson');
  const { first, used, second, further, saving } = await transfer(browser, site);
  const kept = await offline(browser, site).catch((error) => error);
  const later = kept instanceof Error ? `what the offline worker fetches was not measured: ${kept.message}`
    : `the offline worker fetches ${kib(bytesOf(kept) - bytesOf(first))} KiB more, once the page is idle`;
  return {
    'first-lesson': { value: kib(bytesOf(first)), samples: told(first), note: later },
    'first-lesson-requests': { value: first.length, samples: [first.length] },
    'first-sign': { value: kib(bytesOf(used)), samples: told(used), note: `${kib(bytesOf(saving.used))} KiB to those who save data` },
    'further-lesson': largest(further),
    'further-lesson-saving': largest(saving.further),
    'second-visit': secondVisit(second),
  };
}

function largest(further) {
  const sizes = Object.entries(further).map(([slug, files]) => [slug, kib(bytesOf(files))]).sort((a, b) => b[1] - a[1]);
  const [slug, value] = sizes[0];
  return { value, samples: sizes, note: `${slug}; the smallest takes ${sizes.at(-1)[1]} KiB` };
}

/** The page is asked for again; everything else is kept, or confirmed without a body. */
function secondVisit(files) {
  const others = files.filter(({ name }) => name !== '');
  const confirmed = files.filter(({ status }) => status === 304).length;
  return { value: kib(bytesOf(others)), samples: told(files), note: `${files.length} requests, ${confirmed} of them answered “not modified”` };
}
