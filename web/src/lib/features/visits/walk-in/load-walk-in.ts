import { CSRF_COOKIE, endpoints, Slug, type Me, type WalkInProvider } from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import { createApiClient } from '#lib/api/client.ts';
import { readCookie } from '#lib/session/cookie.ts';
import type { LoadEvent } from '#lib/session/page-load.ts';

export interface LoadedWalkIn {
  /** Null when the link leads to no doctor. */
  readonly provider: WalkInProvider | null;
  /** Who is signed in here, or null. */
  readonly me: Me | null;
}

export async function loadWalkIn({ fetch }: LoadEvent, slug: string): Promise<LoadedWalkIn> {
  const api = createApiClient(fetch);
  const me = await whoIsHere();
  const known = Slug.safeParse(slug);
  if (!known.success) return { provider: null, me };
  try {
    return { provider: await api.call(endpoints.providers.walkIn, { params: { slug: known.data } }), me };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'NOT_FOUND') return { provider: null, me };
    throw error;
  }

  async function whoIsHere(): Promise<Me | null> {
    // Most people come here without a session: nothing needs to be asked then.
    if (readCookie(document.cookie, CSRF_COOKIE) === null) return null;
    try {
      return await api.call(endpoints.auth.me);
    } catch (error) {
      if (error instanceof ApiError && error.needsSignIn) return null;
      throw error;
    }
  }
}
