import type { HandleClientError } from '@sveltejs/kit/hooks';
import { ApiError, apiErrors } from '#lib/api/api-error.ts';
import { errorReference } from '#lib/api/error-reference.ts';
import { errorWords } from '#lib/api/error-words.ts';
import { baseLocale, overwriteGetLocale, toLocale } from '#lib/paraglide/runtime.js';

/** A page goes on in the language in which it was rendered, whatever is chosen meanwhile in another tab. */
overwriteGetLocale(() => toLocale(document.documentElement.lang) ?? baseLocale);

/** Turns what a load function threw into what the error page shows. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind !== 'unknown') return;
  // Without a connection the code of the page itself may be what is missing.
  const cause = error instanceof ApiError || navigator.onLine ? error : apiErrors.offline(error);
  if (!(cause instanceof ApiError)) {
    console.error(cause);
    return { message: errorWords(cause) };
  }
  const requestId = errorReference(cause);
  return {
    status: cause.status >= 400 ? cause.status : 503,
    message: errorWords(cause),
    code: cause.code,
    ...(requestId === null ? {} : { requestId }),
  };
};
