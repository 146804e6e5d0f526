// Minifies a module in its place: `cargo xtask build` runs `node minify.mjs FILE` on the program's script.

import { readFile, writeFile } from 'node:fs/promises';
import { minify } from 'terser';

const [file] = process.argv.slice(2);
const { code } = await minify(await readFile(file, 'utf8'), { module: true, ecma: 2020 });
await writeFile(file, code);
