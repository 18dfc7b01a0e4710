import { networkOf } from '@careconnect/platform';
import type { Database, Prisma } from '@careconnect/prisma';
import { prepared } from '../../core/prepared.ts';

export interface Account {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  /** Active ones, oldest first; those of suspended organizations last. */
  readonly memberships: readonly { readonly organizationId: string; readonly role: string }[];
}

export interface AccountRepository {
  findByEmail(email: string): Promise<Account | null>;
  findById(userId: string): Promise<Omit<Account, 'email'> | null>;
  /** Whether the owner of an address belongs to an organization, in whatever role and state. */
  isMember(email: string, organizationSlug: string): Promise<boolean>;
  /**
   * What the organizations ask of passwords that somebody works for, or is about to; null where they work for none.
   */
  passwordMinLength(email: string | null, joining: string | null): Promise<number | null>;
  /** Whether somebody has signed in to this account from this address, or from its network, since `since`. */
  hasSignedInFrom(userId: string, ip: string, since: Date): Promise<boolean>;
}

// One statement, so that an address with an account takes no longer than one without.
const ACCOUNT = `
   SELECT id AS "userId", email, name, password_hash AS "passwordHash",
          (SELECT coalesce(json_agg(json_build_object('organizationId', organization_id, 'role', role)
                                    ORDER BY suspended_at IS NOT NULL, m.created_at), '[]')
             FROM membership m JOIN organization o ON o.id = m.organization_id
            WHERE m.user_id = u.id AND m.status = 'active') AS memberships
     FROM user_account u`;
const selectByEmail = prepared<Account>('account.byEmail', `${ACCOUNT} WHERE email = $1`);
const selectById = prepared<Account>('account.byId', `${ACCOUNT} WHERE id = $1`);

export function createAccountRepository({ prisma, pool }: Database): AccountRepository {
  return {
    async findByEmail(email) {
      const [account] = await selectByEmail(pool, [email]);
      return account ?? null;
    },

    async findById(userId) {
      const [account] = await selectById(pool, [userId]);
      return account ?? null;
    },

    async isMember(email, slug) {
      return (await prisma.membership.count({ where: { user: { email }, organization: { slug } } })) > 0;
    },

    async passwordMinLength(email, joining) {
      const worksThere: Prisma.MembershipWhereInput = {
        user: { email },
        role: { not: 'patient' },
        status: 'active',
      };
      const asked = await prisma.organization.aggregate({
        where: {
          OR: [
            ...(joining === null ? [] : [{ id: joining }]),
            ...(email === null ? [] : [{ memberships: { some: worksThere } }]),
          ],
        },
        _max: { staffPasswordMinLength: true },
      });
      return asked._max.staffPasswordMinLength;
    },

    async hasSignedInFrom(userId, ip, since) {
      const sessions = await prisma.session.findMany({
        where: { userId, createdAt: { gte: since } },
        select: { ipAddress: true },
        distinct: 'ipAddress',
      });
      return sessions.some(({ ipAddress }) => networkOf(ipAddress) === networkOf(ip));
    },
  };
}
