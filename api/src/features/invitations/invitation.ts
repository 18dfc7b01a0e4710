import type { InvitationId, InvitedRole, OrganizationId, Post } from '@careconnect/contracts';
import { INVITATION_TTL_DAYS } from '@careconnect/contracts';
import { invitationErrors } from './invitation.errors.ts';

export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly post: Post;
}

export interface OpenInvitation {
  readonly id: InvitationId;
  readonly email: string;
  readonly name: string;
  readonly role: InvitedRole;
  readonly specialty: string | null;
  readonly invitedBy: string | null;
  readonly invitedAt: Date;
  readonly expiresAt: Date;
}

/** What a link that still works promises. */
export interface UsableInvitation {
  readonly organizationId: OrganizationId;
  readonly clinicName: string;
  readonly email: string;
  readonly name: string;
  readonly post: Post;
}

export const INVITATION_TTL_MINUTES = INVITATION_TTL_DAYS * 24 * 60;
/** More than what others may have an address sent, so that nobody keeps an invitation from it. */
export const INVITATION_MAILS = { limit: 10, withinMs: 60 * 60_000 } as const;

export interface Membership {
  readonly role: string;
  readonly status: string;
  /** They have a record as a patient here. */
  readonly isPatient: boolean;
}

/** Throws what keeps somebody from being invited, or from joining. Whoever was removed may come back. */
export function requireMayJoin(membership: Membership | null): void {
  if (!membership) return;
  // One person has one membership of an organization, and with it one role.
  if (membership.isPatient || membership.role === 'patient') throw invitationErrors.isPatient();
  if (membership.status === 'suspended') throw invitationErrors.isSuspended();
  if (membership.status === 'active') throw invitationErrors.memberAlready();
}
