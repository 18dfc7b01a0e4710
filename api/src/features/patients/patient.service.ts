import { PatientId, type Patient as PatientView } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditEntry } from '../../core/audit.ts';
import type { Page } from '../../core/page.ts';
import { patientErrors } from './patient.errors.ts';
import { patientPolicy } from './patient.policy.ts';
import type { PatientRepository } from './patient.repository.ts';
import type { NewPatient, Patient } from './patient.ts';

export interface PatientServiceDeps {
  readonly patients: PatientRepository;
  readonly clock: Clock;
}

export interface PatientListRequest {
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface PatientService {
  list(caller: Caller, request: PatientListRequest): Promise<Page<PatientView>>;
  get(caller: Caller, id: PatientId): Promise<PatientView>;
  create(caller: Caller, patient: NewPatient): Promise<PatientView>;
}

export function createPatientService({ patients, clock }: PatientServiceDeps): PatientService {
  const auditOf = (
    caller: Caller,
    action: AuditAction,
    entry: Partial<AuditEntry> & Pick<AuditEntry, 'patientId'>,
  ) =>
    personAudit(caller, clock.now(), { action, entityType: 'patient', entityId: entry.patientId, ...entry });

  return {
    async list(caller, { q = '', limit, cursor }) {
      const after = cursor === undefined ? null : (PatientId.safeParse(cursor).data ?? undefined);
      if (after === undefined) throw patientErrors.unknownCursor();
      const { organizationId } = caller.actor;
      const page = await patients.search(organizationId, { q, limit, after }, (found) =>
        auditOf(caller, 'patient.search', {
          patientId: null,
          detail: { patientIds: found.map(({ id }) => id) },
        }),
      );
      if (!page) throw patientErrors.unknownCursor();
      return { ...page, items: page.items.map(toView) };
    },

    async get(caller, id) {
      const patient = await patients.find(caller.actor.organizationId, id, (found) =>
        auditOf(caller, 'patient.read', {
          patientId: found.id,
          outcome: patientPolicy.mayRead(caller.actor, found) ? 'success' : 'denied',
        }),
      );
      // Somebody else's record answers like none, so that ids tell nothing.
      if (!patient || !patientPolicy.mayRead(caller.actor, patient)) throw patientErrors.notFound();
      return toView(patient);
    },

    async create(caller, patient) {
      const created = await patients.create(caller.actor.organizationId, patient, ({ id }) =>
        auditOf(caller, 'patient.create', { patientId: id }),
      );
      return toView(created);
    },
  };
}

function toView({ createdAt, ...patient }: Patient): PatientView {
  return { ...patient, createdAt: createdAt.toISOString() };
}
