// What a strict system takes, by the SCORM 1.2 run-time environment: scorm-again lets more pass.

const NUMBER = /^\d{1,3}(\.\d{1,2})?$/;
const WRITABLE = {
  'cmi.core.lesson_status': /^(passed|completed|failed|incomplete|browsed)$/,
  'cmi.core.score.min': NUMBER,
  'cmi.core.score.max': NUMBER,
  'cmi.core.score.raw': NUMBER,
  'cmi.core.lesson_location': /^[\s\S]{0,255}$/,
  'cmi.core.session_time': /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/,
  // The standard knows `time-out`, `suspend`, `logout` and nothing; not `normal`.
  'cmi.core.exit': /^(suspend|logout|time-out|)$/,
  'cmi.suspend_data': /^[\x20-\x7e]{0,4096}$/,
};
const READABLE = [...Object.keys(WRITABLE), 'cmi.core.lesson_mode', 'cmi.core.entry']
  .filter((name) => !/session_time|exit/.test(name));

/** Everything in a log of calls that a strict system would refuse, one line each. `over`: the visit has ended. */
export function faults(log, { over }) {
  const found = [];
  const fault = (index, text) => found.push(`call ${index} (${log[index]?.name} ${log[index]?.words}): ${text}`);
  const times = (name) => log.filter((call) => call.name === name).length;
  if (log[0]?.name !== 'LMSInitialize') fault(0, 'the first call is LMSInitialize');
  if (times('LMSInitialize') !== 1) fault(0, 'LMSInitialize is called once');
  if (over && log.at(-1)?.name !== 'LMSFinish') fault(log.length - 1, 'the last call is LMSFinish');
  if (times('LMSFinish') > 1) fault(log.length - 1, 'LMSFinish is called once');
  let score = false;
  let status = '';
  let committed = true;
  log.forEach(({ name, words, result }, index) => {
    if (name === 'LMSFinish' && index < log.length - 1) fault(index, 'nothing comes after LMSFinish');
    if (['LMSInitialize', 'LMSCommit', 'LMSFinish'].includes(name) && !(words.length === 1 && words[0] === '')) {
      fault(index, 'its parameter is ""');
    }
    if (name === 'LMSGetValue' && !READABLE.includes(words[0])) fault(index, 'this cannot be read');
    if (name === 'LMSGetValue' && words[0] === 'cmi.core.lesson_status') status = result;
    if (name === 'LMSSetValue') {
      const [element, value] = words;
      if (!WRITABLE[element]) fault(index, 'this cannot be written');
      else if (typeof value !== 'string' || !WRITABLE[element].test(value)) fault(index, 'this is no value for it');
      if (element === 'cmi.core.score.raw') score = true;
      if (element === 'cmi.core.lesson_status') {
        const better = ['incomplete', 'completed', 'passed'];
        if (better.indexOf(value) < better.indexOf(status)) fault(index, `${status} never becomes ${value}`);
        if (value === 'completed' && !score) fault(index, 'the score comes before the status');
        status = value;
      }
      committed = false;
    }
    if (name === 'LMSCommit' || name === 'LMSFinish') committed = true;
  });
  if (over && !committed) fault(log.length - 1, 'what was set is committed');
  return found;
}
