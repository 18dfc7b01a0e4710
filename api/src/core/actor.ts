import type {
  OrganizationId,
  PatientId,
  PractitionerId,
  RelatedPersonId,
  Relationship,
  Role,
  SessionId,
  UserId,
} from '@careconnect/contracts';
import type { Reach } from './reach.ts';

/** The person behind a request, in the one organization they act in. Repositories take the tenant from here. */
export interface Actor {
  readonly userId: UserId;
  readonly organizationId: OrganizationId;
  readonly membershipId: string;
  readonly role: Role;
  readonly sessionId: SessionId;
  /** Their own record, when they are a patient of this organization; of somebody who acts for another, that one's. */
  readonly patientId: PatientId | null;
  /** What they are to the patient they act for; null for whoever acts for themselves. */
  readonly actsAs: ActsAs | null;
  /** Their own practice, when they are a doctor here. */
  readonly practitionerId: PractitionerId | null;
  /** Of a member of staff who is kept to some departments, their doctors. */
  readonly reach: Reach;
  readonly name: string;
  readonly email: string | null;
  readonly isGuest: boolean;
  /** When they last proved who they are. */
  readonly confirmedAt: Date;
  /** What their organization asks of its staff. */
  readonly staffSecondFactor: 'optional' | 'required';
  /** Whether codes by e-mail and SMS are enough for that. */
  readonly staffSentCodes: 'refused' | 'allowed';
  /** It asks for a second factor, and they have none yet. */
  readonly mustSetUpSecondFactor: boolean;
  /** It is suspended, and they are in a visit that goes on; else they would not be signed in. */
  readonly isOrganizationSuspended: boolean;
  /** Their organization's identity provider has let them in. Its word is good in that organization alone. */
  readonly isBySso: boolean;
  /** Their account was made by it, and is good nowhere else. */
  readonly isMadeBySso: boolean;
}

export interface ActsAs {
  readonly relatedPersonId: RelatedPersonId;
  readonly relationship: Relationship;
}

/** A person acting in one request, as services are handed it. */
export interface Caller {
  readonly actor: Actor;
  readonly requestId: string;
}
