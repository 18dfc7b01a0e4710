import type { PatientId, UserId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';

type Shown = readonly { readonly patient: { readonly id: PatientId } }[];

interface Watcher {
  readonly userId: UserId;
}

/** Somebody who has looked away for so long begins to look anew. */
const REMEMBERED_MS = 5 * 60_000;

/**
 * Who watches whom. A page that is read again every five seconds would fill the audit trail with one row over and
 * over: as with a watched queue, the trail has the look that showed somebody first. A process that starts knows of
 * none, and writes a row too many.
 */
export function createWatchMemory(clock: Clock) {
  const seen = new Map<UserId, { readonly until: number; readonly patientIds: ReadonlySet<PatientId> }>();

  return {
    /** They are about to be shown somebody whom they have not been shown lately. */
    isNews({ userId }: Watcher, shown: Shown): boolean {
      const now = clock.now().getTime();
      for (const [id, { until }] of seen) if (until < now) seen.delete(id);
      const known = seen.get(userId);
      return !known || shown.some(({ patient }) => !known.patientIds.has(patient.id));
    },

    /** That they look is on record. */
    remember({ userId }: Watcher, shown: Shown): void {
      const until = clock.now().getTime() + REMEMBERED_MS;
      seen.set(userId, { until, patientIds: new Set(shown.map(({ patient }) => patient.id)) });
    },
  };
}
