import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { createServiceTokens } from './service-token.ts';

const SECRET = 'a'.repeat(43);
const signaling = createServiceTokens(SECRET, 'signaling');
const api = createServiceTokens(SECRET, 'api');

describe('service tokens', () => {
  it('tell the receiver who calls', async () => {
    expect(await api.verify(await signaling.tokenFor('api'), 'api')).toBe('signaling');
  });

  it('are good for one audience only', async () => {
    expect(await api.verify(await signaling.tokenFor('sfu'), 'api')).toBeNull();
  });

  it('are good for that audience only also when they have been seen, and only until they end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const receiver = createServiceTokens(SECRET, 'api');
      const token = await createServiceTokens(SECRET, 'signaling').tokenFor('api');
      expect(await receiver.verify(token, 'api')).toBe('signaling');
      expect(await receiver.verify(token, 'api')).toBe('signaling');
      expect(await receiver.verify(token, 'sfu')).toBeNull();
      vi.setSystemTime(Date.now() + 301_000);
      expect(await receiver.verify(token, 'api')).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('are refused when signed with another secret, unsigned, expired or nonsense', async () => {
    const stranger = createServiceTokens('b'.repeat(43), 'signaling');
    const unsigned = new UnsecuredJWT({})
      .setSubject('signaling')
      .setAudience('careconnect:service:api')
      .encode();
    const expired = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('signaling')
      .setAudience('careconnect:service:api')
      .setExpirationTime(1)
      .sign(new TextEncoder().encode(SECRET));
    for (const token of [await stranger.tokenFor('api'), unsigned, expired, '', 'x.y.z']) {
      expect(await api.verify(token, 'api')).toBeNull();
    }
  });
});
