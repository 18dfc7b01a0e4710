import type { Prisma } from '@careconnect/prisma';

/** How many of each kind of second factor somebody has. */
export interface FactorCounts {
  readonly totp: number;
  readonly passkeys: number;
  readonly sentCodes: number;
}

/** What their organization asks a person to have at least: nothing, anything, or more than a code that is sent. */
export type LeastFactor = 'none' | 'any' | 'strong';

export async function countFactors(tx: Prisma.TransactionClient, userId: string): Promise<FactorCounts> {
  // One after the other: a transaction has one connection.
  const totp = await tx.totpCredential.count({ where: { userId, confirmedAt: { not: null } } });
  const passkeys = await tx.passkey.count({ where: { userId } });
  const sentCodes = await tx.codeFactor.count({ where: { userId } });
  return { totp, passkeys, sentCodes };
}

/** Whether that would be less than they must have. */
export function isTooLittle({ totp, passkeys, sentCodes }: FactorCounts, least: LeastFactor): boolean {
  const strong = totp + passkeys;
  if (least === 'none') return false;
  return (least === 'strong' ? strong : strong + sentCodes) === 0;
}

export function isNone(counts: FactorCounts): boolean {
  return isTooLittle(counts, 'any');
}
