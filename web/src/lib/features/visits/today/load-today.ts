import { endpoints, type Me, type Provider, type QueueEntry, type Visit } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { calendarDateIn } from '#lib/time/zone.ts';
import { loadFinished } from './finished-visits.ts';

export interface LoadedToday {
  readonly provider: Provider;
  readonly entries: readonly QueueEntry[];
  readonly finished: readonly Visit[];
}

/** A doctor's queue, what they have done today, and their own walk-in link. */
export async function loadToday(event: LoadEvent, me: Me): Promise<LoadedToday> {
  const { practitionerId } = me;
  if (practitionerId === null) error(403, m.visit_today_no_practice());
  const api = loadApi(event);
  const { timeZone } = me.organization;
  const [today, provider, finished] = await Promise.all([
    api.call(endpoints.visits.today),
    api.call(endpoints.providers.get, { params: { providerId: practitionerId } }),
    loadFinished(api, calendarDateIn(new Date(), timeZone), timeZone),
  ]);
  return { provider, entries: today.entries, finished };
}
