import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './canonical.ts';

/** What seals are signed with. The database does not hold it. */
export interface SigningKey {
  readonly keyId: string;
  /** 32 bytes, base64url: all that an auditor needs. */
  readonly publicKey: string;
  sign(hash: Buffer): Buffer;
}

export interface VerifyingKey {
  readonly keyId: string;
  hasSigned(hash: Buffer, signature: Buffer): boolean;
}

const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;
/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in its PKCS #8 form. */
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex');

export function isKey(text: string): boolean {
  return Buffer.from(text, 'base64url').length === KEY_BYTES;
}

/** @param seed - 32 random bytes, base64url */
export function createSigningKey(seed: string): SigningKey {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_START, Buffer.from(seed, 'base64url')]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = publicPartOf(key);
  return { keyId: idOf(publicKey), publicKey, sign: (hash) => sign(null, hash, key) };
}

/** @param publicKey - as {@link SigningKey} has it */
export function createVerifyingKey(publicKey: string): VerifyingKey {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return { keyId: idOf(publicKey), hasSigned: (hash, signature) => verify(null, hash, key, signature) };
}

function publicPartOf(key: KeyObject): string {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return x;
}

function idOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64url')).toString('hex', 0, KEY_ID_BYTES);
}
