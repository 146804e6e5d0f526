// What the machine has to give just now: its cores may be other programs' too.

import { Worker } from 'node:worker_threads';

/** How many times as fast so many threads of Node.js are at a fixed amount of work: what the machine has to give just now. */
export async function speedHere(threads) {
  const work = 'let n = 1; for (let i = 0; i < 3e8; i += 1) { n ^= n << 13; n ^= n >>> 17; n ^= n << 5; }';
  const time = async (count) => {
    const begin = performance.now();
    const one = () => new Promise((resolve) => { new Worker(work, { eval: true }).on('exit', resolve); });
    await Promise.all(Array.from({ length: count }, one));
    return performance.now() - begin;
  };
  return threads * await time(1) / await time(threads);
}
