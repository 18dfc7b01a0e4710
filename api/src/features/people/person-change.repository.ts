import type { Areas, MembershipId, SessionId } from '@careconnect/contracts';
import type { Database, Prisma } from '@careconnect/prisma';
import type { Actor } from '../../core/actor.ts';
import { holdAsAdministrator } from '../../core/administrator.repository.ts';
import { appendAudit, type AuditRow } from '../../core/audit.ts';
import { inTransaction } from '../../core/in-transaction.ts';
import { endSessionsOf } from '../../core/member-sessions.repository.ts';
import { openPractice } from '../../core/practice.repository.ts';
import { personErrors } from './person.errors.ts';
import { MEMBER, toMember } from './person.repository.ts';
import type { Decision, Member, MemberChange } from './person.ts';

export interface Changed {
  readonly person: Member;
  readonly endedSessions: readonly SessionId[];
}

export interface PersonChangeRepository {
  /**
   * Decides about somebody while nobody else decides about anybody here, and stores it with the row that tells of
   * it. Answers with the person as they were; null where there was nothing to change.
   * Errors: FORBIDDEN when the actor is no administrator any more, `notFound`, and what the decision throws.
   */
  change(actor: Actor, membershipId: MembershipId, plan: ChangePlan): Promise<Changed | null>;
}

export interface ChangePlan {
  readonly decide: Decision;
  readonly audit: (person: Member) => AuditRow;
  readonly notFound: () => Error;
}

export function createPersonChangeRepository({ prisma }: Pick<Database, 'prisma'>): PersonChangeRepository {
  return {
    change: (actor, membershipId, { decide, audit, notFound }) =>
      inTransaction(prisma, async (tx) => {
        await holdAsAdministrator(tx, actor);
        const { organizationId } = actor;
        const row = await tx.membership.findFirst({
          where: { id: membershipId, organizationId, user: { isGuest: false } },
          select: MEMBER,
        });
        if (!row) throw notFound();
        const person = toMember(row);
        const change = decide(person);
        if (!change) return null;
        const told = audit(person);
        await apply(tx, organizationId, person, change);
        const member = { organizationId, userId: person.userId };
        const why = change.signOutReason;
        const endedSessions = why === undefined ? [] : await endSessionsOf(tx, member, why, told.at);
        await appendAudit(tx, told);
        return { person, endedSessions };
      }),
  };
}

async function apply(
  tx: Prisma.TransactionClient,
  organizationId: string,
  { membershipId, userId, name }: Member,
  { status, post, areas, withoutSecondFactor }: MemberChange,
): Promise<void> {
  if (areas) await replaceAreas(tx, { organizationId, userId }, areas);
  if (status || post) {
    const data = { ...(status && { status }), ...(post && { role: post.role }) };
    await tx.membership.update({ where: { id: membershipId }, data });
  }
  if (post?.role === 'doctor') {
    await openPractice(tx, { organizationId, userId, name, specialty: post.specialty });
  }
  if (withoutSecondFactor) {
    await tx.totpCredential.deleteMany({ where: { userId } });
    await tx.passkey.deleteMany({ where: { userId } });
    await tx.codeFactor.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
  }
}

async function replaceAreas(
  tx: Prisma.TransactionClient,
  member: { readonly organizationId: string; readonly userId: string },
  areas: Areas,
): Promise<void> {
  const { organizationId } = member;
  const [departmentIds, locationIds] = [[...new Set(areas.departmentIds)], [...new Set(areas.locationIds)]];
  const known =
    (await tx.department.count({ where: { organizationId, id: { in: departmentIds } } })) +
    (await tx.location.count({ where: { organizationId, id: { in: locationIds } } }));
  if (known !== departmentIds.length + locationIds.length) throw personErrors.areaUnknown();
  await tx.membershipArea.deleteMany({ where: member });
  await tx.membershipArea.createMany({
    data: [
      ...departmentIds.map((departmentId) => ({ ...member, departmentId })),
      ...locationIds.map((locationId) => ({ ...member, locationId })),
    ],
  });
}
