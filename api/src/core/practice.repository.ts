import { randomBytes } from 'node:crypto';
import type { Prisma } from '@careconnect/prisma';
import { slugOf } from './slug.ts';

export interface NewPractice {
  readonly organizationId: string;
  readonly userId: string;
  readonly name: string;
  readonly specialty: string;
}

/** More than enough: from the second try on it is chance that two names meet. */
const MAX_TRIES = 5;

/**
 * What patients choose a doctor by. A new one has no hours yet and a walk-in link that is closed; that of somebody who
 * was a doctor here before comes back, closed too.
 */
export async function openPractice(tx: Prisma.TransactionClient, practice: NewPractice): Promise<void> {
  const { organizationId, userId, name, specialty } = practice;
  const { count } = await tx.practitioner.updateMany({
    where: { organizationId, userId },
    data: { specialty, isWalkInOpen: false },
  });
  if (count > 0) return;
  const { timeZone } = await tx.organization.findFirstOrThrow({ where: { id: organizationId } });
  const plain = slugOf(name) ?? 'doctor';
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const walkInSlug = tries === 0 ? plain : `${plain}-${randomBytes(3).toString('hex')}`;
    const made = await tx.practitioner.createMany({
      data: { organizationId, userId, name, specialty, bio: '', walkInSlug, timeZone },
      skipDuplicates: true,
    });
    if (made.count > 0) return;
  }
  throw new Error('no walk-in link was free');
}
