import type {
  EmergencyAccess,
  EmergencyAccessId,
  EmergencyAccessReason,
  OwnEmergencyAccess,
  PatientId,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { patientIdsOf, personAudit, type AuditAction, type AuditEntry } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { doctorOf, emergencyDetail, toOwnEmergencyAccess } from '../../core/chart-access.ts';
import { decodeCursor, encodeCursor } from '../../core/instant-cursor.ts';
import { toPage, type Page } from '../../core/page.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { emergencyAccessErrors } from './emergency-access.errors.ts';
import { emergencyAccessPolicy } from './emergency-access.policy.ts';
import type { EmergencyAccessRepository } from './emergency-access.repository.ts';
import { EMERGENCY_ACCESS_MS, type StoredEmergencyAccess } from './emergency-access.ts';
import type { EmergencyNotice } from './emergency-notice.ts';

export interface EmergencyAccessServiceDeps {
  readonly accesses: EmergencyAccessRepository;
  readonly notice: EmergencyNotice;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface EmergencyAccessListRequest {
  readonly review?: 'open' | 'done' | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface EmergencyAccessService {
  /** Opens the chart to the doctor who asks, and tells the patient. Errors: NOT_FOUND; CONFLICT while it is open. */
  open(caller: Caller, patientId: PatientId, stated: EmergencyAccessReason): Promise<OwnEmergencyAccess>;
  list(caller: Caller, request: EmergencyAccessListRequest): Promise<Page<EmergencyAccess>>;
  /** Errors: NOT_FOUND; FORBIDDEN about what one has opened oneself; CONFLICT when it is reviewed. */
  review(caller: Caller, id: EmergencyAccessId, note: string): Promise<EmergencyAccess>;
}

export function createEmergencyAccessService({
  accesses,
  notice,
  audit,
  clock,
}: EmergencyAccessServiceDeps): EmergencyAccessService {
  const auditOf = (caller: Caller, action: AuditAction, entry: Omit<AuditEntry, 'action' | 'entityType'>) =>
    personAudit(caller, clock.now(), { action, entityType: 'emergencyAccess', ...entry });

  return {
    async open(caller, patientId, { category, reason }) {
      const { actor } = caller;
      const doctor = doctorOf(actor);
      if (!doctor || !emergencyAccessPolicy.mayOpen(actor)) throw sessionErrors.notAllowed();
      const { organizationId, practitionerId } = doctor;
      const owner = await accesses.ownerOf(organizationId, patientId);
      if (!owner) throw emergencyAccessErrors.patientUnknown();
      const openedAt = clock.now();
      const expiresAt = new Date(openedAt.getTime() + EMERGENCY_ACCESS_MS);
      const stated = { practitionerId, patientId, category, reason, openedAt, expiresAt };
      const id = await accesses.open(organizationId, stated, (made) =>
        auditOf(caller, 'emergencyAccess.open', {
          entityId: made,
          patientId,
          detail: { ...emergencyDetail({ id: made }), category },
        }),
      );
      if (!id) throw emergencyAccessErrors.isOpen();
      notice.tell(owner);
      return toOwnEmergencyAccess({ id, category, reason, openedAt, expiresAt });
    },

    async list(caller, { review, limit, cursor }) {
      const { actor } = caller;
      if (!emergencyAccessPolicy.maySee(actor)) throw sessionErrors.notAllowed();
      const after = cursor === undefined ? null : decodeCursor(cursor);
      const found = await accesses.list(actor.organizationId, { review, limit: limit + 1, after });
      const page = toPage(
        found,
        limit,
        ({ openedAt: at, id }) => encodeCursor({ at, id }),
        (access) => access,
      );
      const detail = { count: page.items.length, patientIds: patientIdsOf(page.items) };
      await audit.append(
        auditOf(caller, 'emergencyAccess.search', { entityId: null, patientId: null, detail }),
      );
      return { ...page, items: page.items.map(toView) };
    },

    async review(caller, id, note) {
      const { actor } = caller;
      const found = await accesses.find(actor.organizationId, id);
      if (!found) throw emergencyAccessErrors.notFound();
      const isAllowed = emergencyAccessPolicy.mayReview(actor, found);
      const outcome = isAllowed ? 'success' : 'denied';
      const row = auditOf(caller, 'emergencyAccess.review', {
        entityId: id,
        patientId: found.patient.id,
        outcome,
      });
      if (!isAllowed) {
        await audit.append(row);
        throw emergencyAccessErrors.ownAccess();
      }
      const by = { userId: actor.userId, name: actor.name };
      const review = { at: clock.now(), by, note };
      const isStored = await accesses.review(actor.organizationId, id, review, row);
      if (!isStored) throw emergencyAccessErrors.isReviewed();
      return toView({ ...found, review });
    },
  };
}

function toView({
  id,
  category,
  reason,
  doctor,
  patient,
  review,
  ...times
}: StoredEmergencyAccess): EmergencyAccess {
  return {
    id,
    category,
    reason,
    doctor,
    patient,
    openedAt: times.openedAt.toISOString(),
    expiresAt: times.expiresAt.toISOString(),
    review: review && { ...review, at: review.at.toISOString() },
  };
}
