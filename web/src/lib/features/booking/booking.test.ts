import { endpoints, PractitionerId, type Provider } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { ApiError } from '#lib/api/api-error.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { Booking } from './booking.svelte.ts';

const provider: Provider = {
  id: PractitionerId.parse('0198c0de-0000-7000-8000-000000000001'),
  name: 'Dr Ayesha Siddiqui',
  specialty: 'General medicine',
  languages: ['en'],
  bio: '',
  walkInSlug: 'dr-ayesha-siddiqui',
  isWalkInOpen: true,
  timeZone: 'Asia/Karachi',
  nextFreeAt: null,
};

it('keeps the day and the words when someone else was faster, and shows what is free now', async () => {
  const startsAt = '2026-01-07T05:00:00.000Z';
  const free = {
    practitionerId: provider.id,
    timeZone: provider.timeZone,
    slots: [{ startsAt, endsAt: '2026-01-07T05:15:00.000Z' }],
  };
  const taken = { ...free, slots: [] };
  const booking = new Booking({
    api: clientOf((endpoint) => {
      if (endpoint === endpoints.providers.availability) return taken;
      throw new ApiError({
        code: 'SLOT_TAKEN',
        detail: 'taken',
        status: 409,
        requestId: null,
        issues: [],
        retryAfterSeconds: null,
      });
    }),
    provider,
    availability: free,
    from: '2026-01-06',
  });
  booking.wantedDay = '2026-01-07';
  booking.select(startsAt);
  booking.reason = 'A cough';

  expect(await booking.confirm()).toBeNull();
  expect(booking).toMatchObject({
    wasTaken: true,
    startsAt: null,
    wantedDay: '2026-01-07',
    from: '2026-01-06',
    reason: 'A cough',
    availability: taken,
  });
});

function clientOf(answer: (endpoint: unknown) => unknown): ApiClient {
  return { call: (endpoint: unknown) => Promise.resolve(endpoint).then(answer) } as unknown as ApiClient;
}
