import { PASSKEYS_MAX, type PasskeyId, type PasskeyTransport, type UserId } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { countFactors, isNone, isTooLittle, type LeastFactor } from '../../core/factor-counts.repository.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { holdPerson } from '../../core/person-lock.repository.ts';
import { prepared } from '../../core/prepared.ts';
import type { Bytes, NewPasskey, PasskeyKey, StoredPasskey } from './passkey.ts';
import type { Signed } from './webauthn.ts';

export interface PasskeyRepository {
  /** The oldest first. */
  list(userId: UserId): Promise<StoredPasskey[]>;
  findKey(credentialId: Bytes): Promise<PasskeyKey | null>;
  /** False when its counter has not moved on since the last one: there are two of what must be one. */
  countSignature(id: PasskeyId, signed: Signed, now: Date): Promise<boolean>;
  /** `known` when anybody has it already. */
  add(
    userId: UserId,
    passkey: NewPasskey,
    auditOf: (id: PasskeyId) => AuditRow,
  ): Promise<StoredPasskey | 'known' | 'full'>;
  /** Null when it is not theirs. */
  rename(userId: UserId, id: PasskeyId, name: string): Promise<StoredPasskey | null>;
  /** With the last factor go the recovery codes. `kept` when that must not go. */
  remove(
    userId: UserId,
    id: PasskeyId,
    least: LeastFactor,
    audit: AuditRow,
  ): Promise<'removed' | 'none' | 'kept'>;
}

// Zero and zero again is a device that does not count.
const countSignature = prepared<{ id: string }>(
  'passkey.count-signature',
  `UPDATE passkey SET sign_count = $2, is_backed_up = $3, last_used_at = $4
    WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0)) RETURNING id`,
);

export function createPasskeyRepository({ prisma, pool }: Database): PasskeyRepository {
  return {
    async list(userId) {
      const rows = await prisma.passkey.findMany({
        where: { userId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toStored);
    },

    async findKey(credentialId) {
      const row = await prisma.passkey.findFirst({ where: { credentialId } });
      if (!row) return null;
      return { id: row.id as PasskeyId, userId: row.userId as UserId, publicKey: row.publicKey };
    },

    async countSignature(id, { signCount, isBackedUp }, now) {
      return (await countSignature(pool, [id, signCount, isBackedUp, now])).length > 0;
    },

    add: (userId, { transports, ...passkey }, auditOf) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if ((await tx.passkey.count({ where: { userId } })) >= PASSKEYS_MAX) return 'full' as const;
        const row = await tx.passkey.create({ data: { userId, ...passkey, transports: [...transports] } });
        await appendAudit(tx, auditOf(row.id as PasskeyId));
        return toStored(row);
      }).catch((error: unknown) => {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return 'known';
        throw error;
      }),

    async rename(userId, id, name) {
      const [row] = await prisma.passkey.updateManyAndReturn({ where: { id, userId }, data: { name } });
      return row ? toStored(row) : null;
    },

    remove: (userId, id, least, audit) =>
      inTransaction(prisma, async (tx) => {
        await holdPerson(tx, userId);
        if ((await tx.passkey.count({ where: { id, userId } })) === 0) return 'none';
        const counts = await countFactors(tx, userId);
        const left = { ...counts, passkeys: counts.passkeys - 1 };
        if (isTooLittle(left, least)) return 'kept';
        await tx.passkey.delete({ where: { id } });
        if (isNone(left)) await tx.recoveryCode.deleteMany({ where: { userId } });
        await appendAudit(tx, audit);
        return 'removed';
      }),
  };
}

function toStored(row: {
  id: string;
  credentialId: Bytes;
  transports: string[];
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  isBackedUp: boolean;
}): StoredPasskey {
  const { id, credentialId, transports, name, createdAt, lastUsedAt, isBackedUp } = row;
  return {
    id: id as PasskeyId,
    credentialId,
    transports: transports as PasskeyTransport[],
    name,
    createdAt,
    lastUsedAt,
    isBackedUp,
  };
}
