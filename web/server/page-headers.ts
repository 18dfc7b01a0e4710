import type { ServerResponse } from 'node:http';

/**
 * Defaults for everything that the pages answer; SvelteKit overrides what it knows better (the full
 * content security policy of a rendered page, the cache of immutable files).
 */
export function setPageHeaders(response: ServerResponse, url: string, isSecure: boolean): void {
  const path = url.split('?', 1)[0] ?? '/';
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader(
    'permissions-policy',
    'camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self), geolocation=(), payment=(), usb=()',
  );
  response.setHeader('content-security-policy', "frame-ancestors 'none'; base-uri 'none'; object-src 'none'");
  response.setHeader('cache-control', cacheFor(path));
  if (isSecure) response.setHeader('strict-transport-security', 'max-age=31536000');
}

function cacheFor(path: string): string {
  // A file of our own outside the immutable folder, such as the icon.
  return /\/[^/]+\.[a-z0-9]+$/.test(path) ? 'public, max-age=3600' : 'no-cache';
}
