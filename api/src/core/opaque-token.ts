import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits that nobody can guess, for links and cookies. */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. It has so much entropy that a fast hash is the right one. */
export function hashOpaqueToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest());
}

/** A token that follows from another one for whoever has the key, and for nobody else. */
export function deriveOpaqueToken(key: Buffer, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}
