import type { VisitId, VisitQuality } from '@careconnect/contracts';
import type { QualitySample } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import { toHistory } from '../visits/visit-history.ts';
import type { VisitRepository } from '../visits/visit.repository.ts';
import { gradeVisit } from './quality.ts';
import { qualityPolicy } from './quality.policy.ts';
import type { QualityRepository } from './quality.repository.ts';
import type { WatchMetrics } from './watch-metrics.ts';

export interface QualityServiceDeps {
  readonly quality: QualityRepository;
  readonly visits: Pick<VisitRepository, 'find' | 'events'>;
  readonly figures: WatchMetrics;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface QualityService {
  ofVisit(caller: Caller, visitId: VisitId): Promise<VisitQuality>;
  /** What signaling tells; about no person but those in the seats, so no look at a record. */
  store(samples: readonly QualitySample[]): Promise<void>;
}

export function createQualityService(deps: QualityServiceDeps): QualityService {
  const { quality, visits, figures, audit, clock } = deps;
  return {
    async ofVisit(caller, visitId) {
      const { organizationId } = caller.actor;
      const stored = await visits.find(organizationId, visitId);
      if (!stored) throw visitErrors.notFound();
      const isAllowed = qualityPolicy.mayRead(caller.actor, stored.visit);
      const row = personAudit(caller, clock.now(), {
        action: 'visit.readQuality',
        entityType: 'visit',
        entityId: visitId,
        patientId: stored.visit.patient.id,
        outcome: isAllowed ? 'success' : 'denied',
      });
      await audit.append(row);
      // Somebody else's visit answers like none, so that ids tell nothing.
      if (!isAllowed) throw visitErrors.notFound();
      const [{ seats, samples }, events] = await Promise.all([
        quality.ofVisit(organizationId, visitId),
        visits.events(organizationId, visitId),
      ]);
      return gradeVisit(seats, samples, toHistory(stored, events));
    },

    async store(samples) {
      figures.observe(await quality.store(samples));
    },
  };
}
