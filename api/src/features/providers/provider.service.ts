import {
  AVAILABILITY_MAX_DAYS,
  type Availability,
  type Provider,
  type PractitionerId,
  type Slot,
  type WalkInProvider,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { BOOKING_WINDOW_DAYS, freeSlots, type Calendar } from './availability.ts';
import type { CalendarRepository } from './calendar.repository.ts';
import { createInstantWriter } from './instant-writer.ts';
import { providerErrors } from './provider.errors.ts';
import { providerPolicy } from './provider.policy.ts';
import type { ProviderRepository, StoredProvider } from './provider.repository.ts';
import { toEpochDay, type ZoneClock } from '../../core/zone-clock.ts';

const DAY_MS = 86_400_000;

export interface ProviderServiceDeps {
  readonly providers: ProviderRepository;
  readonly calendars: CalendarRepository;
  readonly zones: ZoneClock;
  readonly clock: Clock;
}

export interface ProviderService {
  list(caller: Caller, search: string | undefined): Promise<Provider[]>;
  get(caller: Caller, id: PractitionerId): Promise<Provider>;
  /** Between two calendar days in the practitioner's zone, both included. */
  availability(caller: Caller, id: PractitionerId, from: string, to: string): Promise<Availability>;
  walkInPage(slug: string): Promise<WalkInProvider>;
}

/** Doctors as the members of their own organization see them; another organization's do not exist for them. */
export function createProviderService({
  providers,
  calendars,
  zones,
  clock,
}: ProviderServiceDeps): ProviderService {
  async function withNextFree({ actor }: Caller, stored: readonly StoredProvider[]): Promise<Provider[]> {
    const now = clock.now().getTime();
    // A day of slack, because today may already be tomorrow where the doctor is.
    const [from, to] = [Math.floor(now / DAY_MS) - 1, Math.floor(now / DAY_MS) + BOOKING_WINDOW_DAYS + 1];
    const ids = stored.map(({ id }) => id);
    const byId = await calendars.find(actor.organizationId, ids, from, to);
    const nextFree = (calendar: Calendar | undefined) => {
      const first = calendar && freeSlots(calendar, from, to, now, zones).next();
      return first && !first.done ? new Date(first.value.start).toISOString() : null;
    };
    return stored.map((provider) => ({ ...provider, nextFreeAt: nextFree(byId.get(provider.id)) }));
  }

  return {
    async list(caller, search) {
      const { actor } = caller;
      const found = await providers.list(actor.organizationId, search);
      return withNextFree(
        caller,
        found.filter(({ id }) => providerPolicy.mayChoose(actor, id)),
      );
    },

    async get(caller, id) {
      if (!providerPolicy.mayChoose(caller.actor, id)) throw providerErrors.notFound();
      const stored = await providers.find(caller.actor.organizationId, id);
      const [provider] = stored ? await withNextFree(caller, [stored]) : [];
      if (!provider) throw providerErrors.notFound();
      return provider;
    },

    async availability({ actor }, practitionerId, from, to) {
      const [fromDay, toDay] = [toEpochDay(from), toEpochDay(to)];
      if (!providerPolicy.mayChoose(actor, practitionerId)) throw providerErrors.notFound();
      if (toDay < fromDay || toDay - fromDay >= AVAILABILITY_MAX_DAYS) throw providerErrors.badSpan();
      const found = await calendars.find(actor.organizationId, [practitionerId], fromDay, toDay);
      const calendar = found.get(practitionerId);
      if (!calendar) throw providerErrors.notFound();
      const free = freeSlots(calendar, fromDay, toDay, clock.now().getTime(), zones);
      const write = createInstantWriter();
      const slots = Array.from(free, ({ start, end }): Slot => ({
        startsAt: write(start),
        endsAt: write(end),
      }));
      return { practitionerId, timeZone: calendar.timeZone, slots };
    },

    async walkInPage(slug) {
      const page = await providers.findWalkInPage(slug);
      if (!page) throw providerErrors.walkInUnknown();
      return page;
    },
  };
}
