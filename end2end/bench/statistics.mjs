// Medians and other quantiles of samples.

/** The value below which a part of the samples lies: 0.5 is the median. */
export function quantile(samples, part) {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export const median = (samples) => quantile(samples, 0.5);

/** Rounded, so that files stay readable. */
export const round = (value, digits = 2) => Number(value.toFixed(digits));
export const rounded = (samples, digits = 2) => samples.map((value) => round(value, digits));
