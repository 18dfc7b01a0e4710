import { createHmac } from 'node:crypto';
import { deriveOpaqueToken } from '../../core/opaque-token.ts';

/** What follows from the token in a browser's cookie for whoever has our key, so that it is stored nowhere. */
export interface AttemptSecrets {
  readonly nonce: string;
  /** RFC 7636 section 4.1: 43 characters that nobody can guess. */
  readonly codeVerifier: string;
}

export function createAttemptSecrets(secret: string): (browserToken: string) => AttemptSecrets {
  const keyFor = (use: string) => createHmac('sha256', secret).update(`single-sign-on ${use}`).digest();
  const [nonceKey, verifierKey] = [keyFor('nonce'), keyFor('code verifier')];
  return (browserToken) => ({
    nonce: deriveOpaqueToken(nonceKey, browserToken),
    codeVerifier: deriveOpaqueToken(verifierKey, browserToken),
  });
}
