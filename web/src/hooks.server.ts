import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { ACTING_QUERY, CSRF_COOKIE } from '@careconnect/contracts';
import { askedAhead } from '#lib/features/visits/page/asked-ahead.ts';
import { m } from '#lib/paraglide/messages.js';
import { getTextDirection } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';

/** Renders every page in the person's language and its direction. */
export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ locale }) => {
    const inPage: Record<string, string> = {
      '%lang%': locale,
      '%dir%': getTextDirection(locale),
      '%boot.scripts%': m.boot_scripts(),
      '%boot.slow%': m.boot_slow(),
    };
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace(/%(lang|dir|boot\.scripts|boot\.slow)%/g, (mark) => inPage[mark] ?? mark),
    });
    response.headers.append('vary', 'accept-language, cookie');
    const ahead = askedAhead(
      event.route.id,
      event.params.visitId,
      event.cookies.get(CSRF_COOKIE) !== undefined,
      event.url.searchParams.has(ACTING_QUERY),
    );
    if (ahead !== null) response.headers.append('link', ahead);
    return response;
  });

/** A page that fails says so with a number that is also in the log, and with nothing of the cause. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  const requestId = event.request.headers.get('x-request-id') ?? crypto.randomUUID();
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const line = {
    level: 'error',
    time: new Date().toISOString(),
    name: 'web',
    requestId,
    route: event.route.id,
  };
  process.stdout.write(`${JSON.stringify({ ...line, msg: 'a page failed', err: cause })}\n`);
  return { requestId };
};
