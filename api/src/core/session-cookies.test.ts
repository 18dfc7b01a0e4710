import { stringifySetCookie } from 'cookie';
import { expect, test } from 'vitest';
import { createSessionCookies } from './session-cookies.ts';

const SESSION = {
  tokens: {
    accessToken: 'access',
    accessTokenExpiresAt: '2026-11-23T04:10:00.000Z',
    refreshToken: 'refresh',
  },
  csrfToken: 'csrf',
  refreshExpiresAt: new Date('2026-11-30T04:00:00.000Z'),
};

function written(isSecure: boolean, act: 'write' | 'clear'): string[] {
  const lines: string[] = [];
  const cookies = {
    set: (cookie: Parameters<typeof stringifySetCookie>[0]) => void lines.push(stringifySetCookie(cookie)),
  };
  const sessionCookies = createSessionCookies({ isSecure });
  if (act === 'write') sessionCookies.write(cookies, SESSION);
  else sessionCookies.clear(cookies);
  return lines;
}

test('each cookie is as closed as its use allows', () => {
  expect(written(true, 'write')).toEqual([
    'cc_access=access; Path=/; Expires=Mon, 23 Nov 2026 04:10:00 GMT; HttpOnly; Secure; SameSite=Lax',
    'cc_refresh=refresh; Path=/api/v1/auth; Expires=Mon, 30 Nov 2026 04:00:00 GMT; HttpOnly; Secure; SameSite=Strict',
    'cc_csrf=csrf; Path=/; Expires=Mon, 30 Nov 2026 04:00:00 GMT; Secure; SameSite=Lax',
  ]);
});

test('without HTTPS nothing claims to be secure', () => {
  expect(written(false, 'write').join()).not.toContain('Secure');
});

test('signing out clears every one of them on its own path', () => {
  expect(
    written(true, 'clear').map((line) => /^(\w+)=; Max-Age=0; Path=([^;]+)/.exec(line)?.slice(1)),
  ).toEqual([
    ['cc_access', '/'],
    ['cc_refresh', '/api/v1/auth'],
    ['cc_csrf', '/'],
  ]);
});
