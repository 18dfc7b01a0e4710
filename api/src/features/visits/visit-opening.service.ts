import type { PatientId, PractitionerId, Visit } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { StoredVisit } from './stored-visit.ts';
import { visitErrors } from './visit.errors.ts';
import type { VisitFeed } from './visit-feed.ts';
import type { VisitOpeningRepository } from './visit-opening.repository.ts';
import { visitPolicy } from './visit.policy.ts';
import type { VisitOpener } from './visit-opener.ts';
import { personMoving } from './visit-transitions.ts';

export interface VisitOpeningRequest {
  readonly patientId: PatientId;
  /** A doctor's own unless told. */
  readonly practitionerId: PractitionerId | undefined;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

/** Staff open a visit without an appointment, or find the one that the patient has with the doctor. */
export interface VisitOpeningService {
  open(caller: Caller, request: VisitOpeningRequest): Promise<Visit>;
}

export interface VisitOpeningServiceDeps {
  readonly openings: VisitOpeningRepository;
  readonly opener: VisitOpener;
  readonly feed: VisitFeed;
  readonly clock: Clock;
}

export function createVisitOpeningService({
  openings,
  opener,
  feed,
  clock,
}: VisitOpeningServiceDeps): VisitOpeningService {
  return {
    async open(caller, { patientId, practitionerId: asked, reason, idempotencyKey }) {
      const { actor } = caller;
      const { organizationId } = actor;
      const practitionerId = asked ?? actor.practitionerId;
      if (!practitionerId) throw visitErrors.practitionerMissing();
      if (!visitPolicy.mayOpenFor(actor, practitionerId)) throw visitErrors.practitionerUnknown();
      if (!(await openings.practitionerExists(organizationId, practitionerId))) {
        throw visitErrors.practitionerUnknown();
      }
      if (!(await openings.patientExists(organizationId, patientId))) throw visitErrors.patientUnknown();

      const isSame = ({ visit: { patient, practitioner } }: StoredVisit) =>
        patient.id === patientId && practitioner.id === practitionerId;
      const first = await openings.findByKey(organizationId, idempotencyKey);
      if (first && !isSame(first)) throw visitErrors.keyUsed();
      if (first) return first.visit;

      const at = clock.now();
      const opened = await opener.open(personMoving(caller), {
        organizationId,
        practitionerId,
        patientId,
        reason,
        idempotencyKey,
        at,
        actor,
        audit: (entityId) =>
          personAudit(caller, at, { action: 'visit.create', entityType: 'visit', entityId, patientId }),
      });
      if (opened) {
        feed.queueChanged(organizationId, practitionerId);
        return opened.visit;
      }
      // A request with the same key was faster by a moment.
      const faster = await openings.findByKey(organizationId, idempotencyKey);
      if (!faster || !isSame(faster)) throw visitErrors.keyUsed();
      return faster.visit;
    },
  };
}
