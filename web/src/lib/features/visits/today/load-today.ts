import { endpoints, type Me, type Provider, type QueueEntry } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';

export interface LoadedToday {
  readonly provider: Provider;
  readonly entries: readonly QueueEntry[];
}

/** A doctor's queue and their own walk-in link. */
export async function loadToday(event: LoadEvent, me: Me): Promise<LoadedToday> {
  const { practitionerId } = me;
  if (practitionerId === null) error(403, m.visit_today_no_practice());
  const api = loadApi(event);
  const [today, provider] = await Promise.all([
    api.call(endpoints.visits.today),
    api.call(endpoints.providers.get, { params: { providerId: practitionerId } }),
  ]);
  return { provider, entries: today.entries };
}
