import { describe, expect, it } from 'vitest';
import { safeReturnTo, signInHref } from './return-to.ts';

const origin = 'https://clinic.example';

describe('safeReturnTo', () => {
  it.each(['/patient', '/patient/book?from=2026-01-05', '/visit/123#chat'])('goes on to %s', (path) => {
    expect(safeReturnTo(path, origin)).toBe(path);
  });

  it.each([
    null,
    '',
    'patient',
    'https://evil.example/patient',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/%5cevil.example/..//evil.example',
    '/.//evil.example',
    '/patient/..//evil.example',
    'javascript:alert(1)',
    '/\n/evil.example',
    '/api/v1/auth/me',
    '/sign-in',
    '/sign-in?returnTo=/patient',
    '/home',
  ])('refuses %j', (path) => {
    expect(safeReturnTo(path, origin)).toBeNull();
  });

  it.each(['/\tjavascript:alert(1)//', '/%5cevil.example', '/patient//evil.example'])(
    'stays on this site for %j',
    (path) => {
      const result = safeReturnTo(path, origin);
      expect(result).toMatch(/^\/[^/\\]/);
      expect(new URL(result ?? '', origin).origin).toBe(origin);
    },
  );
});

describe('signInHref', () => {
  it('brings the person back to the whole address', () => {
    const url = new URL('/reception?day=2026-01-05', origin);
    expect(signInHref(url)).toBe('/sign-in?returnTo=%2Freception%3Fday%3D2026-01-05');
  });
});
