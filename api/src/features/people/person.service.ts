import {
  MembershipId,
  type Areas,
  type MembershipStatus,
  type Person,
  type Role,
  type StaffPost,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { Caller } from '../../core/actor.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { personAudit, type AuditAction, type AuditEntry } from '../../core/audit.ts';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { Page } from '../../core/page.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { PersonChangeRepository } from './person-change.repository.ts';
import { personErrors } from './person.errors.ts';
import { personPolicy } from './person.policy.ts';
import type { PersonRepository } from './person.repository.ts';
import {
  changeRole,
  remove,
  resetSecondFactor,
  resume,
  setAreas,
  suspend,
  type Decision,
  type ListedMember,
} from './person.ts';

export interface PersonServiceDeps {
  readonly people: PersonRepository;
  readonly changes: PersonChangeRepository;
  readonly audit: AuditTrail;
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
  readonly clock: Clock;
}

export interface PersonListRequest {
  readonly q?: string | undefined;
  readonly role?: Role | undefined;
  readonly status?: MembershipStatus | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Every change, errors: NOT_FOUND; FORBIDDEN about oneself; CONFLICT. One that is so already is none. */
export interface PersonService {
  list(caller: Caller, request: PersonListRequest): Promise<Page<Person>>;
  suspend(caller: Caller, id: MembershipId): Promise<void>;
  resume(caller: Caller, id: MembershipId): Promise<void>;
  remove(caller: Caller, id: MembershipId): Promise<void>;
  changeRole(caller: Caller, id: MembershipId, post: StaffPost): Promise<void>;
  setAreas(caller: Caller, id: MembershipId, areas: Areas): Promise<void>;
  resetSecondFactor(caller: Caller, id: MembershipId): Promise<void>;
}

/** Who belongs to an organization, and what they may do there. */
export function createPersonService(deps: PersonServiceDeps): PersonService {
  const { people, changes, audit, ended, notices, clock } = deps;

  async function change(
    caller: Caller,
    id: MembershipId,
    action: AuditAction,
    decide: Decision,
    detail: AuditEntry['detail'] = {},
  ) {
    const changed = await changes.change(caller.actor, id, {
      decide(person) {
        if (!personPolicy.mayDecideAbout(caller.actor, person)) throw personErrors.yourself();
        return decide(person);
      },
      audit: (person) =>
        personAudit(caller, clock.now(), {
          action,
          entityType: 'membership',
          entityId: person.membershipId,
          patientId: null,
          detail: { userId: person.userId, statusBefore: person.status, roleBefore: person.role, ...detail },
        }),
      notFound: personErrors.notFound,
    });
    if (changed) ended.tell(changed.endedSessions);
    return changed;
  }

  return {
    async list(caller, { q = '', role, status, limit, cursor }) {
      const { actor } = caller;
      if (!personPolicy.mayLook(actor)) throw sessionErrors.notAllowed();
      const after = cursor === undefined ? null : (MembershipId.safeParse(cursor).data ?? undefined);
      if (after === undefined) throw personErrors.unknownCursor();
      const page = await people.search(actor.organizationId, { q, role, status, limit, after });
      if (!page) throw personErrors.unknownCursor();
      const patientIds = page.items.flatMap(({ patientId }) => patientId ?? []);
      const entry = {
        action: 'people.search',
        entityType: 'membership',
        entityId: null,
        patientId: null,
      } as const;
      await audit.append(personAudit(caller, clock.now(), { ...entry, detail: { patientIds } }));
      return { ...page, items: page.items.map(toView) };
    },

    async suspend(caller, id) {
      await change(caller, id, 'people.suspend', suspend);
    },
    async resume(caller, id) {
      await change(caller, id, 'people.resume', resume);
    },
    async remove(caller, id) {
      await change(caller, id, 'people.remove', remove);
    },
    async changeRole(caller, id, post) {
      await change(caller, id, 'people.changeRole', changeRole(post), { role: post.role });
    },
    async setAreas(caller, id, areas) {
      const detail = { departmentIds: areas.departmentIds, locationIds: areas.locationIds };
      await change(caller, id, 'people.setAreas', setAreas(areas), detail);
    },
    async resetSecondFactor(caller, id) {
      // The second step guards the whole account, wherever it opens a door.
      if (await people.belongsElsewhere(caller.actor.organizationId, id))
        throw personErrors.belongsElsewhere();
      const changed = await change(caller, id, 'people.resetSecondFactor', resetSecondFactor);
      if (changed) notices.tell(changed.person, 'secondFactorReset');
    },
  };
}

function toView({ patientId: _patientId, lastSeenAt, joinedAt, ...person }: ListedMember): Person {
  return { ...person, lastSeenAt: lastSeenAt?.toISOString() ?? null, joinedAt: joinedAt.toISOString() };
}
