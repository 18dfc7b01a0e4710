import { endpoints, type Dependant, type Me } from '@careconnect/contracts';
import { actFor, actingFor } from '#lib/session/acting.ts';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

/** For whom somebody may act, and for whom they do in this tab. */
export interface ActingState {
  readonly dependants: readonly Dependant[];
  /** Null for themselves. */
  readonly chosen: Dependant | null;
}

export async function loadActing(event: LoadEvent, me: Me): Promise<ActingState> {
  if (me.isGuest) return { dependants: [], chosen: null };
  const { dependants } = await loadApi(event).call(endpoints.dependants.list);
  const chosen = dependants.find(({ patient }) => patient.id === actingFor()) ?? null;
  // Whom they chose before they may act for no longer.
  if (chosen === null) actFor(null);
  return { dependants, chosen };
}
