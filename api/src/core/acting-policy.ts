import type { ActingScope } from '@careconnect/contracts';
import { comesOfAgeOn } from './coming-of-age.ts';

/** Days are `YYYY-MM-DD` in the organization's time zone. */
export interface ActingGrant {
  readonly status: 'pending' | 'active' | 'ended';
  readonly scopes: readonly ActingScope[];
  readonly grantedOn: string | null;
  /** Of the patient. */
  readonly birthDate: string;
}

/** The day from which the patient acts alone; null where somebody of age was granted it. */
export function endsByAgeOn({ grantedOn, birthDate }: Pick<ActingGrant, 'grantedOn' | 'birthDate'>) {
  const ofAge = comesOfAgeOn(birthDate);
  return grantedOn !== null && grantedOn < ofAge ? ofAge : null;
}

/**
 * Whether somebody may do something for a patient today. What was granted for a child ends by itself on the day on which
 * the child comes of age; what somebody of age granted lasts until it is ended.
 */
export function mayActFor(grant: ActingGrant, scope: ActingScope, today: string): boolean {
  return isInForce(grant, today) && grant.scopes.includes(scope);
}

export function isInForce(grant: ActingGrant, today: string): boolean {
  const ofAge = endsByAgeOn(grant);
  return grant.status === 'active' && (ofAge === null || today < ofAge);
}
