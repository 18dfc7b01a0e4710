import { jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { signJwt } from './jwt.ts';

const SECRET = 'a secret of at least thirty-two characters';

it('signs what the platform verifies', async () => {
  const token = signJwt({ sub: 'signaling', aud: 'careconnect:service:sfu' }, SECRET, 60);
  const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
    algorithms: ['HS256'],
    audience: 'careconnect:service:sfu',
  });
  expect(payload.sub).toBe('signaling');
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
});
