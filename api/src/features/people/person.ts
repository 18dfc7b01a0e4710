import type {
  Areas,
  MembershipId,
  MembershipStatus,
  PatientId,
  Role,
  StaffPost,
  UserId,
} from '@careconnect/contracts';
import { isNarrowed } from '../../core/reach.ts';
import { personErrors } from './person.errors.ts';

/** Somebody with an account here; guests of one visit are none. */
export interface Member {
  readonly membershipId: MembershipId;
  readonly userId: UserId;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly status: MembershipStatus;
  readonly hasSecondFactor: boolean;
  readonly areas: Areas;
}

export interface ListedMember extends Member {
  readonly patientId: PatientId | null;
  readonly lastSeenAt: Date | null;
  readonly joinedAt: Date;
}

/** What is to become of somebody. Parts that are not named stay as they are. */
export interface MemberChange {
  readonly status?: MembershipStatus;
  readonly post?: StaffPost;
  readonly areas?: Areas;
  readonly withoutSecondFactor?: true;
  /** Why they are signed out; absent where they are not. */
  readonly signOutReason?: string;
}

/** What changes, or null where it is so already. Throws what stands in the way. */
export type Decision = (person: Member) => MemberChange | null;

export const suspend: Decision = (person) => {
  requireNotRemoved(person);
  return person.status === 'suspended' ? null : { status: 'suspended', signOutReason: 'suspended' };
};

export const resume: Decision = (person) => {
  requireNotRemoved(person);
  // A sign-in that was under way when they were suspended does not come back to life.
  return person.status === 'active' ? null : { status: 'active', signOutReason: 'resumed' };
};

export const remove: Decision = (person) => {
  // Their record stays, and with it whose it is.
  if (person.role === 'patient') throw personErrors.patientStays();
  return person.status === 'removed' ? null : { status: 'removed', signOutReason: 'removed' };
};

export const resetSecondFactor: Decision = (person) => {
  requireNotRemoved(person);
  return person.hasSecondFactor ? { withoutSecondFactor: true } : null;
};

export function changeRole(post: StaffPost): Decision {
  return (person) => {
    requireNotRemoved(person);
    if (person.role === 'patient') throw personErrors.patientIsNoStaff();
    return person.role === post.role ? null : { post, signOutReason: 'role changed' };
  };
}

export function setAreas(areas: Areas): Decision {
  return (person) => {
    requireNotRemoved(person);
    if (!isNarrowed(person.role)) throw personErrors.worksForAll();
    // What they have open, and live, was let in under what they reached before.
    return isSame(person.areas, areas) ? null : { areas, signOutReason: 'departments changed' };
  };
}

function isSame(one: Areas, other: Areas): boolean {
  const setOf = ({ departmentIds, locationIds }: Areas) =>
    new Set<string>([...departmentIds, ...locationIds]);
  const [a, b] = [setOf(one), setOf(other)];
  return a.size === b.size && [...a].every((id) => b.has(id));
}

function requireNotRemoved({ status, name }: Member): void {
  if (status === 'removed') throw personErrors.removed(name);
}
