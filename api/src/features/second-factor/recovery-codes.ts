import { createHmac, randomInt } from 'node:crypto';
import { RECOVERY_CODE_COUNT } from '@careconnect/contracts';

/** Crockford's base32: no letter that looks like a digit, none that makes a word. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const HALF_LENGTH = 5;

/** A set of codes for paper, `4K7QX-ZN2PW`: 50 bits each. */
export function newRecoveryCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < RECOVERY_CODE_COUNT) codes.add(`${half()}-${half()}`);
  return [...codes];
}

function half(): string {
  return Array.from({ length: HALF_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/**
 * What is stored of a code. Keyed, because 50 bits can be tried out by whoever has a copy of the database; bound
 * to its person, because two may be given the same one.
 */
export type HashRecoveryCode = (userId: string, typed: string) => Buffer<ArrayBuffer>;

export function createRecoveryCodeHash(secret: string): HashRecoveryCode {
  const key = createHmac('sha256', secret).update('recovery-code').digest();
  return (userId, typed) =>
    Buffer.from(
      createHmac('sha256', key)
        .update(`${userId}.${asWritten(typed)}`)
        .digest(),
    );
}

/** As it was given, however it was typed. */
function asWritten(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}
