import { loadBookingPage } from '#lib/features/booking/booking-page.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = (event) => loadBookingPage(event, event.params.providerId);
