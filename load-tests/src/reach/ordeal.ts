import type { Figures } from '../core/outcome.ts';

/** What became of two people who talked while something happened to the way between them. */
export interface Ordeal {
  readonly isSurvived: boolean;
  readonly inWords: string;
  readonly figures: Figures;
}
