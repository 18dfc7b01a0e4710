import { endpoints, PractitionerId } from '@careconnect/contracts';
import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { loadApi, type LoadEvent } from '#lib/session/page-load.ts';
import { firstDayShown, loadAvailability, todayAt } from './availability.ts';

/** What the page needs on which a time of one doctor is chosen; `?from=` opens a later fortnight. */
export async function loadBookingPage(event: LoadEvent, providerId: string) {
  const id = PractitionerId.safeParse(providerId);
  if (!id.success) error(404, m.missing_title());
  const api = loadApi(event);
  const provider = await api.call(endpoints.providers.get, { params: { providerId: id.data } });
  const from = firstDayShown(event.url.searchParams.get('from'), todayAt(provider));
  const availability = await loadAvailability(api, { provider, from });
  return { provider, from, availability };
}
