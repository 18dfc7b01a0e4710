import type { FactorMethod, Me, SessionId } from '@careconnect/contracts';
import type { Actor } from '../../core/actor.ts';

/**
 * However busy, a session ends after this; a guest's lasts for the day of the visit. Whom an organization's identity
 * provider has let in it is asked about again the next working day: it does not tell when somebody has left.
 */
export const SESSION_TTL_MS = { member: 30 * 86_400_000, sso: 43_200_000, guest: 86_400_000 } as const;
/** A refresh token that is not used for so long ends the session, however long the organization lets a page rest. */
export const REFRESH_IDLE_TTL_MS = 86_400_000;
/** Two tabs may refresh at the same moment: within this, a used token answers with the same successor. */
export const REFRESH_GRACE_MS = 10_000;

/** A live session with the person, role and organization behind it. */
export interface SessionRecord {
  readonly actor: Actor;
  readonly organizationName: string;
  readonly organizationSlug: string;
  readonly timeZone: string;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
  readonly idleTimeoutMinutes: number;
}

/** How somebody proved who they are when they signed in. */
export type SignInMethod = 'password' | FactorMethod | 'guest' | 'sso' | 'ssoFactor';

export interface NewSession {
  readonly userId: string;
  readonly organizationId: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly isGuest: boolean;
  /** What the password was held against; null for whoever signed in without one. */
  readonly passwordHash: string | null;
  readonly methods: readonly SignInMethod[];
  /** When they proved who they are, where that was not just now. */
  readonly confirmedAt?: Date;
}

export function lifetimeMs({ isGuest, methods }: Pick<NewSession, 'isGuest' | 'methods'>): number {
  if (isGuest) return SESSION_TTL_MS.guest;
  return methods.includes('sso') ? SESSION_TTL_MS.sso : SESSION_TTL_MS.member;
}

/** What became of a refresh token that was presented. */
export type Rotation =
  | { readonly kind: 'rotated' | 'repeated'; readonly sessionId: SessionId; readonly refreshExpiresAt: Date }
  | { readonly kind: 'reused'; readonly sessionId: SessionId }
  | { readonly kind: 'unknown' };

export function toMe(record: SessionRecord): Me {
  const { actor, organizationName, organizationSlug, timeZone, idleTimeoutMinutes } = record;
  const { userId, name, email, role, isGuest, organizationId, patientId, practitionerId } = actor;
  return {
    userId,
    name,
    email,
    role,
    isGuest,
    organization: { id: organizationId, name: organizationName, timeZone },
    patientId,
    practitionerId,
    mustSetUpSecondFactor: actor.mustSetUpSecondFactor,
    idleTimeoutMinutes,
    singleSignOn: actor.isBySso ? { clinic: organizationSlug, hasMadeAccount: actor.isMadeBySso } : null,
  };
}
