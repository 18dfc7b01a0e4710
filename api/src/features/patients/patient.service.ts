import {
  PatientId,
  type FoundPatient,
  type Patient as PatientView,
  type PatientIdentity,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditEntry } from '../../core/audit.ts';
import {
  chartErrors,
  emergencyDetail,
  toOwnEmergencyAccess,
  type ChartAccess,
} from '../../core/chart-access.ts';
import type { Page } from '../../core/page.ts';
import { patientErrors } from './patient.errors.ts';
import { patientPolicy } from './patient.policy.ts';
import type { PatientRepository } from './patient.repository.ts';
import type { NewPatient, Patient } from './patient.ts';

export interface PatientServiceDeps {
  readonly patients: PatientRepository;
  readonly charts: ChartAccess;
  readonly clock: Clock;
}

export interface PatientListRequest {
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Whether somebody is in the care that opens a record; null where it takes none. */
type CareOf = (id: PatientId) => boolean | null;

export interface PatientService {
  list(caller: Caller, request: PatientListRequest): Promise<Page<FoundPatient>>;
  get(caller: Caller, id: PatientId): Promise<PatientView>;
  /** Who it is, also where the record is closed. */
  identify(caller: Caller, id: PatientId): Promise<PatientIdentity>;
  create(caller: Caller, patient: NewPatient): Promise<PatientView>;
}

export function createPatientService({ patients, charts, clock }: PatientServiceDeps): PatientService {
  const auditOf = (
    caller: Caller,
    action: AuditAction,
    entry: Partial<AuditEntry> & Pick<AuditEntry, 'patientId'>,
  ) =>
    personAudit(caller, clock.now(), { action, entityType: 'patient', entityId: entry.patientId, ...entry });

  /** Whose names were shown, which is all that a search and a look at one name tell. */
  const shownAudit = (caller: Caller, found: readonly Pick<Patient, 'id'>[]) =>
    auditOf(caller, 'patient.search', {
      patientId: null,
      detail: { patientIds: found.map(({ id }) => id) },
    });

  /** Asked for all at once. */
  async function careOf(actor: Actor, found: readonly Pick<Patient, 'id'>[]): Promise<CareOf> {
    if (patientPolicy.readsEveryRecord(actor)) return () => null;
    const ids = found.map(({ id }) => id);
    const inCare = await charts.inCareOf(actor, ids);
    return (id) => inCare.has(id);
  }

  return {
    async list(caller, { q = '', limit, cursor }) {
      const after = cursor === undefined ? null : (PatientId.safeParse(cursor).data ?? undefined);
      if (after === undefined) throw patientErrors.unknownCursor();
      const { actor } = caller;
      const isReached = patientPolicy.seesHowToReach(actor);
      // Who is found by a number is told to have it.
      const search = { q, isByContact: isReached, limit, after };
      const page = await patients.search(actor.organizationId, search, (found) => shownAudit(caller, found));
      if (!page) throw patientErrors.unknownCursor();
      const isInCare = await careOf(actor, page.items);
      const items = page.items.map((patient) => ({
        ...toIdentified(patient, isInCare),
        ...(isReached ? toReachable(patient) : UNREACHABLE),
      }));
      return { ...page, items };
    },

    async get(caller, id) {
      const { actor } = caller;
      const isInCare = (await charts.inCareOf(actor, [id])).has(id);
      const emergency = await charts.emergencyOf(actor, id);
      const mayRead = (found: Patient) =>
        patientPolicy.mayRead(actor, found, { isInCare, hasEmergencyAccess: emergency !== null });
      const patient = await patients.find(actor.organizationId, id, (found) =>
        auditOf(caller, 'patient.read', {
          patientId: found.id,
          outcome: mayRead(found) ? 'success' : 'denied',
          detail: isInCare ? {} : emergencyDetail(emergency),
        }),
      );
      if (!patient) throw patientErrors.notFound();
      if (mayRead(patient)) return toView(patient);
      // To whoever may not know of it somebody else's record answers like none, so that ids tell nothing.
      if (!patientPolicy.mayKnowOf(actor)) throw patientErrors.notFound();
      throw patientPolicy.mayOpenInEmergency(actor)
        ? chartErrors.careRelationNeeded()
        : chartErrors.outsideYourDepartments();
    },

    async identify(caller, id) {
      const { actor } = caller;
      const patient = await patients.find(actor.organizationId, id, (found) => shownAudit(caller, [found]));
      if (!patient) throw patientErrors.notFound();
      const emergency = await charts.emergencyOf(actor, id);
      return {
        ...toIdentified(patient, await careOf(actor, [patient])),
        emergencyAccess: emergency && toOwnEmergencyAccess(emergency),
      };
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

function toReachable({ gender, phone, email }: Patient): Pick<FoundPatient, 'gender' | 'phone' | 'email'> {
  return { gender, phone, email };
}

const UNREACHABLE = { gender: null, phone: null, email: null } as const;

function toIdentified({ id, name, birthDate }: Patient, isInCare: CareOf) {
  return { id, name, birthDate, isInCare: isInCare(id) };
}
