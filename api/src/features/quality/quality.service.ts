import type { OrganizationId, Visit, VisitId, VisitQuality } from '@careconnect/contracts';
import type { QualitySample } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditEntry } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { ChartAccess } from '../../core/chart-access.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { toHistory } from '../visits/visit-history.ts';
import { refusedReading, visitReadingOf } from '../visits/visit-reading.ts';
import type { VisitRepository } from '../visits/visit.repository.ts';
import { gradeVisit } from './quality.ts';
import { qualityPolicy } from './quality.policy.ts';
import type { QualityRepository } from './quality.repository.ts';
import { createWatchMemory } from './watch-memory.ts';
import type { WatchMetrics } from './watch-metrics.ts';

export interface QualityServiceDeps {
  readonly quality: QualityRepository;
  readonly visits: Pick<VisitRepository, 'find' | 'events'>;
  readonly charts: ChartAccess;
  readonly figures: WatchMetrics;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface QualityService {
  ofVisit(caller: Caller, visitId: VisitId): Promise<VisitQuality>;
  /** The same for a page that asks again and again: the trail has the look that began it. */
  watchVisit(
    caller: Caller,
    visitId: VisitId,
  ): Promise<{ readonly visit: Visit; readonly quality: VisitQuality }>;
  /** What signaling tells; about no person but those in the seats, so no look at a record. */
  store(samples: readonly QualitySample[]): Promise<void>;
}

export function createQualityService(deps: QualityServiceDeps): QualityService {
  const { quality, visits, charts, figures, audit, clock } = deps;
  const memory = createWatchMemory(clock);

  async function load(caller: Caller, visitId: VisitId) {
    const { actor } = caller;
    const stored = await visits.find(actor.organizationId, visitId);
    if (!stored) throw visitErrors.notFound();
    const isTheirs = qualityPolicy.mayRead(actor, stored.visit);
    const { isAllowed, detail } = await visitReadingOf(charts, actor, stored.visit, isTheirs);
    if (isAllowed) return { stored, detail };
    await record(caller, stored.visit, { outcome: 'denied' });
    throw refusedReading(actor, visitErrors.notFound);
  }

  function record(
    caller: Caller,
    visit: Visit,
    how: Required<Pick<AuditEntry, 'outcome'>> & Pick<AuditEntry, 'detail'>,
  ): Promise<void> {
    const row = personAudit(caller, clock.now(), {
      action: 'visit.readQuality',
      entityType: 'visit',
      entityId: visit.id,
      patientId: visit.patient.id,
      ...how,
    });
    return audit.append(row);
  }

  async function grade(organizationId: OrganizationId, stored: StoredVisit): Promise<VisitQuality> {
    const { id } = stored.visit;
    const [{ seats, samples }, events] = await Promise.all([
      quality.ofVisit(organizationId, id),
      visits.events(organizationId, id),
    ]);
    return gradeVisit(seats, samples, toHistory(stored, events));
  }

  return {
    async ofVisit(caller, visitId) {
      const { stored, detail } = await load(caller, visitId);
      await record(caller, stored.visit, { outcome: 'success', detail });
      return grade(caller.actor.organizationId, stored);
    },

    async watchVisit(caller, visitId) {
      const { stored, detail } = await load(caller, visitId);
      const { visit } = stored;
      const look = { userId: caller.actor.userId, visitId };
      if (memory.isNews(look, [visit])) {
        await record(caller, visit, { outcome: 'success', detail });
        memory.remember(look, [visit]);
      }
      return { visit, quality: await grade(caller.actor.organizationId, stored) };
    },

    async store(samples) {
      figures.observe(await quality.store(samples));
    },
  };
}
