import { randomUUIDv7 } from 'node:crypto';
import type { Database, Prisma } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import type { FieldCipher } from '../../core/field-cipher.ts';
import { countFactors, isNone, isTooLittle, type LeastFactor } from '../../core/factor-counts.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { holdPerson } from '../../core/person-lock.repository.ts';
import type { StoredFactors } from './second-factor.ts';
import { secondFactorPolicy } from './second-factor.policy.ts';

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
  /** To somebody in one of their organizations. */
  areSentCodesEnough(member: { readonly userId: string; readonly organizationId: string }): Promise<boolean>;
  /** Replaces one that was begun before and not confirmed. */
  begin(userId: string, secret: string, now: Date): Promise<void>;
  findBegun(userId: string): Promise<BegunTotp | null>;
  /** Puts it in the place of the one in use, and its recovery codes in the place of theirs. False when it is gone. */
  confirm(userId: string, confirmed: ConfirmedTotp, audit: AuditRow): Promise<boolean>;
  /** With the last factor go the recovery codes. `kept` when that must not go. */
  remove(userId: string, least: LeastFactor, audit: AuditRow): Promise<'removed' | 'none' | 'kept'>;
  /** False when there is nothing whose place they could take. */
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
      const [totp, passkeys, codes, recoveryCodesLeft] = await Promise.all([
        prisma.totpCredential.findFirst({
          where: { userId, confirmedAt: { not: null } },
          select: { confirmedAt: true },
        }),
        prisma.passkey.count({ where: { userId } }),
        prisma.codeFactor.findMany({ where: { userId }, orderBy: { channel: 'asc' } }),
        prisma.recoveryCode.count({ where: { userId, usedAt: null } }),
      ]);
      const inUse = totp?.confirmedAt ? { confirmedAt: totp.confirmedAt } : null;
      const sentCodes = codes.map(({ channel }) => channel);
      return { totp: inUse, passkeys, sentCodes, recoveryCodesLeft };
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

    areSentCodesEnough: async ({ userId, organizationId }) => {
      const member = await prisma.membership.findFirst({
        where: { userId, organizationId },
        select: { role: true, organization: { select: { staffSentCodes: true } } },
      });
      const enough = secondFactorPolicy.areSentCodesEnough;
      return member !== null && enough({ role: member.role, ...member.organization });
    },

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

    remove: (userId, least, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if ((await tx.totpCredential.count({ where: { userId } })) === 0) return 'none';
        const left = { ...(await countFactors(tx, userId)), totp: 0 };
        if (isTooLittle(left, least)) return 'kept';
        await tx.totpCredential.deleteMany({ where: { userId } });
        if (isNone(left)) await tx.recoveryCode.deleteMany({ where: { userId } });
        await appendAudit(tx, audit);
        return 'removed';
      }),

    replaceRecoveryCodes: (userId, codeHashes, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if (isNone(await countFactors(tx, userId))) return false;
        await replaceCodes(tx, userId, codeHashes, audit);
        return true;
      }),
  };
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
