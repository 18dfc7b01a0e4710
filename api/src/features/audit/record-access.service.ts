import type { RecordAccess } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { decodeCursor, encodeCursor } from '../../core/instant-cursor.ts';
import { toPage, type Page } from '../../core/page.ts';
import type { RecordAccessRepository } from './record-access.repository.ts';
import { trailErrors } from './trail.errors.ts';
import type { AccessGroup } from './trail.ts';

export interface RecordAccessServiceDeps {
  readonly accesses: RecordAccessRepository;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface RecordAccessService {
  /** Of the record of whoever asks, and of no other. */
  mine(
    caller: Caller,
    request: { own?: 'shown' | undefined; limit: number; cursor?: string | undefined },
  ): Promise<Page<RecordAccess>>;
}

export function createRecordAccessService({
  accesses,
  audit,
  clock,
}: RecordAccessServiceDeps): RecordAccessService {
  return {
    async mine(caller, { own, limit, cursor }) {
      const { organizationId, userId, patientId } = caller.actor;
      if (!patientId) throw trailErrors.noRecord();
      const after = cursor === undefined ? null : decodeCursor(cursor);
      const without = own === 'shown' ? null : userId;
      const found = await accesses.find({ organizationId, patientId, without, limit: limit + 1, after });
      const target = { entityType: 'patient', entityId: patientId, patientId };
      await audit.append(personAudit(caller, clock.now(), { action: 'audit.readOwn', ...target }));
      return toPage(
        found,
        limit,
        ({ lastAt: at, lastId: id }) => encodeCursor({ at, id }),
        (group) => toAccess(group, caller.actor),
      );
    },
  };
}

function toAccess({ actor, lastId: _id, firstAt, lastAt, ...group }: AccessGroup, me: Actor): RecordAccess {
  return {
    ...group,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    who: { ...actor, isYou: actor.userId === me.userId },
  };
}
