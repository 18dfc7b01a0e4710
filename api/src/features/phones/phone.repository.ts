import type { UserId } from '@careconnect/contracts';
import { Prisma, type AccountPhones, type Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { countFactors, isNone, isTooLittle, type LeastFactor } from '../../core/factor-counts.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { holdPerson } from '../../core/person-lock.repository.ts';

/** Every change takes the row that tells of it and stores both in one transaction. */
export interface PhoneRepository {
  /** In E.164. */
  find(userId: string): Promise<string | null>;
  /** Answers with the number before it. `taken` when it is another account's. */
  replace(
    userId: UserId,
    phone: string,
    audit: AuditRow,
  ): Promise<{ readonly before: string | null } | 'taken'>;
  /** With codes to it. `kept` when they must not go. */
  remove(userId: UserId, least: LeastFactor, audit: AuditRow): Promise<'removed' | 'none' | 'kept'>;
}

export interface PhoneRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly phones: Pick<AccountPhones, 'seal' | 'open'>;
}

const NO_PHONE = { phone: null, phoneIndex: null, phoneVerifiedAt: null };

export function createPhoneRepository({
  database: { prisma },
  phones,
}: PhoneRepositoryDeps): PhoneRepository {
  const find = async (client: Prisma.TransactionClient, userId: string) => {
    const { phone } = await client.user.findFirstOrThrow({ where: { id: userId }, select: { phone: true } });
    return phones.open(userId, phone);
  };

  return {
    find: (userId) => find(prisma, userId),

    replace: (userId, phone, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        const before = await find(tx, userId);
        const data = { ...phones.seal(userId, phone), phoneVerifiedAt: audit.at };
        await tx.user.update({ where: { id: userId }, data });
        await voidCodes(tx, userId, audit.at);
        await appendAudit(tx, audit);
        return { before };
      }).catch((error: unknown) => {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return 'taken';
        throw error;
      }),

    remove: (userId, least, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if ((await find(tx, userId)) === null) return 'none';
        const codes = await tx.codeFactor.count({ where: { userId, channel: 'sms' } });
        const counts = await countFactors(tx, userId);
        const left = { ...counts, sentCodes: counts.sentCodes - codes };
        if (codes > 0 && isTooLittle(left, least)) return 'kept';
        await tx.codeFactor.deleteMany({ where: { userId, channel: 'sms' } });
        if (isNone(left)) await tx.recoveryCode.deleteMany({ where: { userId } });
        await tx.user.update({ where: { id: userId }, data: NO_PHONE });
        await voidCodes(tx, userId, audit.at);
        await appendAudit(tx, audit);
        return 'removed';
      }),
  };
}

/** What was sent to the number before is worth nothing from now on. */
async function voidCodes(tx: Prisma.TransactionClient, userId: string, usedAt: Date): Promise<void> {
  await tx.sentCode.updateMany({ where: { userId, channel: 'sms', usedAt: null }, data: { usedAt } });
}
