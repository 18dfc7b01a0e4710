import { isLeaked } from './leaked-passwords.ts';

/** Long passwords that lists of stolen ones are full of; length alone does not keep these out. */
const WELL_KNOWN = [
  'password',
  'passwort',
  'qwerty',
  'letmein',
  'iloveyou',
  'welcome',
  'careconnect',
  'football',
];
const MIN_DISTINCT_CHARACTERS = 5;
const SEQUENCE = 'abcdefghijklmnopqrstuvwxyz01234567890123456789qwertyuiopasdfghjklzxcvbnm';
const MIN_OWN_LENGTH = 6;

/**
 * Why a password is too easy to guess, or null when it is not (NIST SP 800-63B-4 section 3.1.1.2: compare
 * with expected values, ask for no character classes). Its length is the contract's business.
 */
export function weaknessOf(password: string, email: string | null): string | null {
  const plain = password.toLowerCase();
  if (new Set(plain).size < MIN_DISTINCT_CHARACTERS) return 'repeats the same few characters';
  if (isLeaked(password)) return 'is on lists of stolen passwords';
  if (SEQUENCE.includes(plain)) return 'is a row of neighbouring keys';
  const left = WELL_KNOWN.reduce((rest, word) => rest.replaceAll(word, ''), plain);
  if (left !== plain && left.replaceAll(/[^\p{L}]/gu, '').length < MIN_OWN_LENGTH)
    return 'is one that everybody knows';
  const name = email?.split('@')[0]?.toLowerCase();
  if (name !== undefined && name.length > 3 && plain.replaceAll(name, '').length < MIN_OWN_LENGTH) {
    return 'is almost your e-mail address';
  }
  return null;
}
