import type { Visit } from '@careconnect/contracts';
import { visitInstant } from './visit-instant.ts';

const HOW_MANY = 8;

/** The last visits whose time has come, newest first. What is booked for later is not the latest of anything. */
export function latestVisits(today: readonly Visit[], before: readonly Visit[], now: Date): Visit[] {
  return [...today, ...before]
    .filter((visit) => Date.parse(visitInstant(visit)) <= now.getTime())
    .toSorted((a, b) => visitInstant(b).localeCompare(visitInstant(a)))
    .slice(0, HOW_MANY);
}
