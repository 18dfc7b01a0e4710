/** Extra figures of one bench, by name; nested ones group what belongs together. */
export type Figures = { readonly [name: string]: number | string | boolean | null | Figures };

/** What a bench found out. Printed as the last line of its standard output. */
export interface Outcome {
  readonly name: string;
  /** Our figure and the baseline's, both in `unit`, taken in the same run. */
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  /** ours ÷ baseline: the only figure that travels between machines. */
  readonly ratio: number;
  readonly goal: string;
  readonly ok: boolean;
  readonly figures: Figures;
}

/** One line of JSON for scripts; numbers are rounded to what the measurement can bear. */
export function toJsonLine<Line extends { readonly figures: Figures }>({
  figures,
  ...outcome
}: Line): string {
  return JSON.stringify({ ...outcome, ...figures }, (_key, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value,
  );
}
