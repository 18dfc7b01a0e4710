import type { CodeChannel, UserId } from '@careconnect/contracts';
import type { AccountPhones, Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { countFactors, isNone, isTooLittle, type LeastFactor } from '../../core/factor-counts.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { holdPerson } from '../../core/person-lock.repository.ts';

/** Where codes of a person can go. */
export interface Reachable {
  readonly name: string;
  readonly email: string | null;
  /** In E.164. */
  readonly sms: string | null;
}

/** Every change takes the row that tells of it and stores both in one transaction. */
export interface CodeFactorRepository {
  reach(userId: UserId): Promise<Reachable>;
  /** False when it is on already. */
  turnOn(userId: UserId, channel: CodeChannel, audit: AuditRow): Promise<boolean>;
  /** With the last factor go the recovery codes. `kept` when that must not go. */
  turnOff(
    userId: UserId,
    channel: CodeChannel,
    least: LeastFactor,
    audit: AuditRow,
  ): Promise<'turnedOff' | 'none' | 'kept'>;
}

export interface CodeFactorRepositoryDeps {
  readonly database: Pick<Database, 'prisma'>;
  readonly phones: Pick<AccountPhones, 'open'>;
}

export function createCodeFactorRepository({
  database: { prisma },
  phones,
}: CodeFactorRepositoryDeps): CodeFactorRepository {
  return {
    async reach(userId) {
      const { name, email, phone } = await prisma.user.findFirstOrThrow({ where: { id: userId } });
      return { name, email, sms: phones.open(userId, phone) };
    },

    turnOn: (userId, channel, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if ((await tx.codeFactor.count({ where: { userId, channel } })) > 0) return false;
        await tx.codeFactor.create({ data: { userId, channel, createdAt: audit.at } });
        await appendAudit(tx, audit);
        return true;
      }),

    turnOff: (userId, channel, least, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if ((await tx.codeFactor.count({ where: { userId, channel } })) === 0) return 'none';
        const counts = await countFactors(tx, userId);
        const left = { ...counts, sentCodes: counts.sentCodes - 1 };
        if (isTooLittle(left, least)) return 'kept';
        await tx.codeFactor.deleteMany({ where: { userId, channel } });
        if (isNone(left)) await tx.recoveryCode.deleteMany({ where: { userId } });
        await appendAudit(tx, audit);
        return 'turnedOff';
      }),
  };
}
