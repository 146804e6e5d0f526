// The core under load (core.mjs, the example `loads`), beside its references. What needs no browser has been run before: BENCH
// tells where the loads are, how long they take natively, and how long SimPy takes.

import { round } from './statistics.mjs';

const beside = (name, value) => ({ name, value: round(value) });

/** Rows for whatever was found; a load that is not there is missing in the table too. */
function rows(found, { native, simpy }) {
  const { traced, timers, simulated, million, seek_crowd: crowd, seek_people: people } = found;
  const figures = {};
  if (traced) {
    const samples = [round(traced.least), round(traced.ms)];
    const { first } = traced;
    // Browsers compile a function of JavaScript better when it has run for a while: both are told.
    const note = `the median of several runs; the fastest took ${samples[0]} ms; the first of each: ${round(first.traced)} ms, JavaScript ${round(first.javascript)} ms, bare ${round(first.bare)} ms`;
    figures['futures-javascript'] = { value: round(traced.ms), samples, note, reference: beside('JavaScript', traced.javascript) };
    figures['futures-bare'] = { value: round(traced.ms), samples, note, reference: beside('bare futures', traced.bare) };
    figures.memory = {
      value: round(traced.memory_bytes / traced.events),
      samples: [traced.memory_bytes, traced.events],
      note: `${round(traced.memory_bytes / 2 ** 20, 1)} MiB more memory for ${traced.events} events than for the same futures, not kept`,
    };
  }
  if (timers) {
    figures.timers = {
      value: round(timers.ms), samples: [round(timers.least), round(timers.ms)], reference: beside('JavaScript', timers.javascript),
    };
  }
  if (simulated) {
    const samples = [round(simulated.least), round(simulated.ms)];
    const value = samples[1];
    figures['simulated-simpy'] = simpy?.ms ? { value, samples, reference: beside('SimPy', simpy.ms) }
      : { missing: simpy?.missing ?? 'SimPy was not run' };
    figures['simulated-native'] = native?.ms ? { value, samples, reference: beside('native', native.ms) }
      : { missing: native?.missing ?? 'the native loads were not run' };
  }
  const steps = [simulated && simulated.doubled / simulated.ms, million && million.ms / million.half].filter(Boolean);
  if (steps.length > 0) {
    figures.doubling = { value: round(Math.max(...steps)), samples: steps.map((it) => round(it)), note: '100,000 to 200,000; 500,000 to 1,000,000' };
  }
  const seeks = [crowd, people].filter(Boolean);
  if (seeks.length > 0) {
    figures.seek = {
      value: round(Math.max(...seeks.map(({ ms }) => ms)), 3),
      samples: seeks,
      note: `the slower of a crowd and of people, ${Math.min(...seeks.map(({ events }) => events))} events or more`,
    };
  }
  return figures;
}

export async function measure({ browser, settings }) {
  const { core } = await import('./core.mjs');
  console.error('  loads: in the browser');
  return rows(await core(browser, settings.folder), settings);
}
