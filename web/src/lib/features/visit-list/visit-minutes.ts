import type { Visit } from '@careconnect/contracts';

/** Length of a finished visit in whole minutes, or null while there is none. */
export function visitMinutes({ startedAt, endedAt }: Pick<Visit, 'startedAt' | 'endedAt'>): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 60_000));
}
