// What the browser's main thread does in each frame, read from a trace of Chromium.

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'];
/** A task of a thread's event loop, as it is called in traces for the developer tools, and in others. */
const TASKS = ['RunTask', 'ThreadControllerImpl::RunTask'];
/** Which part of a frame an event belongs to. */
const PARTS = {
  script: ['FireAnimationFrame', 'FunctionCall', 'EventDispatch', 'RunMicrotasks', 'TimerFire'],
  style: ['UpdateLayoutTree', 'RecalculateStyles'],
  layout: ['Layout'],
  paint: ['PrePaint', 'Paint', 'Layerize', 'Commit', 'UpdateLayer', 'UpdateLayerTree', 'CompositeLayers'],
};
const PART_OF = new Map(Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part])));
const threadOf = (event) => `${event.pid}:${event.tid}`;
const endOf = (event) => event.ts + event.dur;

/** All events that a browser traces while something is done. */
export async function traced(browser, act) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => { session.once('Tracing.tracingComplete', resolve); });
  await session.send('Tracing.start', { traceConfig: { includedCategories: CATEGORIES }, transferMode: 'ReportEvents' });
  await act();
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return events;
}

/** The thread that draws: the one that paints most often. */
function drawingThread(events) {
  const counts = new Map();
  for (const event of events) {
    if (event.name === 'PrePaint') counts.set(threadOf(event), (counts.get(threadOf(event)) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Time in which the thread really ran, ms: what other programs of the machine take is not the page's. */
const took = (event) => (event.tdur ?? event.dur) / 1000;

/** Milliseconds of a task that belong to each part, each moment counted once, for its innermost event. */
function partsOf(task, events) {
  const parts = { script: 0, style: 0, layout: 0, paint: 0 };
  const open = [];
  for (const event of events) {
    while (open.length > 0 && endOf(open.at(-1)) <= event.ts) open.pop();
    const part = PART_OF.get(event.name);
    if (!part) continue;
    if (open.length > 0) parts[PART_OF.get(open.at(-1).name)] -= took(event);
    parts[part] += took(event);
    open.push(event);
  }
  return { total: took(task), ...parts };
}

/** What drew: the events of the thread that draws, in the order of time, its tasks, and of these the ones in which something
 * happened. */
function drawing(events, something) {
  const thread = drawingThread(events);
  const mine = events.filter((event) => event.ph === 'X' && event.dur && threadOf(event) === thread)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  // Both kinds may be there, one in the other.
  const kind = TASKS.find((name) => mine.some((event) => event.name === name));
  const tasks = mine.filter(({ name }) => name === kind);
  const starts = mine.filter(({ name }) => name === something).map(({ ts }) => ts);
  const drew = (task) => starts.some((ts) => ts >= task.ts && ts <= endOf(task));
  return { mine, tasks, frames: tasks.filter(drew) };
}

/** The main thread's work, ms, from each event of a kind to the end of the frame that shows what it did. Events that wait for
 * the same frame are one. */
export function answersOf(events, type) {
  const { mine, tasks, frames } = drawing(events, 'PrePaint');
  const heard = mine.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === type).map(({ ts }) => ts);
  const answers = new Map();
  for (const ts of heard) {
    const frame = frames.find((it) => endOf(it) > ts);
    if (!frame || answers.has(frame)) continue;
    const between = tasks.filter((task) => endOf(task) > ts && endOf(task) <= endOf(frame));
    answers.set(frame, between.reduce((sum, task) => sum + took(task), 0));
  }
  return [...answers.values()];
}

/** The main thread's tasks that drew a frame, ms: in all, and its parts. */
export function framesOf(events) {
  const { mine, frames } = drawing(events, 'FireAnimationFrame');
  return frames.map((task) => partsOf(task, mine.filter((event) => event.ts >= task.ts && endOf(event) <= endOf(task))));
}
