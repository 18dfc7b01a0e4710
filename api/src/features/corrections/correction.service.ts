import type { Correction, Patient, PatientChanges, PatientId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditRow } from '../../core/audit.ts';
import { chartErrors, type ChartAccess } from '../../core/chart-access.ts';
import { correctionErrors } from './correction.errors.ts';
import { correctionPolicy } from './correction.policy.ts';
import type { CorrectionRepository } from './correction.repository.ts';
import { fieldsOf, type StoredCorrection } from './correction.ts';

export interface CorrectionServiceDeps {
  readonly corrections: CorrectionRepository;
  readonly charts: ChartAccess;
  readonly clock: Clock;
}

export interface CorrectionService {
  /** Errors: NOT_FOUND, FORBIDDEN, CONFLICT. */
  correct(caller: Caller, id: PatientId, changes: PatientChanges): Promise<Patient>;
  /** Newest first. Errors: NOT_FOUND, FORBIDDEN. */
  list(caller: Caller, id: PatientId): Promise<Correction[]>;
}

export function createCorrectionService({
  corrections,
  charts,
  clock,
}: CorrectionServiceDeps): CorrectionService {
  function auditOf(
    caller: Caller,
    action: AuditAction,
    patientId: PatientId,
    detail: NonNullable<AuditRow['detail']> = {},
  ): AuditRow {
    const target = { entityType: 'patient', entityId: patientId, patientId };
    return personAudit(caller, clock.now(), { action, ...target, detail });
  }

  async function requireMaySee({ actor }: Caller, id: PatientId): Promise<void> {
    // Ids of others tell nothing.
    if (!correctionPolicy.mayKnowOf(actor, id)) throw correctionErrors.notFound();
    const isInCare = (await charts.inCareOf(actor, [id])).has(id);
    if (correctionPolicy.maySeeDetails(actor, isInCare)) return;
    throw (await corrections.exists(actor.organizationId, id))
      ? chartErrors.outsideYourDepartments()
      : correctionErrors.notFound();
  }

  return {
    async correct(caller, id, changes) {
      const { organizationId, userId } = caller.actor;
      await requireMaySee(caller, id);
      const fields = fieldsOf(changes);
      if (!correctionPolicy.mayCorrect(caller.actor, fields)) throw correctionErrors.notYours();
      const correction = { organizationId, patientId: id, byUserId: userId, at: clock.now(), changes };
      // Which fields, and not what stands in them: the trail is exported, and read by more people.
      const audit = auditOf(caller, 'patient.correct', id, { fields });
      const { createdAt, ...details } = await corrections.correct(correction, audit);
      return { id, ...details, createdAt: createdAt.toISOString() };
    },

    async list(caller, id) {
      await requireMaySee(caller, id);
      const audit = auditOf(caller, 'patient.readCorrections', id);
      const stored = await corrections.list(caller.actor.organizationId, id, audit);
      if (!stored) throw correctionErrors.notFound();
      return stored.map(toView);
    },
  };
}

function toView({ id, at, byName, isByPatient, changes }: StoredCorrection): Correction {
  return { id, at: at.toISOString(), by: { name: byName, isPatient: isByPatient }, changes };
}
