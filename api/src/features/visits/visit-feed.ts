import { QUEUE_MAX_ENTRIES, type OrganizationId, type PractitionerId } from '@careconnect/contracts';
import { KeyedQueue, type Clock } from '@careconnect/platform';
import type { Database } from '@careconnect/prisma';
import type { Background } from '../../core/background.ts';
import type { PushPort } from '../../core/push-port.ts';
import { toPositions, toShown } from './queue-view.ts';
import type { QueueRepository } from './queue.repository.ts';
import type { StoredVisit } from './stored-visit.ts';

export interface VisitFeedDeps extends Pick<Database, 'tenancy'> {
  readonly queues: QueueRepository;
  readonly pushes: PushPort;
  readonly background: Background;
  readonly clock: Clock;
}

/** Tells connected people, after the commit, what has changed. */
export interface VisitFeed {
  /** The visit itself, at once, and its doctor's queue. */
  visitChanged(stored: StoredVisit): void;
  queueChanged(organizationId: OrganizationId, practitionerId: PractitionerId): void;
}

export function createVisitFeed({ queues, tenancy, pushes, background, clock }: VisitFeedDeps): VisitFeed {
  const oneAtATime = new KeyedQueue();
  const asked = new Set<PractitionerId>();

  async function pushQueue(organizationId: OrganizationId, practitionerId: PractitionerId): Promise<void> {
    // From here on a new change asks for a new reading; until here it is part of this one.
    asked.delete(practitionerId);
    const now = clock.now();
    const [queue, durations] = await Promise.all([
      queues.read(organizationId, practitionerId, now),
      queues.lastDurations(organizationId, practitionerId),
    ]);
    if (!queue) return;
    const positions = toPositions(queue, durations, now).slice(0, QUEUE_MAX_ENTRIES);
    pushes.send([
      { type: 'queue.changed', organizationId, practitionerId, entries: toShown(queue).entries, positions },
    ]);
  }

  function queueChanged(organizationId: OrganizationId, practitionerId: PractitionerId): void {
    if (asked.has(practitionerId)) return;
    asked.add(practitionerId);
    // One reading after the other, so that an older one can never overtake a newer.
    background.run('push queue', () =>
      oneAtATime.run(practitionerId, () =>
        tenancy.runAsTenant(organizationId, () => pushQueue(organizationId, practitionerId)),
      ),
    );
  }

  return {
    visitChanged({ visit, organizationId }) {
      pushes.send([{ type: 'visit.changed', visit }]);
      queueChanged(organizationId, visit.practitioner.id);
    },
    queueChanged,
  };
}
