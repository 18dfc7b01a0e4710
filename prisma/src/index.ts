export * from './client.ts';
export * from './content-cipher.ts';
export * from './demo-accounts.ts';
export * from './field-cipher.ts';
export { Prisma, PrismaClient } from './generated/client.ts';
export type * from './generated/models.ts';
export type * from './generated/enums.ts';
export type { Tenancy } from './tenancy.ts';
