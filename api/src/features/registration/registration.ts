import type { OrganizationId } from '@careconnect/contracts';
import type { StoredConsentText } from '../../core/consent-record.repository.ts';

/** What a person tells of themselves to become a patient. */
export interface NewPatientAccount {
  readonly name: string;
  readonly birthDate: string;
  readonly gender: 'female' | 'male' | 'other' | 'unknown';
  readonly phone: string | null;
}

/** A link that has not been used and is not too old. */
export interface UsableRegistration {
  readonly email: string;
  readonly organizationId: OrganizationId;
  readonly clinicName: string;
  /** What the clinic asks its patients to agree to. */
  readonly consents: readonly StoredConsentText[];
}

export const REGISTRATION_LINK_TTL_MINUTES = 60;
/** Enough for someone who cannot find the first mail; too few to fill somebody's inbox by asking from outside. */
export const REGISTRATION_MAILS = { limit: 3, withinMs: 60 * 60_000 } as const;
