import type { Me, PractitionerId } from '@careconnect/contracts';

/** The way to a time with this doctor. Only someone with an account can book, so anyone else signs in first. */
export function bookingHref(me: Pick<Me, 'isGuest'> | null, practitionerId: PractitionerId): string {
  const page = `/patient/book/${practitionerId}`;
  if (me && !me.isGuest) return page;
  return `/sign-in?${new URLSearchParams({ returnTo: page }).toString()}`;
}
