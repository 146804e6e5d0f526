// A page as a learning management system shows it: an API in the window, scorm-again behind it, the package in a frame.
// Every call is written down. The address says what this system is like:
//   slow=MS     each call keeps the page that long      throws=1     each call throws
//   empty=1     status and score are given back as ""   (Open edX)   mode=browse   the lesson's mode
//   popup=1     the package opens in a window of its own

const like = new URLSearchParams(location.search);
const KEPT = 'lms.cmi';
const stored = JSON.parse(localStorage.getItem(KEPT) ?? 'null');

const runtime = new window.Scorm12API({ autocommit: false, logLevel: 5 });
if (stored) {
  runtime.loadFromJSON(stored, '');
  runtime.cmi.core.entry = 'resume';
} else {
  runtime.cmi.core.entry = 'ab-initio';
}
if (like.has('mode')) runtime.cmi.core.lesson_mode = like.get('mode');

window.log = [];

function hold(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function call(name, words) {
  const entry = { name, words, at: performance.now(), hidden: document.hidden };
  window.log.push(entry);
  if (like.has('slow')) hold(Number(like.get('slow')));
  if (like.has('throws')) throw new Error('the system is down');
  entry.result = runtime[name](...words);
  const lost = like.has('empty') && /lesson_status|score/.test(words[0] ?? '') && name === 'LMSGetValue';
  if (lost) entry.result = '';
  if (name === 'LMSCommit' || name === 'LMSFinish') {
    const { cmi } = JSON.parse(JSON.stringify(runtime.renderCMIToJSONObject()));
    localStorage.setItem(KEPT, JSON.stringify(cmi));
  }
  return entry.result;
}

const names = ['Initialize', 'Finish', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic'];
window.API = Object.fromEntries(names.map((name) => [`LMS${name}`, (...words) => call(`LMS${name}`, words)]));

addEventListener('DOMContentLoaded', () => {
  if (like.has('popup')) {
    // The opener has the API; nothing around the package has one.
    window.opened = window.open('package/index.html');
    return;
  }
  const frame = document.createElement('iframe');
  frame.src = 'package/index.html';
  frame.title = 'The package';
  frame.width = '1000';
  frame.height = '900';
  document.body.append(frame);
});
