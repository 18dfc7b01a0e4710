import type { Erasure, ErasureId, OwnErasure } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit, type AuditEntry, type AuditRow } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { erasureErrors } from './erasure.errors.ts';
import { erasurePolicy } from './erasure.policy.ts';
import type { Asker, ErasureRepository } from './erasure.repository.ts';
import type { ListedErasure, StoredErasure } from './erasure.ts';
import type { ErasedPatient, PatientErasureRepository } from './patient-erasure.repository.ts';
import type { RetentionYearsRepository } from './retention-years.repository.ts';

export interface ErasureServiceDeps {
  readonly erasures: ErasureRepository;
  readonly patients: PatientErasureRepository;
  readonly years: RetentionYearsRepository;
  readonly audit: AuditTrail;
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
  /** Takes away the bytes of notes that were never delivered. */
  readonly discard: (organizationId: string, undelivered: ErasedPatient['undelivered']) => void;
  readonly clock: Clock;
}

export interface ErasureService {
  mine(caller: Caller): Promise<OwnErasure | null>;
  ask(caller: Caller): Promise<OwnErasure>;
  list(caller: Caller): Promise<Erasure[]>;
  /** Errors: NOT_FOUND, CONFLICT, ERASURE_BLOCKED. */
  accept(caller: Caller, id: ErasureId): Promise<void>;
  /** Errors: NOT_FOUND, CONFLICT. */
  refuse(caller: Caller, id: ErasureId, reason: string): Promise<void>;
  /** Errors: NOT_FOUND. */
  readHeld(caller: Caller, id: ErasureId, reason: string): Promise<string>;
  years(caller: Caller): Promise<number>;
  changeYears(caller: Caller, years: number): Promise<void>;
}

export function createErasureService(deps: ErasureServiceDeps): ErasureService {
  const { erasures, patients, years, audit, ended, notices, discard, clock } = deps;

  function requireMayDecide(actor: Actor): void {
    if (!erasurePolicy.mayDecide(actor)) throw sessionErrors.notAllowed();
  }

  function askerOf({ organizationId, patientId, userId }: Actor): Asker {
    if (!patientId) throw erasureErrors.noRecord();
    return { organizationId, patientId, userId, at: clock.now() };
  }

  function told(
    caller: Caller,
    action: AuditEntry['action'],
    entry: Pick<AuditEntry, 'entityId' | 'patientId' | 'detail'>,
  ): AuditRow {
    return personAudit(caller, clock.now(), { action, entityType: 'erasureRequest', ...entry });
  }

  return {
    async mine({ actor }) {
      const { organizationId, patientId } = askerOf(actor);
      const newest = await erasures.newest(organizationId, patientId);
      return newest && toOwn(newest);
    },

    async ask(caller) {
      const asker = askerOf(caller.actor);
      const asked = await erasures.ask(asker, ({ id, patientId }) =>
        told(caller, 'erasure.ask', { entityId: id, patientId }),
      );
      return toOwn(asked);
    },

    async list(caller) {
      requireMayDecide(caller.actor);
      const found = await erasures.list(caller.actor.organizationId);
      const detail = { patientIds: [...new Set(found.map(({ patientId }) => patientId))] };
      await audit.append(told(caller, 'erasure.list', { entityId: null, patientId: null, detail }));
      return found.map(toView);
    },

    async accept(caller, id) {
      requireMayDecide(caller.actor);
      const erased = await patients.accept(caller.actor, id, clock.now(), (patientId, heldUntil) =>
        told(caller, 'erasure.accept', { entityId: id, patientId, detail: { heldUntil } }),
      );
      ended.tell(erased.endedSessions);
      discard(caller.actor.organizationId, erased.undelivered);
      notices.tell(erased, 'erased');
    },

    async refuse(caller, id, reason) {
      requireMayDecide(caller.actor);
      await erasures.refuse(caller.actor, id, { reason, at: clock.now() }, ({ patientId }) =>
        told(caller, 'erasure.refuse', { entityId: id, patientId }),
      );
    },

    async readHeld(caller, id, reason) {
      requireMayDecide(caller.actor);
      const text = await erasures.readHeld(caller.actor.organizationId, id, (patientId) =>
        told(caller, 'erasure.readHeld', { entityId: id, patientId, detail: { reason } }),
      );
      if (text === null) throw erasureErrors.notHeld();
      return text;
    },

    async years({ actor }) {
      requireMayDecide(actor);
      return years.get(actor.organizationId);
    },

    async changeYears(caller, after) {
      requireMayDecide(caller.actor);
      const { organizationId: entityId } = caller.actor;
      await years.put(caller.actor, after, (before) =>
        personAudit(caller, clock.now(), {
          ...{ action: 'organization.changeRetention', entityType: 'organization', entityId },
          patientId: null,
          detail: { years: after, yearsBefore: before },
        }),
      );
    },
  };
}

function toOwn({ id, state, requestedAt, dueAt, decidedAt, reason }: StoredErasure): OwnErasure {
  return {
    ...{ id, state, reason },
    requestedAt: requestedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

function toView(erasure: ListedErasure): Erasure {
  const { patientId, patientName, heldUntil } = erasure;
  return { ...toOwn(erasure), patient: { id: patientId, name: patientName }, heldUntil };
}
