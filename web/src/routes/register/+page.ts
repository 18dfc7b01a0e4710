import { loadClinics } from '#lib/features/registration/load-clinics.ts';
import type { PageLoad } from './$types';

export const ssr = false;

export const load: PageLoad = async ({ fetch }) => ({ clinics: await loadClinics(fetch) });
