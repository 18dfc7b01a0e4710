import { ACTING_QUERY } from '@careconnect/contracts';
import { personalKey, tabStore } from '#lib/storage/browser-store.ts';

const KEY = personalKey('actingFor');

/**
 * The patient for whom whoever is signed in acts in this tab; null for themselves. Of the tab and not of the session: what
 * another tab shows stays about whom it says.
 */
export function actingFor(): string | null {
  return tabStore.getItem(KEY);
}

export function actFor(patientId: string | null): void {
  if (patientId === null) tabStore.removeItem(KEY);
  else tabStore.setItem(KEY, patientId);
}

/** Where a visit is entered, for whom this tab is about: the address says so too, for it is opened elsewhere and again. */
export function visitHref(visitId: string): string {
  return withPatient(`/visit/${visitId}`, actingFor());
}

/**
 * Takes over for whom an address of a visit is; answers the address to go to instead where it does not say.
 * A document is asked for ahead by its address alone.
 */
export function followAddress({ pathname, searchParams }: URL): string | null {
  const named = searchParams.get(ACTING_QUERY);
  if (named !== null) actFor(named);
  const chosen = actingFor();
  return named === null && chosen !== null ? withPatient(pathname, chosen) : null;
}

/** An address with whom it is for. */
export function withPatient(path: string, patientId: string | null): string {
  return patientId === null ? path : `${path}?${ACTING_QUERY}=${encodeURIComponent(patientId)}`;
}
