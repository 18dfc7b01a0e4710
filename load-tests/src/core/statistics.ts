/**
 * The value below which `share` (0 to 1) of the sample lies, by linear interpolation between
 * the two nearest ranks (type 7 of Hyndman and Fan 1996). Throws on an empty sample: a bench that
 * measured nothing has failed.
 */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('There is nothing to summarise.');
  return below + (above - below) * (position - Math.floor(position));
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

export function sum(sample: readonly number[]): number {
  return sample.reduce((total, value) => total + value, 0);
}
