import type { PatientId, UserId, VisitId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';

type Shown = readonly { readonly patient: { readonly id: PatientId } }[];

/** Who looks, and at what: two pages that one person has open are two looks. */
export interface Look {
  readonly userId: UserId;
  /** Null for all that goes on. */
  readonly visitId: VisitId | null;
}

/** Somebody who has looked away for so long begins to look anew. */
const REMEMBERED_MS = 5 * 60_000;

/**
 * Who watches whom. A page that is read again every five seconds would fill the audit trail with one row over and
 * over: as with a watched queue, the trail has the look that showed somebody first. A process that starts knows of
 * none, and writes a row too many.
 */
export function createWatchMemory(clock: Clock) {
  const seen = new Map<string, { readonly until: number; readonly patientIds: ReadonlySet<PatientId> }>();

  return {
    /** They are about to be shown somebody whom they have not been shown lately. */
    isNews(look: Look, shown: Shown): boolean {
      const now = clock.now().getTime();
      for (const [key, { until }] of seen) if (until < now) seen.delete(key);
      const known = seen.get(keyOf(look));
      return !known || shown.some(({ patient }) => !known.patientIds.has(patient.id));
    },

    /** That they look is on record. */
    remember(look: Look, shown: Shown): void {
      const until = clock.now().getTime() + REMEMBERED_MS;
      seen.set(keyOf(look), { until, patientIds: new Set(shown.map(({ patient }) => patient.id)) });
    },
  };
}

function keyOf({ userId, visitId }: Look): string {
  return `${userId} ${visitId ?? ''}`;
}
