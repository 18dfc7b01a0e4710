import type { HandleClientError } from '@sveltejs/kit/hooks';
import { ApiError } from '#lib/api/api-error.ts';
import { errorWords } from '#lib/api/error-words.ts';

/** Turns what a load function threw into what the error page shows. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind !== 'unknown') return;
  if (!(error instanceof ApiError)) {
    console.error(error);
    return { message: errorWords(error) };
  }
  return {
    status: error.status >= 400 ? error.status : 503,
    message: errorWords(error),
    code: error.code,
    ...(error.requestId === null ? {} : { requestId: error.requestId }),
  };
};
