import type { Visit } from '@careconnect/contracts';
import type { AppError } from '@careconnect/platform';
import type { Actor } from '../../core/actor.ts';
import type { AuditEntry } from '../../core/audit.ts';
import { chartErrors, emergencyDetail, type ChartAccess } from '../../core/chart-access.ts';
import { visitPolicy } from './visit.policy.ts';

/** Whether somebody may read of a visit, and what the trail is to say of it. */
export interface VisitReading {
  readonly isAllowed: boolean;
  readonly detail: NonNullable<AuditEntry['detail']>;
}

/** A doctor who has opened the patient's chart in an emergency reads all of its visits, beside those that are hers. */
export async function visitReadingOf(
  charts: ChartAccess,
  actor: Actor,
  visit: Visit,
  isTheirs: boolean,
): Promise<VisitReading> {
  const emergency = isTheirs ? null : await charts.emergencyOf(actor, visit.patient.id);
  return { isAllowed: isTheirs || emergency !== null, detail: emergencyDetail(emergency) };
}

/** Somebody else's visit answers like none, so that ids tell nothing; but a doctor is told of her way on. */
export function refusedReading(actor: Actor, notFound: () => AppError): AppError {
  return visitPolicy.mayKnowOf(actor) ? chartErrors.careRelationNeeded() : notFound();
}
