import type { Me, SessionId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

/** However busy, a session ends after this; a guest's lasts for the day of the visit. */
export const SESSION_TTL_MS = { member: 30 * 86_400_000, guest: 86_400_000 } as const;
/** A refresh token that is not used for so long ends the session. */
export const REFRESH_IDLE_TTL_MS = 7 * 86_400_000;
/** Two tabs may refresh at the same moment: within this, a used token answers with the same successor. */
export const REFRESH_GRACE_MS = 10_000;

/** A live session with the person, role and organization behind it. */
export interface SessionRecord {
  readonly actor: Actor;
  readonly email: string | null;
  readonly organizationName: string;
  readonly timeZone: string;
  readonly expiresAt: Date;
}

export interface NewSession {
  readonly userId: string;
  readonly organizationId: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly isGuest: boolean;
  /** What the password was held against; null for a guest, who has none. */
  readonly passwordHash: string | null;
}

/** What became of a refresh token that was presented. */
export type Rotation =
  | { readonly kind: 'rotated' | 'repeated'; readonly sessionId: SessionId; readonly refreshExpiresAt: Date }
  | { readonly kind: 'reused'; readonly sessionId: SessionId }
  | { readonly kind: 'unknown' };

export function toMe({ actor, email, organizationName, timeZone }: SessionRecord): Me {
  const { userId, name, role, isGuest, organizationId, patientId, practitionerId } = actor;
  return {
    userId,
    name,
    email,
    role,
    isGuest,
    organization: { id: organizationId, name: organizationName, timeZone },
    patientId,
    practitionerId,
  };
}
