import type { ChatMessage, OrganizationId, PractitionerId, QueueEntry, UserId } from '@careconnect/contracts';
import type { VisitKey } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { AuditRow, AuditSubject } from '../../core/audit.ts';
import type { ChatRepository } from '../chat/chat.repository.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { isWithinReach } from '../../core/reach.ts';
import type { ReachRepository } from '../../core/reach.repository.ts';
import { toShown } from '../visits/queue-view.ts';
import type { QueueRepository } from '../visits/queue.repository.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import type { SeatRepository, VisitStanding } from './seat.repository.ts';
import { subjectOfSignaling } from './seat-audit.ts';

export interface RelayServiceDeps {
  readonly seats: Pick<SeatRepository, 'patientOf' | 'statesOf'>;
  readonly chat: Pick<ChatRepository, 'page'>;
  readonly queues: Pick<QueueRepository, 'read'>;
  readonly reaches: ReachRepository;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** Staff before whose eyes a queue is. */
export interface Watcher extends AuditSubject {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

/** What signaling reads, for people whom it has let in with a ticket. */
export interface RelayService {
  /** Nothing about anyone, so no trace of a look at a record either. */
  visitStates(visits: readonly VisitKey[]): Promise<VisitStanding[]>;
  messages(
    visit: VisitKey,
    page: { readonly afterSequence: number; readonly which: 'first' | 'last' },
    requestId: string,
  ): Promise<ChatMessage[]>;
  /** In the name of the person who is shown it. */
  queue(practitionerId: PractitionerId, watcher: Watcher, requestId: string): Promise<QueueEntry[]>;
}

export function createRelayService(deps: RelayServiceDeps): RelayService {
  const { seats, chat, queues, reaches, audit, clock } = deps;

  function signaling(
    organizationId: OrganizationId,
    requestId: string,
  ): Pick<AuditRow, 'subject' | 'requestId' | 'at'> {
    return { subject: subjectOfSignaling(organizationId), requestId, at: clock.now() };
  }

  return {
    async messages({ organizationId, visitId }, { afterSequence, which }, requestId) {
      const patientId = await seats.patientOf({ organizationId, visitId });
      if (!patientId) throw visitErrors.notFound();
      const target = { entityType: 'visit', entityId: visitId, patientId };
      const [messages] = await Promise.all([
        chat.page({ organizationId, visit: { id: visitId } }, afterSequence, which),
        audit.append({ action: 'chat.read', ...target, ...signaling(organizationId, requestId) }),
      ]);
      return messages;
    },

    visitStates: (visits) => seats.statesOf(visits),

    async queue(practitionerId, subject, requestId) {
      const { organizationId } = subject;
      const by = { subject, requestId, at: clock.now() };
      const target = { entityType: 'practitioner', entityId: practitionerId, patientId: null };
      const reach = await reaches.find(organizationId, subject.userId);
      const queue = isWithinReach(reach, practitionerId)
        ? await queues.read(organizationId, practitionerId, by.at)
        : null;
      if (!queue) throw visitErrors.practitionerUnknown();
      const { entries, patientIds } = toShown(queue);
      await audit.append({ action: 'queue.read', ...target, detail: { patientIds }, ...by });
      return entries;
    },
  };
}
