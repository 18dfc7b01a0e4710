import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { StoredVisit } from './stored-visit.ts';
import { visitErrors } from './visit.errors.ts';
import type { NewPatientVisit, VisitOpeningRepository } from './visit-opening.repository.ts';
import type { Mover, VisitTransitions } from './visit-transitions.ts';

/** Opens visits without an appointment, of which a patient has one at a time with a doctor. */
export interface VisitOpener {
  /**
   * The visit of these two that is open, else a new one. One that nobody has begun for half a day is closed
   * first. Null when the idempotency key has brought a visit before.
   * @throws `WALK_IN_FULL` when there is no room for a guest.
   */
  open(mover: Mover, visit: NewPatientVisit): Promise<StoredVisit | null>;
}

export interface VisitOpenerDeps {
  readonly openings: VisitOpeningRepository;
  readonly transitions: VisitTransitions;
  readonly audit: AuditTrail;
}

/** After this, whoever comes back comes for something else, and the doctor expects them no more. */
const FORGOTTEN_AFTER_MS = 12 * 3_600_000;
/** Each loss of a race means that somebody else has opened the visit or closed it, so a few rounds are plenty. */
const MAX_ROUNDS = 3;

export function createVisitOpener({ openings, transitions, audit }: VisitOpenerDeps): VisitOpener {
  async function findOpen(mover: Mover, visit: NewPatientVisit): Promise<StoredVisit | null> {
    const open = await openings.findOpenWalkIn(visit);
    if (!open) return null;
    if (isForgotten(open, visit.at)) {
      await transitions.apply(mover, open, 'cancel');
      return null;
    }
    await audit.append({ ...visit.audit(open.visit.id), detail: { isRepeat: true } });
    return open;
  }

  return {
    async open(mover, visit) {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const stored = (await findOpen(mover, visit)) ?? (await openings.open(visit));
        if (stored === 'full') throw visitErrors.walkInFull();
        if (stored) return stored;
        if (await openings.findByKey(visit.organizationId, visit.idempotencyKey)) return null;
      }
      throw visitErrors.busy();
    },
  };
}

function isForgotten({ visit }: StoredVisit, now: Date): boolean {
  const isBegun = visit.startedAt !== null;
  return !isBegun && now.getTime() - Date.parse(visit.createdAt) > FORGOTTEN_AFTER_MS;
}
