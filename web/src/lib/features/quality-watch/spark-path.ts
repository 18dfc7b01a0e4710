export interface SparkRange {
  readonly min: number;
  readonly max: number;
}

/** A small line in a box of 100 × 100, from the first value to the last; it breaks where there is none. */
export function sparkPath(values: readonly (number | null)[], { min, max }: SparkRange): string {
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  let isDrawing = false;
  return values
    .flatMap((value, index) => {
      const command = isDrawing ? 'L' : 'M';
      isDrawing = value !== null;
      if (value === null) return [];
      const share = (Math.min(max, Math.max(min, value)) - min) / (max - min || 1);
      // A moment alone would be no line.
      const dot = isDrawing && command === 'M' ? 'h0' : '';
      return [`${command}${round(index * step)} ${round(100 - 100 * share)}${dot}`];
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
