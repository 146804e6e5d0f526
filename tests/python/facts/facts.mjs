// Facts about JavaScript, under Node.js: `node facts.mjs` lists them, `node facts.mjs ID SCALE` runs one, on a clock
// SCALE times as fast. What the simulation claims: `examples/facts/js.rs`.

const [id, scale] = process.argv.slice(2);
let start = performance.now();

const now = () => ((performance.now() - start) / 1000) * Number(scale);
const say = (text) => console.log(`${now().toFixed(1).padStart(5)} s  ${text}`);
const after = (seconds, act) => setTimeout(act, (seconds * 1000) / Number(scale));
const sleep = (seconds) => new Promise((done) => after(seconds, done));

const FACTS = {
  async async_function_runs_at_the_call() {
    const order = async () => {
      say("the body runs");
      await sleep(1);
      say("the body goes on");
    };
    say("before the call");
    const promise = order();
    say("after the call");
    await promise;
    say("closed");
  },

  async promise_all_rejects_first() {
    const burger = async (name, seconds, burnt) => {
      await sleep(seconds);
      say(`${name} ${burnt ? "fails" : "is served"}`);
      if (burnt) throw new Error("burnt");
    };
    try {
      await Promise.all([burger("Ada", 2, false), burger("Ben", 1, true)]);
    } catch (error) {
      say(`Promise.all rejects: ${error.constructor.name}`);
    }
    await sleep(1.5);
    say("closed");
  },

  async microtask_before_timer() {
    const timer = sleep(0);
    queueMicrotask(() => say("a microtask"));
    await timer;
    say("a timer of no time");
  },

  async microtasks_starve_timers() {
    after(0.5, () => say("the timer of 0.5 s"));
    while (now() < 1) await null;
    say("the chain ends");
  },
};

if (id) {
  start = performance.now();
  await FACTS[id.replace("js.", "")]();
} else {
  for (const name of Object.keys(FACTS)) console.log(`js.${name}`);
}
