import type {
  Appointment,
  AppointmentId,
  AppointmentStatus,
  PatientId,
  PractitionerId,
} from '@careconnect/contracts';
import { AppError, type Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { patientIdsOf, personAudit, type AuditRow } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { decodeCursor, encodeCursor } from '../../core/instant-cursor.ts';
import { involvementOf } from '../../core/involvement.ts';
import type { OrganizationDays } from '../../core/organization-days.repository.ts';
import { toPage, type Page } from '../../core/page.ts';
import type { VisitRepository } from '../visits/visit.repository.ts';
import { personMoving, type VisitTransitions } from '../visits/visit-transitions.ts';
import { appointmentErrors } from './appointment.errors.ts';
import { appointmentPolicy } from './appointment.policy.ts';
import type { AppointmentRepository } from './appointment.repository.ts';

export interface AppointmentServiceDeps {
  readonly appointments: AppointmentRepository;
  readonly visits: Pick<VisitRepository, 'find'>;
  readonly transitions: VisitTransitions;
  readonly days: OrganizationDays;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface AppointmentListRequest {
  /** Calendar days of the organization, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly practitionerId?: PractitionerId | undefined;
  readonly patientId?: PatientId | undefined;
  readonly status?: AppointmentStatus | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface AppointmentService {
  list(caller: Caller, request: AppointmentListRequest): Promise<Page<Appointment>>;
  get(caller: Caller, id: AppointmentId): Promise<Appointment>;
  /** Its visit is cancelled with it. Cancelling again changes nothing. */
  cancel(caller: Caller, id: AppointmentId): Promise<Appointment>;
}

export function createAppointmentService(deps: AppointmentServiceDeps): AppointmentService {
  const { appointments, visits, transitions, days, audit, clock } = deps;

  async function requireFor(
    caller: Caller,
    id: AppointmentId,
    action: Action,
    isAllowed: Rule,
  ): Promise<Appointment> {
    const found = await appointments.find(caller.actor.organizationId, id);
    if (!found) throw appointmentErrors.notFound();
    if (isAllowed(caller.actor, found)) return found;
    await audit.append(auditOf(caller, found, action, 'denied', clock.now()));
    throw appointmentErrors.notFound();
  }

  return {
    async list(caller, { from, to, practitionerId, patientId, status, limit, cursor }) {
      const { organizationId } = caller.actor;
      const own = involvementOf(caller.actor);
      if (!own) return { items: [], nextCursor: null };
      const after = cursor === undefined ? null : decodeCursor(cursor);
      const asked = { ...(patientId && { patientId }), ...(practitionerId && { practitionerId }) };
      const span = await days.span(organizationId, from, to);
      const rows = await appointments.list(organizationId, { own, asked, status, ...span, limit, after });
      const page = toPage(
        rows,
        limit,
        ({ startsAt, id }) => encodeCursor({ at: new Date(startsAt), id }),
        (row) => row,
      );
      const row = personAudit(caller, clock.now(), {
        action: 'appointment.list',
        entityType: 'appointment',
        entityId: null,
        patientId: patientId ?? null,
        detail: { count: page.items.length, patientIds: patientIdsOf(page.items) },
      });
      await audit.append(row);
      return page;
    },

    async get(caller, id) {
      const found = await requireFor(caller, id, 'appointment.read', appointmentPolicy.mayRead);
      await audit.append(auditOf(caller, found, 'appointment.read', 'success', clock.now()));
      return found;
    },

    async cancel(caller, id) {
      const { organizationId } = caller.actor;
      const found = await requireFor(caller, id, 'appointment.cancel', appointmentPolicy.mayCancel);
      const visit = await visits.find(organizationId, found.visitId);
      if (!visit) throw appointmentErrors.notFound();
      await transitions.apply(personMoving(caller), visit, 'cancel').catch(asNotCancellable);
      return { ...found, status: 'cancelled', visitState: 'cancelled' };
    },
  };
}

type Action = 'appointment.read' | 'appointment.cancel';
type Rule = (typeof appointmentPolicy)['mayRead'];

function auditOf(
  caller: Caller,
  { id, patient }: Appointment,
  action: Action,
  outcome: 'success' | 'denied',
  at: Date,
): AuditRow {
  const target = { entityType: 'appointment', entityId: id, patientId: patient.id };
  return personAudit(caller, at, { action, ...target, outcome });
}

/** Whoever cancels an appointment is told of the appointment, not of its visit. */
function asNotCancellable(error: unknown): never {
  const { code } = error instanceof AppError ? error : { code: null };
  if (code === 'VISIT_OVER' || code === 'VISIT_TRANSITION_REFUSED') throw appointmentErrors.notCancellable();
  throw error;
}
