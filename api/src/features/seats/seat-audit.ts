import type { OrganizationId } from '@careconnect/contracts';
import type { AuditSubject } from '../../core/audit.ts';
import type { StoredSeat } from './stored-seat.ts';

/** Someone who acts through their seat: signaling has checked who they are, and passes it on. */
export function subjectOfSeat({ userId, role, stored }: StoredSeat): AuditSubject {
  return { organizationId: stored.organizationId, userId, role };
}

export const SIGNALING_ROLE = 'service:signaling';

/** Signaling itself. */
export function subjectOfSignaling(organizationId: OrganizationId): AuditSubject {
  return { organizationId, userId: null, role: SIGNALING_ROLE };
}
