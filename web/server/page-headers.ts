import type { ServerResponse } from 'node:http';

/** What a visit or signing in uses, or may. Of all else that a browser could give to a page, ours ask for nothing. */
const OURS = [
  'autoplay',
  'camera',
  'clipboard-write',
  'display-capture',
  'fullscreen',
  'microphone',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
];
/** Names that browsers know, for one that they do not is a complaint in everybody's console. */
const NOBODYS = [
  'accelerometer',
  'bluetooth',
  'browsing-topics',
  'clipboard-read',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'midi',
  'otp-credentials',
  'payment',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];
const PERMISSIONS = [...OURS.map((name) => `${name}=(self)`), ...NOBODYS.map((name) => `${name}=()`)].join(
  ', ',
);

/** One year. Names beside ours may be served by somebody else, so they are not ours to bind. */
const HTTPS_ONLY = 'max-age=31536000';

/** What is true of everything that leaves this door, whoever answers. */
export function setDoorHeaders(response: ServerResponse, isSecure: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff');
  if (isSecure) response.setHeader('strict-transport-security', HTTPS_ONLY);
}

/**
 * Defaults for everything that the pages answer; SvelteKit overrides what it knows better (the policy of a rendered
 * page, see vite.config.ts, and the cache of immutable files). What it does not render needs no script and no style.
 */
export function setPageHeaders(response: ServerResponse, url: string): void {
  const path = url.split('?', 1)[0] ?? '/';
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('permissions-policy', PERMISSIONS);
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  response.setHeader('cache-control', cacheFor(path));
}

function cacheFor(path: string): string {
  // A file of our own outside the immutable folder, such as the icon.
  return /\/[^/]+\.[a-z0-9]+$/.test(path) ? 'public, max-age=3600' : 'no-cache';
}
