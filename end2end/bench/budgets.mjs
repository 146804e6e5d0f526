// The one list of budgets, as budgets.json has it.

import { readFileSync } from 'node:fs';

const { rows } = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'));

/** The row of a figure: `most` or `least` is its budget. Where it is not met yet, or there is none, `today` is what a test allows: it may
 * only fall. */
export function budgetOf(id) {
  const row = rows.find((it) => it.id === id);
  if (!row) throw new Error(`budgets.json has no row ${id}`);
  return row;
}

/** What a test allows of a figure. */
export function limitOf(id) {
  const { today, most } = budgetOf(id);
  return today ?? most;
}
