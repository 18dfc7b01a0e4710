import { QUALITY_MAX_POINTS } from '@careconnect/contracts';
import type { JudgedPeriod } from './judged-period.ts';

/**
 * At most so many periods, in order. Neighbours are gathered into buckets of one size, and of each bucket the worst
 * is kept as it is: a bad minute is never averaged away.
 */
export function thin(periods: readonly JudgedPeriod[], limit = QUALITY_MAX_POINTS): JudgedPeriod[] {
  const size = Math.ceil(periods.length / limit);
  if (size <= 1) return [...periods];
  const buckets = Array.from({ length: Math.ceil(periods.length / size) }, (_none, index) =>
    periods.slice(index * size, (index + 1) * size),
  );
  return buckets.map((bucket) => bucket.reduce((worst, next) => (isWorse(next, worst) ? next : worst)));
}

/** More problems are worse; then the worse sound, then the worse picture. */
function isWorse(one: JudgedPeriod, other: JudgedPeriod): boolean {
  const [a, b] = [one, other].map(
    ({ problems, soundMos, pictureMos }) => [-problems.length, soundMos ?? 5, pictureMos ?? 5] as const,
  );
  if (!a || !b) return false;
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}
