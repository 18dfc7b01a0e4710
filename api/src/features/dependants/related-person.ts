import type {
  ActingScope,
  AdministrativeGender,
  GuardianRelationship,
  PatientId,
  RelatedPersonId,
  RelatedPersonStatus,
  Relationship,
  UserId,
} from '@careconnect/contracts';
import { isInForce, type ActingGrant } from '../../core/acting-policy.ts';

/** Somebody who acts for a patient, asks to, or did. */
export interface StoredRelatedPerson extends ActingGrant {
  readonly id: RelatedPersonId;
  readonly userId: UserId;
  /** Of whoever acts. */
  readonly name: string;
  readonly patient: {
    readonly id: PatientId;
    readonly name: string;
    /** The account they decide by; null for who has none. */
    readonly userId: UserId | null;
  };
  readonly relationship: Relationship;
  readonly requestedAt: Date;
  readonly grantedAt: Date | null;
  readonly endedAt: Date | null;
  /** `YYYY-MM-DD` in the organization's time zone. */
  readonly today: string;
}

export interface NewChild {
  /** Chosen by the client: the relation's id. */
  readonly id: RelatedPersonId;
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly gender: AdministrativeGender;
  readonly relationship: GuardianRelationship;
}

export type Move = 'grant' | 'end';

/** A relation only moves on. The database holds the same with a trigger. */
export const MOVES = {
  grant: { from: ['pending'], to: 'active' },
  end: { from: ['pending', 'active'], to: 'ended' },
} as const satisfies Record<Move, { from: readonly RelatedPersonStatus[]; to: RelatedPersonStatus }>;

/** Where a move leads; null where it is not open. */
export function statusAfter(status: RelatedPersonStatus, move: Move): RelatedPersonStatus | null {
  const { from, to } = MOVES[move];
  return (from as readonly RelatedPersonStatus[]).includes(status) ? to : null;
}

const EVERYTHING: readonly ActingScope[] = ['visits', 'records', 'decisions'];
const GUARDIANS: ReadonlySet<Relationship> = new Set(['MTH', 'FTH', 'GUARD']);

/** Parents and guardians may do all; a carer, what was named, in the order in which it is always told. */
export function scopesOf(relationship: Relationship, named: readonly ActingScope[]): ActingScope[] {
  return EVERYTHING.filter((scope) => GUARDIANS.has(relationship) || named.includes(scope));
}

/** What its status comes to: of a child who has come of age, nobody acts any more. */
export function standingOf(relation: StoredRelatedPerson): RelatedPersonStatus {
  return relation.status === 'active' && !isInForce(relation, relation.today) ? 'ended' : relation.status;
}
