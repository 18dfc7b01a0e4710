import type { UserId } from '@careconnect/contracts';
import { KeyedQueue, type Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { subjectOf, type AuditRow, type AuditSubject } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { StoredVisit } from './stored-visit.ts';
import { visitErrors } from './visit.errors.ts';
import type { VisitFeed } from './visit-feed.ts';
import type { VisitRepository } from './visit.repository.ts';
import { decide, type Decision, type VisitCommand } from './visit.ts';

/** Who wants a visit to move, and in which request. */
export interface Mover {
  readonly subject: AuditSubject;
  readonly userId: UserId | null;
  /** As the visit's history names them. */
  readonly name: string | null;
  readonly requestId: string;
}

export function personMoving({ actor, requestId }: Caller): Mover {
  const { userId, name } = actor;
  return { subject: subjectOf(actor), userId, name, requestId };
}

export interface VisitTransitions {
  /**
   * Carries the command out and answers with the visit after it. A repeat changes nothing.
   * @throws `VISIT_OVER`, or `VISIT_TRANSITION_REFUSED` when the visit's state has no such way on.
   */
  apply(mover: Mover, stored: StoredVisit, command: VisitCommand): Promise<StoredVisit>;
}

export interface VisitTransitionsDeps {
  readonly visits: VisitRepository;
  readonly audit: AuditTrail;
  readonly feed: VisitFeed;
  readonly clock: Clock;
}

/** Each loss of a race means that somebody else's command went through, so a few rounds are plenty. */
const MAX_ROUNDS = 5;

export function createVisitTransitions({
  visits,
  audit,
  feed,
  clock,
}: VisitTransitionsDeps): VisitTransitions {
  // Within this process one visit moves one step at a time, and is told of in that order. Against other
  // processes the conditional update decides.
  const oneAtATime = new KeyedQueue();

  async function step(mover: Mover, stored: StoredVisit, command: VisitCommand): Promise<StoredVisit | null> {
    const decision = decide(stored.visit.state, command);
    if (decision.kind === 'refused') throw refusal(decision, command);
    const at = clock.now();
    const row = auditOf(mover, stored, command, at);
    if (decision.kind === 'repeat') {
      await audit.append({ ...row, detail: { isRepeat: true } });
      return stored;
    }
    const { to, event } = decision;
    const { userId: actorUserId, name: actorName } = mover;
    const moved = await visits.move(stored, { to, event, at, actorUserId, actorName, audit: row });
    if (moved) feed.visitChanged(moved);
    return moved;
  }

  return {
    apply: (mover, stored, command) =>
      oneAtATime.run(stored.visit.id, async () => {
        let current: StoredVisit | null = stored;
        for (let round = 0; round < MAX_ROUNDS && current; round += 1) {
          const after: StoredVisit | null = await step(mover, current, command);
          if (after) return after;
          current = await visits.find(stored.organizationId, stored.visit.id);
        }
        throw current ? visitErrors.busy() : visitErrors.notFound();
      }),
  };
}

function refusal({ isOver }: Extract<Decision, { kind: 'refused' }>, command: VisitCommand) {
  return isOver ? visitErrors.over() : visitErrors.refused(command);
}

function auditOf(
  { subject, requestId }: Mover,
  { visit }: StoredVisit,
  command: VisitCommand,
  at: Date,
): AuditRow {
  const target = { entityType: 'visit', entityId: visit.id, patientId: visit.patient.id };
  return { action: `visit.${command}`, ...target, subject, requestId, at };
}
