import type { Outcome } from './outcome.ts';

/** A measurement that compares one thing of ours with its baseline. */
export interface Bench {
  /** One line for `--help`. */
  readonly summary: string;
  /** One line per flag, with its default. */
  readonly flags: readonly string[];
  /** @param args - The flags as they were typed after the bench's name. */
  run(args: readonly string[]): Promise<Outcome>;
}
