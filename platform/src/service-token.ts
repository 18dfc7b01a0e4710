import { jwtVerify, SignJWT } from 'jose';

/** Which process a service token is meant for. */
export type ServiceName = 'api' | 'signaling' | 'sfu';

const TTL_SECONDS = 300;
const RENEW_BEFORE_MS = 60_000;

/** Proves to another process of ours that a call comes from this one. */
export interface ServiceTokens {
  /** A bearer token for `audience`, made once and renewed before it ends. */
  tokenFor(audience: ServiceName): Promise<string>;
  /** The calling process, or null when the token is not good for `audience`. */
  verify(token: string, audience: ServiceName): Promise<ServiceName | null>;
}

export function createServiceTokens(secret: string, self: ServiceName): ServiceTokens {
  const key = new TextEncoder().encode(secret);
  const cache = new Map<ServiceName, { token: string; renewAt: number }>();
  // A caller shows the same one for minutes, many times a second. Only good ones are remembered, so nobody fills this.
  const verified = new Map<string, { service: ServiceName; audience: ServiceName; expiresAt: number }>();

  function remember(token: string, service: ServiceName, audience: ServiceName, expiresAt: number): void {
    for (const [known, { expiresAt: end }] of verified) if (end <= Date.now()) verified.delete(known);
    verified.set(token, { service, audience, expiresAt });
  }

  return {
    async tokenFor(audience) {
      const cached = cache.get(audience);
      if (cached && cached.renewAt > Date.now()) return cached.token;
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(self)
        .setAudience(`careconnect:service:${audience}`)
        .setIssuedAt()
        .setExpirationTime(`${TTL_SECONDS}s`)
        .sign(key);
      cache.set(audience, { token, renewAt: Date.now() + TTL_SECONDS * 1000 - RENEW_BEFORE_MS });
      return token;
    },

    async verify(token, audience) {
      const known = verified.get(token);
      if (known?.audience === audience && known.expiresAt > Date.now()) return known.service;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience: `careconnect:service:${audience}`,
        });
        if (!isServiceName(payload.sub)) return null;
        if (payload.exp !== undefined) remember(token, payload.sub, audience, payload.exp * 1000);
        return payload.sub;
      } catch {
        return null;
      }
    },
  };
}

function isServiceName(value: unknown): value is ServiceName {
  return value === 'api' || value === 'signaling' || value === 'sfu';
}
