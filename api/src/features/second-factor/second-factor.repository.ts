import { randomUUIDv7 } from 'node:crypto';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { inTransaction } from '../../core/in-transaction.ts';

export interface StoredFactors {
  readonly totp: { readonly confirmedAt: Date } | null;
  readonly recoveryCodesLeft: number;
}

export interface BegunTotp {
  readonly id: string;
  readonly secret: string;
}

export interface ConfirmedTotp {
  readonly credentialId: string;
  /** Of the code that confirmed it, which is not taken again. */
  readonly step: number;
  readonly codeHashes: readonly Buffer<ArrayBuffer>[];
}

type Hashes = readonly Buffer<ArrayBuffer>[];

/** Every change takes the row that tells of it and stores both in one transaction. */
export interface SecondFactorRepository {
  read(userId: string): Promise<StoredFactors>;
  /** Replaces one that was begun before and not confirmed. */
  begin(userId: string, secret: string, now: Date): Promise<void>;
  findBegun(userId: string): Promise<BegunTotp | null>;
  /** Puts it in the place of the one in use, and its recovery codes in the place of theirs. False when it is gone. */
  confirm(userId: string, confirmed: ConfirmedTotp, audit: AuditRow): Promise<boolean>;
  /** False when there is none. */
  remove(userId: string, audit: AuditRow): Promise<boolean>;
  /** False when there is no app whose place they could take. */
  replaceRecoveryCodes(userId: string, codeHashes: Hashes, audit: AuditRow): Promise<boolean>;
}

export interface SecondFactorRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly cipher: FieldCipher;
}

export function createSecondFactorRepository({
  database: { prisma },
  cipher,
}: SecondFactorRepositoryDeps): SecondFactorRepository {
  return {
    async read(userId) {
      const [totp, recoveryCodesLeft] = await Promise.all([
        prisma.totpCredential.findFirst({
          where: { userId, confirmedAt: { not: null } },
          select: { confirmedAt: true },
        }),
        prisma.recoveryCode.count({ where: { userId, usedAt: null } }),
      ]);
      return { totp: totp?.confirmedAt ? { confirmedAt: totp.confirmedAt } : null, recoveryCodesLeft };
    },

    begin: (userId, secret, createdAt) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        await tx.totpCredential.deleteMany({ where: { userId, confirmedAt: null } });
        const id = randomUUIDv7();
        const owner = { organizationId: userId, id };
        const sealed = cipher.encrypt('totp_credential.secret', owner, secret);
        await tx.totpCredential.create({ data: { id, userId, secret: sealed, createdAt } });
      }),

    async findBegun(userId) {
      const row = await prisma.totpCredential.findFirst({ where: { userId, confirmedAt: null } });
      if (!row) return null;
      const owner = { organizationId: userId, id: row.id };
      return { id: row.id, secret: cipher.decrypt('totp_credential.secret', owner, row.secret) };
    },

    confirm: (userId, { credentialId, step, codeHashes }, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        const isThere = await tx.totpCredential.count({ where: { id: credentialId, confirmedAt: null } });
        if (isThere === 0) return false;
        await tx.totpCredential.deleteMany({ where: { userId, id: { not: credentialId } } });
        await tx.totpCredential.update({
          where: { id: credentialId },
          data: { confirmedAt: audit.at, lastUsedStep: step, failedCount: 0, lastFailedAt: null },
        });
        await replaceCodes(tx, userId, codeHashes, audit);
        return true;
      }),

    remove: (userId, audit) =>
      inTransaction(prisma, async (tx) => {
        const { count } = await tx.totpCredential.deleteMany({ where: { userId } });
        if (count === 0) return false;
        await tx.recoveryCode.deleteMany({ where: { userId } });
        await appendAudit(tx, audit);
        return true;
      }),

    replaceRecoveryCodes: (userId, codeHashes, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        const inUse = await tx.totpCredential.count({ where: { userId, confirmedAt: { not: null } } });
        if (inUse === 0) return false;
        await replaceCodes(tx, userId, codeHashes, audit);
        return true;
      }),
  };
}

/** Two tabs that change the same person's factors do so one after the other. */
async function holdPerson(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM user_account WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
}

async function replaceCodes(
  tx: Prisma.TransactionClient,
  userId: string,
  codeHashes: Hashes,
  audit: AuditRow,
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codeHashes.map((codeHash) => ({ userId, codeHash, createdAt: audit.at })),
  });
  await appendAudit(tx, audit);
}
