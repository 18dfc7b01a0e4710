import type { Database, Prisma } from '@careconnect/prisma';

/**
 * Under load a transaction may wait for its connection as long as a single statement may (the pool's own
 * limit); the driver's default would refuse it sooner.
 */
const LIMITS = { maxWait: 5_000, timeout: 15_000 } as const;

/** Everything that `work` does is stored together, or none of it. */
export function inTransaction<T>(
  prisma: Database['prisma'],
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(work, LIMITS);
}
