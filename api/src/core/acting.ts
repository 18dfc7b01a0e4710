import { PatientId, type ActingScope } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import { actingErrors } from './acting.errors.ts';
import { mayActFor } from './acting-policy.ts';
import type { ActingRepository } from './acting.repository.ts';
import type { Actor } from './actor.ts';
import { personAudit } from './audit.ts';
import type { AuditTrail } from './audit-trail.repository.ts';

export interface Acting {
  /**
   * Whoever asks, in the place of the patient they name: from here on that one's record is their own.
   * What is refused is on record. Errors: ACTING_REFUSED.
   */
  inPlaceOf(request: ActingRequest): Promise<Actor>;
}

export interface ActingRequest {
  readonly actor: Actor;
  /** As it was sent. */
  readonly patientId: unknown;
  readonly scope: ActingScope;
  readonly requestId: string;
}

export interface ActingDeps {
  readonly grants: ActingRepository;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** Asked anew with each request, so that what is withdrawn is closed at once. */
export function createActing({ grants, audit, clock }: ActingDeps): Acting {
  return {
    async inPlaceOf({ actor, patientId: sent, scope, requestId }) {
      const parsed = PatientId.safeParse(sent);
      if (!parsed.success || actor.role !== 'patient' || actor.isGuest) throw actingErrors.refused();
      const { data: patientId } = parsed;
      if (patientId === actor.patientId) return actor;
      const at = clock.now();
      const { organizationId, userId } = actor;
      const found = await grants.find({ organizationId, userId, patientId, at });
      if (found !== null && found !== 'none' && mayActFor(found, scope, found.today)) {
        const { id: relatedPersonId, relationship } = found;
        return { ...actor, patientId, actsAs: { relatedPersonId, relationship } };
      }
      if (found !== null) {
        const target = { entityType: 'patient', entityId: patientId, patientId };
        const entry = { action: 'dependant.act', ...target, outcome: 'denied', detail: { scope } } as const;
        await audit.append(personAudit({ actor, requestId }, at, entry));
      }
      throw actingErrors.refused();
    },
  };
}
