import { createHmac } from 'node:crypto';
import type { SessionId } from '@careconnect/contracts';
import { jwtVerify, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { ACCESS_TOKEN_TTL_SECONDS, createAccessTokens } from './access-token.ts';

const SECRET = 'a-secret-of-at-least-32-characters-length';
const SESSION = '01a1faa8-1e66-74e5-a53a-d4674fa86864' as SessionId;
const NOW = new Date('2026-11-23T04:00:00Z');
const tokens = createAccessTokens(SECRET);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token is good until it expires', () => {
  const { token, expiresAt } = tokens.issue(SESSION, NOW);
  expect(expiresAt.getTime() - NOW.getTime()).toBe(ACCESS_TOKEN_TTL_SECONDS * 1000);
  expect(tokens.verify(token, NOW)).toEqual({ kind: 'good', sessionId: SESSION });
  expect(tokens.verify(token, new Date(expiresAt.getTime() - 1))).toEqual({
    kind: 'good',
    sessionId: SESSION,
  });
  expect(tokens.verify(token, expiresAt)).toEqual({ kind: 'expired', sessionId: SESSION });
});

test('another implementation of JWT reads ours, and we read its', async () => {
  const key = new TextEncoder().encode(SECRET);
  const { token } = tokens.issue(SESSION, NOW);
  const { payload } = await jwtVerify(token, key, { audience: 'careconnect:api', currentDate: NOW });
  expect(payload['sid']).toBe(SESSION);
  const theirs = await new SignJWT({ sid: SESSION })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience('careconnect:api')
    .setExpirationTime(new Date(NOW.getTime() + 1000))
    .sign(key);
  expect(tokens.verify(theirs, NOW).kind).toBe('good');
});

test('no other key, algorithm, audience or shape is taken', () => {
  const { token } = tokens.issue(SESSION, NOW);
  const [header = '', claims = '', signature = ''] = token.split('.');
  const signed = (signedHeader: string, signedClaims: string, secret = SECRET) => {
    const text = `${signedHeader}.${signedClaims}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const exp = NOW.getTime() / 1000 + 60;
  const forged = [
    '',
    'a.b.c',
    `${header}.${claims}`,
    `${header}.${claims}.`,
    `${token}.more`,
    `${header}.${claims}.${signature.slice(0, -1)}`,
    signed(header, claims, 'another-secret-of-at-least-32-characters'),
    `${encode({ alg: 'none' })}.${claims}.`,
    signed(encode({ alg: 'HS512', typ: 'JWT' }), claims),
    signed(header, encode({ sid: SESSION, aud: 'careconnect:seat', exp })),
    signed(header, encode({ sid: 'someone', aud: 'careconnect:api', exp })),
  ];
  for (const candidate of forged)
    expect(tokens.verify(candidate, NOW), candidate).toEqual({ kind: 'invalid' });
});
