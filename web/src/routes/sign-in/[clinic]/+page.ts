import { endpoints } from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import { createApiClient } from '#lib/api/client.ts';
import type { PageLoad } from './$types';

export const ssr = false;

export const load: PageLoad = async ({ fetch, params: { clinic } }) => {
  try {
    const { clinicName } = await createApiClient(fetch).call(endpoints.singleSignOn.look, {
      params: { clinic },
    });
    return { clinic, clinicName };
  } catch (error) {
    const isNone =
      error instanceof ApiError && (error.code === 'NOT_FOUND' || error.code === 'VALIDATION_FAILED');
    if (isNone) return { clinic, clinicName: null };
    throw error;
  }
};
