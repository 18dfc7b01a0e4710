import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Double submit: the page reads the cookie and sends it back as a header, which another site cannot do. */
export interface Csrf {
  /** A value for the cookie, good for this session only. */
  issue(sessionId: string): string;
  isGood(cookie: string | undefined, header: string | null, sessionId: string): boolean;
}

/** The value is bound to the session, so that a cookie planted from a sibling domain is worth nothing. */
export function createCsrf(secret: string): Csrf {
  const key = createHmac('sha256', secret).update('csrf').digest();
  const seal = (nonce: string, sessionId: string) =>
    createHmac('sha256', key).update(`${nonce}.${sessionId}`).digest('base64url');

  return {
    issue(sessionId) {
      const nonce = randomBytes(16).toString('base64url');
      return `${nonce}.${seal(nonce, sessionId)}`;
    },
    isGood(cookie, header, sessionId) {
      if (cookie === undefined || header === null || cookie !== header) return false;
      const [nonce, tag] = cookie.split('.');
      if (nonce === undefined || tag === undefined) return false;
      const expected = Buffer.from(seal(nonce, sessionId));
      const given = Buffer.from(tag);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
