import { NARROWED_ROLES, type PractitionerId, type Role } from '@careconnect/contracts';

/**
 * The doctors whose visits, waiting rooms and hours somebody is shown; null where nobody keeps them to departments. It
 * is found with their session ({@link REACH}), so that policies can ask it without another question to the database.
 */
export type Reach = readonly PractitionerId[] | null;

export function isWithinReach(reach: Reach, practitionerId: PractitionerId): boolean {
  return reach === null || reach.includes(practitionerId);
}

export function isNarrowed(role: Role): boolean {
  return (NARROWED_ROLES as readonly Role[]).includes(role);
}
