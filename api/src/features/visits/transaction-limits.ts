/**
 * For transactions of Prisma. Under load one may wait for its connection as long as a single statement may
 * (the pool's own limit); the driver's default would refuse it sooner.
 */
export const TRANSACTION_LIMITS = { maxWait: 5_000, timeout: 15_000 } as const;
