import type { PatientId, PractitionerId, Visit } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { StoredVisit } from './stored-visit.ts';
import { visitErrors } from './visit.errors.ts';
import type { VisitFeed } from './visit-feed.ts';
import type { VisitOpeningRepository } from './visit-opening.repository.ts';
import { visitPolicy } from './visit.policy.ts';

export interface VisitOpeningRequest {
  readonly patientId: PatientId;
  /** A doctor's own unless told. */
  readonly practitionerId: PractitionerId | undefined;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

/** Staff open a visit without an appointment. */
export interface VisitOpeningService {
  open(caller: Caller, request: VisitOpeningRequest): Promise<Visit>;
}

export interface VisitOpeningServiceDeps {
  readonly openings: VisitOpeningRepository;
  readonly feed: VisitFeed;
  readonly clock: Clock;
}

export function createVisitOpeningService({
  openings,
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

      const at = clock.now();
      const opened = await openings.open({
        ...{ organizationId, practitionerId, patientId, reason, idempotencyKey, at, actor },
        audit: (entityId) =>
          personAudit(caller, at, { action: 'visit.create', entityType: 'visit', entityId, patientId }),
      });
      if (opened) {
        feed.queueChanged(organizationId, practitionerId);
        return opened.visit;
      }
      const first = await openings.findByKey(organizationId, idempotencyKey);
      if (!first || !isSame(first, patientId, practitionerId)) throw visitErrors.keyUsed();
      return first.visit;
    },
  };
}

function isSame({ visit }: StoredVisit, patientId: PatientId, practitionerId: PractitionerId): boolean {
  return visit.patient.id === patientId && visit.practitioner.id === practitionerId;
}
