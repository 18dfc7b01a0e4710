import type { InvitedRole } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import { hashOpaqueToken, newOpaqueToken } from './opaque-token.ts';

export type LinkFor =
  | { readonly purpose: 'registration'; readonly organizationId: string }
  | { readonly purpose: 'email_change'; readonly userId: string }
  | {
      readonly purpose: 'invitation';
      readonly organizationId: string;
      /** Null where the operator invites, who has no account. */
      readonly invitedById: string | null;
      readonly personName: string;
      readonly role: InvitedRole;
      readonly specialty: string | null;
    };

export interface NewLink {
  readonly for: LinkFor;
  readonly email: string;
  readonly at: Date;
  readonly ttlMinutes: number;
  /** How many links one address may be sent within so long. */
  readonly quota: { readonly limit: number; readonly withinMs: number };
}

/** Stores a link to an address and answers with its token, or null when the address has been sent enough of them. */
export async function storeLink(tx: Prisma.TransactionClient, link: NewLink): Promise<string | null> {
  const { email, at, ttlMinutes, quota } = link;
  // Requests for the same address are counted one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`identity_link:${email}`}, 0))`;
  const since = new Date(at.getTime() - quota.withinMs);
  // Each purpose by itself: what a stranger asks for must not use up what somebody asks for in their account.
  const { purpose } = link.for;
  const sent = await tx.identityLink.count({ where: { email, purpose, createdAt: { gt: since } } });
  if (sent >= quota.limit) return null;
  const token = newOpaqueToken();
  const expiresAt = new Date(at.getTime() + ttlMinutes * 60_000);
  await tx.identityLink.create({
    data: { ...link.for, email, tokenHash: hashOpaqueToken(token), createdAt: at, expiresAt },
  });
  return token;
}

/** Uses a link up. Null when it was used before, is too old, or is for something else. */
export async function useLink(
  tx: Prisma.TransactionClient,
  purpose: LinkFor['purpose'],
  token: string,
  at: Date,
) {
  const [used] = await tx.identityLink.updateManyAndReturn({
    where: { purpose, tokenHash: hashOpaqueToken(token), usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  return used ?? null;
}

/**
 * Makes the links worthless by which somebody's address could still be changed. Whoever chooses a new password may do so
 * because another has been in their account, and has left such a link behind.
 */
export async function voidEmailChanges(
  tx: Prisma.TransactionClient,
  userId: string,
  at: Date,
): Promise<void> {
  await tx.identityLink.updateMany({
    where: { userId, purpose: 'email_change', usedAt: null },
    data: { usedAt: at },
  });
}
