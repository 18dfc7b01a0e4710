import { Post } from '@careconnect/contracts';
import type { Prisma } from '@careconnect/prisma';
import { storeLink } from '../../core/identity-link.repository.ts';
import { invitationErrors } from './invitation.errors.ts';
import { INVITATION_MAILS, INVITATION_TTL_MINUTES, type NewInvitation } from './invitation.ts';

/** What the row of an invitation promises; a constraint of its table holds it to that. */
export function postOf({ role, specialty }: { role: string | null; specialty: string | null }): Post {
  return Post.parse(role === 'doctor' ? { role, specialty } : { role });
}

/** Which organization invites, and who in its name; null where the operator does, who has no account. */
export interface Inviter {
  readonly organizationId: string;
  readonly userId: string | null;
}

/**
 * Stores an invitation and answers with the token for its link. The address has no other that is open, see the index.
 * Errors: CONFLICT, RATE_LIMITED.
 */
export async function storeInvitation(
  tx: Prisma.TransactionClient,
  { organizationId, userId }: Inviter,
  { email, name, post }: NewInvitation,
  at: Date,
): Promise<string> {
  const token = await storeLink(tx, {
    for: {
      purpose: 'invitation',
      organizationId,
      invitedById: userId,
      personName: name,
      role: post.role,
      specialty: post.role === 'doctor' ? post.specialty : null,
    },
    email,
    at,
    ttlMinutes: INVITATION_TTL_MINUTES,
    quota: INVITATION_MAILS,
  });
  // Thrown, so that the invitation before it stays.
  if (token === null) throw invitationErrors.tooManyMails();
  return token;
}
