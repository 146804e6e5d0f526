// Between the course and a learning management system that speaks SCORM 1.2. Only packages have this file; it runs before
// the course starts, and the course finds it as `burgerHost`, a host like any page around a frame: it hears the same messages
// (SPLICE) by `post`, and answers by `hear`, which the course sets.
//
// What the system's calls cost is not known: some ask a server and keep the page waiting for seconds. So calls stand in a
// queue, and after each the page gets at least as much time as the call took. Only when the page is left are they made at once.
(() => {
  'use strict';

  /** At most one commit in this time, ms. */
  const PAUSE = 5_000;
  /** The most characters of `cmi.suspend_data` and `cmi.core.lesson_location`. */
  const LONGEST = 4_096;
  const LONGEST_LOCATION = 255;
  /** After this many calls in a row that failed, the system is left alone. */
  const PATIENCE = 3;

  const api = find();
  if (!api) return;

  // The system keeps the progress, for this learner; the browser may be another learner's tomorrow.
  document.documentElement.dataset.open = `${document.documentElement.dataset.open ?? ''}&storage=none`;

  const queue = [];
  let timer = null;
  let failures = 0;
  let over = false;

  let begun_speaking = false;
  let tried = false;
  let writes = true;
  let initialised = false;
  let asked = null;
  let answer = null;
  let status = '';
  let kept = { complete: false, score: 0, state: '' };
  let location_ = '';
  let reported = null;
  let committed = -Infinity;
  let waiting = null;
  const begun = Date.now();

  globalThis.burgerHost = {
    hear: null,
    post(message) {
      if (over) return;
      if (message.subject === 'SPLICE.getState') {
        asked ??= message.message_id;
        begin();
        reply();
      } else if (message.subject === 'SPLICE.reportScoreAndState') {
        // Before the course has what is kept, it cannot have told of all of it.
        const early = answer === null;
        reported = { score: message.score, complete: message.complete === true, state: message.state, early };
        save();
      } else if (message.subject === 'SPLICE.sendEvent' && message.name === 'step') {
        location_ = `${message.data?.lesson ?? ''}/${message.data?.step ?? ''}`.slice(0, LONGEST_LOCATION);
      }
    },
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) save({ now: true });
  });
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => {
    // The system has been told that this visit is over: another begins.
    if (event.persisted) location.reload();
  });

  /** The course stands: once it can be seen, the system is spoken to. */
  function begin() {
    if (begun_speaking) return;
    begun_speaking = true;
    requestAnimationFrame(() => later(initialise));
    // In a hidden page there are no frames.
    setTimeout(() => later(initialise), 2_000);
  }

  /** The system's API: in one of the windows around this one, or around the one that opened them. */
  function find() {
    const climb = (from) => {
      let here = from;
      for (let hops = 0; hops < 500; hops += 1) {
        try {
          if (here.API) return here.API;
          if (here.parent === here) return null;
          here = here.parent;
        } catch {
          // A window of another origin shows nothing, not even whether it has a parent of ours.
          return null;
        }
      }
      return null;
    };
    const opener = () => {
      try {
        return window.top.opener;
      } catch {
        return null;
      }
    };
    const own = climb(window);
    const other = own ? null : opener();
    return own ?? (other && climb(other));
  }

  /** Makes a call; what it gives as text, or null if it failed. */
  function call(name, ...words) {
    if (failures >= PATIENCE) return null;
    try {
      const value = String(api[name](...words) ?? '');
      const failed = (name === 'LMSInitialize' || name === 'LMSCommit' || name === 'LMSFinish') && value === 'false';
      failures = failed ? failures + 1 : 0;
      return failed ? null : value;
    } catch (error) {
      failures += 1;
      console.warn(`The course site could not do ${name}:`, error);
      return null;
    }
  }

  const get = (name) => call('LMSGetValue', name) ?? '';
  const set = (name, value) => call('LMSSetValue', name, String(value));

  /** Does things one after another, each in a turn of its own. */
  function later(...things) {
    queue.push(...things);
    if (timer === null) timer = setTimeout(turn, 0);
  }

  function turn() {
    const began = performance.now();
    queue.shift()?.();
    const took = performance.now() - began;
    timer = queue.length > 0 ? setTimeout(turn, took < 20 ? 0 : Math.min(took, 3_000)) : null;
  }

  /** Does at once whatever waits for its turn. */
  function now() {
    clearTimeout(timer);
    timer = null;
    while (queue.length > 0) queue.shift()();
  }

  function initialise() {
    if (tried) return;
    tried = true;
    if (call('LMSInitialize', '') === null) {
      answer = { error: { code: 'scorm', message: 'the course site keeps no progress' } };
      reply();
      return;
    }
    initialised = true;
    later(
      () => { writes = !['browse', 'review'].includes(get('cmi.core.lesson_mode')); },
      () => { get('cmi.core.entry'); },
      () => { status = get('cmi.core.lesson_status'); },
      () => {
        kept = read(get('cmi.suspend_data'));
        answer = kept.state ? { state: kept.state } : {};
        reply();
        save();
      },
      () => { goBack(get('cmi.core.lesson_location')); },
      () => {
        // What is complete stays so, whether the system remembers or we do.
        if (!writes || isComplete()) return;
        later(() => { set('cmi.core.lesson_status', 'incomplete'); }, () => { call('LMSCommit', ''); });
      },
    );
  }

  /** To the step at which the last visit ended, if this one is still where it began. */
  function goBack(place) {
    const [lesson, step] = String(place).split('/');
    if (!step || location_ || over) return;
    location_ = place;
    const shown = new URLSearchParams(location.search).get('lesson');
    if (shown === lesson) hear({ type: 'burger:cmd', v: 1, cmd: 'goto', args: { step } });
  }

  const hear = (message) => globalThis.burgerHost.hear?.(message);

  const isComplete = () => kept.complete || status === 'completed' || status === 'passed';

  function reply() {
    if (asked === null || answer === null) return;
    hear({ subject: 'SPLICE.getState.response', message_id: asked, ...answer });
  }

  /** `complete;score;state`, as `write` has written it; anything else is nothing. */
  function read(text) {
    const [, complete, score, state] = /^([01]);(\d+(?:\.\d+)?);(.*)$/s.exec(text) ?? [];
    return complete === undefined
      ? { complete: false, score: 0, state: '' }
      : { complete: complete === '1', score: Math.min(1, Number(score)), state };
  }

  const write = ({ complete, score, state }) => `${complete ? 1 : 0};${score};${state}`;

  /** Writes what was reported: soon, or now. */
  function save({ now: at_once = false } = {}) {
    if (reported === null || !writes || answer === null || !initialised) return;
    clearTimeout(waiting);
    const wait = at_once ? 0 : committed + PAUSE - Date.now();
    if (wait > 0) {
      waiting = setTimeout(save, wait);
      return;
    }
    committed = Date.now();
    later(...writing());
  }

  function writing() {
    const { score, complete, state, early } = reported;
    reported = null;
    kept = {
      complete: isComplete() || complete,
      score: Math.max(kept.score, score),
      state: early && kept.state ? kept.state : state,
    };
    const data = write(kept);
    const calls = [
      ['cmi.core.score.min', 0],
      ['cmi.core.score.max', 100],
      ['cmi.core.score.raw', Math.round(kept.score * 10_000) / 100],
    ];
    // A better word than ours stays; a worse one never replaces it.
    if (kept.complete && status !== 'passed' && status !== 'completed') {
      status = 'completed';
      calls.push(['cmi.core.lesson_status', status]);
    }
    calls.push(['cmi.core.lesson_location', location_]);
    if (data.length <= LONGEST) calls.push(['cmi.suspend_data', data]);
    else console.warn('The progress is too long for this course site, which keeps the one before.');
    const sets = calls.map(([name, value]) => () => { set(name, value); });
    return [...sets, () => { set('cmi.core.session_time', sessionTime()); }, () => { call('LMSCommit', ''); }];
  }

  /** How long this visit has lasted, `HH:MM:SS`. */
  function sessionTime() {
    const seconds = Math.max(0, Math.floor((Date.now() - begun) / 1_000));
    const two = (number) => String(number).padStart(2, '0');
    return `${two(Math.min(9_999, Math.floor(seconds / 3_600)))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  /** The page is left. What the course has not reported yet, it is asked for; then the visit ends, once. */
  function leave() {
    if (over) return;
    hear({ subject: 'SPLICE.flushState', message_id: 'scorm-leaves' });
    now();
    save({ now: true });
    now();
    over = true;
    if (!initialised) return;
    if (writes) {
      set('cmi.core.exit', kept.complete ? '' : 'suspend');
      set('cmi.core.session_time', sessionTime());
    }
    call('LMSFinish', '');
  }
})();
