import type { SessionId, StaffPost } from '@careconnect/contracts';
import { Prisma, type Database } from '@careconnect/prisma';
import { appendAudit, type AuditEntry } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { endSessionsOf } from '../../core/member-sessions.repository.ts';
import { openPractice } from '../../core/practice.repository.ts';
import { decideFirst, type Admitted, type Arrival } from './sso-admission.ts';
import { ssoErrors } from './sso.errors.ts';

export interface SsoAdmissionRepository {
  /**
   * Finds or makes the person, and brings their role up to date, with the rows that tell of it; or nothing of it.
   * Errors: those of {@link decideFirst}; SSO_REFUSED for somebody new without a name.
   */
  admit(arrival: Arrival): Promise<Admitted>;
}

interface Found {
  readonly userId: string;
  readonly linked: Admitted['linked'];
}

export function createSsoAdmissionRepository({ prisma }: Pick<Database, 'prisma'>): SsoAdmissionRepository {
  return {
    admit: (arrival) =>
      inTransaction(prisma, (tx) => admit(tx, arrival)).catch((error: unknown) => {
        // Somebody else of the provider has been that person for a long time, or for a moment.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
          throw ssoErrors.notLinked();
        throw error;
      }),
  };
}

async function admit(tx: Prisma.TransactionClient, arrival: Arrival): Promise<Admitted> {
  const { organizationId, issuer, subject } = arrival;
  // Not FOR UPDATE: whoever books meanwhile would wait. It is what administrators decide under, too.
  await tx.$queryRaw`SELECT FROM organization WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  const identity = await tx.ssoIdentity.findFirst({ where: { organizationId, issuer, subject } });
  const { userId, linked } = identity ? { ...identity, linked: null } : await comeFirst(tx, arrival);
  const endedSessions = await bringUpToDate(tx, userId, arrival);
  return { userId, linked, endedSessions };
}

async function comeFirst(tx: Prisma.TransactionClient, arrival: Arrival): Promise<Found> {
  const { organizationId, issuer, subject, email } = arrival;
  const namesake =
    email === null
      ? null
      : await tx.membership.findFirst({
          where: { organizationId, user: { email } },
          include: { user: { select: { name: true, email: true } } },
        });
  const outcome = decideFirst(namesake, arrival);
  const isLinked = outcome === 'link' && namesake !== null;
  const found = isLinked
    ? { userId: namesake.userId, linked: namesake.user }
    : { userId: await makeMember(tx, arrival), linked: null };
  const { userId } = found;
  await tx.ssoIdentity.create({ data: { organizationId, userId, issuer, subject } });
  const entry = isLinked
    ? ({ action: 'auth.linkSingleSignOn', entityType: 'user', entityId: userId } as const)
    : ({ action: 'people.joinBySingleSignOn', entityType: 'user', entityId: userId } as const);
  await tell(tx, arrival, userId, { ...entry, patientId: null, detail: { role: arrival.post.role } });
  return found;
}

/** An account of this organization alone, which neither an address nor a password opens. */
async function makeMember(
  tx: Prisma.TransactionClient,
  { organizationId, name, post }: Arrival,
): Promise<string> {
  if (name === null) throw ssoErrors.refused();
  const { id } = await tx.user.create({ data: { name, madeForOrganizationId: organizationId } });
  await tx.membership.create({ data: { organizationId, userId: id, role: post.role } });
  if (post.role === 'doctor') {
    await openPractice(tx, { organizationId, userId: id, name, specialty: post.specialty });
  }
  return id;
}

async function bringUpToDate(
  tx: Prisma.TransactionClient,
  userId: string,
  arrival: Arrival,
): Promise<SessionId[]> {
  const { organizationId, post, at } = arrival;
  const member = await tx.membership.findFirstOrThrow({
    where: { organizationId, userId },
    include: { user: { select: { name: true } } },
  });
  if (member.status !== 'active') throw ssoErrors.accountClosed();
  if (member.role === post.role) return [];
  const entry = {
    action: 'people.changeRole',
    entityType: 'membership',
    entityId: member.id,
    patientId: null,
    detail: { userId, roleBefore: member.role, role: post.role, by: 'single sign-on' },
  } as const;
  if (member.role === 'admin' && (await isLastAdministrator(tx, organizationId, userId))) {
    await tell(tx, arrival, userId, { ...entry, outcome: 'denied' });
    return [];
  }
  await giveRole(tx, member, post);
  await tell(tx, arrival, userId, entry);
  return endSessionsOf(tx, { organizationId, userId }, 'role changed', at);
}

async function isLastAdministrator(
  tx: Prisma.TransactionClient,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const others = { organizationId, role: 'admin', status: 'active', userId: { not: userId } } as const;
  return (await tx.membership.count({ where: others })) === 0;
}

async function giveRole(
  tx: Prisma.TransactionClient,
  member: Prisma.MembershipGetPayload<{ include: { user: { select: { name: true } } } }>,
  post: StaffPost,
): Promise<void> {
  const { id, organizationId, userId, user } = member;
  await tx.membership.update({ where: { id }, data: { role: post.role } });
  if (post.role !== 'doctor') return;
  await openPractice(tx, { organizationId, userId, name: user.name, specialty: post.specialty });
}

async function tell(
  tx: Prisma.TransactionClient,
  { organizationId, post, requestId, at }: Arrival,
  userId: string,
  entry: AuditEntry,
): Promise<void> {
  await appendAudit(tx, { ...entry, subject: { organizationId, userId, role: post.role }, requestId, at });
}
