import type { Prisma } from '@careconnect/prisma';

/** Two tabs that change the same person's factors do so one after the other. */
export async function holdPerson(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM user_account WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
}
