/**
 * A path of this site to go on to after signing in, or null when what was asked for is not one: another
 * origin, a script, a protocol-relative address, the sign-in pages themselves or a file of the API.
 */
export function safeReturnTo(wanted: string | null, origin: string): string | null {
  if (wanted === null || !wanted.startsWith('/')) return null;
  let url: URL;
  try {
    url = new URL(wanted, origin);
  } catch {
    return null;
  }
  if (url.origin !== origin || NEVER.test(url.pathname)) return null;
  const path = url.pathname + url.search + url.hash;
  // A second slash at the start would make a browser read the path as another host.
  return path.startsWith('//') ? null : path;
}

const NEVER =
  /^\/(api|socket\.io|sign-in|forgot-password|reset-password|register|confirm-email|accept-invitation|home)(\/|$)/;

/** Address of the sign-in page that comes back to `url`. */
export function signInHref(url: URL): string {
  const returnTo = safeReturnTo(url.pathname + url.search, url.origin);
  return returnTo === null ? '/sign-in' : `/sign-in?${new URLSearchParams({ returnTo }).toString()}`;
}
