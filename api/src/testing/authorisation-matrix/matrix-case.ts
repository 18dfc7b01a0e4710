import type { Role } from '@careconnect/contracts';

/** A receptionist who is kept to the department of the colleague. */
export const OTHER_DESK = 'receptionist of another department';

export type Person = Role | 'anonymous' | typeof OTHER_DESK;

/** One request by one person, and what came of it. */
export interface MatrixCase {
  /** `visits.start as doctor on foreign` */
  readonly name: string;
  readonly expected: number;
  readonly actual: number;
  /** What was shown that this person may not see; null when nothing was. */
  readonly leaked: string | null;
}
