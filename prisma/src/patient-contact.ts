import { createHmac } from 'node:crypto';
import type { FieldCipher, FieldOwner } from './field-cipher.ts';
import type { KeyRing } from './keys/key-ring.ts';

/** How a patient is reached, as people write it. */
export interface PatientContact {
  readonly phone: string | null;
  readonly email: string | null;
}

/** The same, as it is stored. */
export interface SealedContact extends PatientContact {
  readonly blindIndex: string[];
}

/**
 * How a patient is reached, encrypted, and found all the same: beside the ciphertext stand keyed digests of what somebody
 * may type, whole values and last digits, under a key that encrypts nothing. Whoever has the database alone sees which
 * patients of one organization share a number or its end, and nothing of what it is.
 */
export interface PatientContacts {
  /** The whole of what is stored of a contact: an index never goes without its value. */
  seal(owner: FieldOwner, contact: PatientContact): SealedContact;
  /** Of these, a patient who is meant has one at least. */
  phoneTokens(organizationId: string, digits: string): string[];
  emailTokens(organizationId: string, email: string): string[];
}

export interface PatientContactsDeps {
  readonly cipher: Pick<FieldCipher, 'encrypt'>;
  readonly keyRing: Pick<KeyRing, 'indexKey'>;
}

/** With fewer, too many people are meant. */
export const PHONE_MIN_DIGITS = 4;
/** Without country code and trunk zero, numbers of one clinic hardly ever agree in so many digits. */
export const PHONE_TELLING_DIGITS = 9;
/** With fewer digits than these a number on record says nothing about the end of a longer one. */
const WHOLE_NUMBER_DIGITS = 6;
const TOKEN_BYTES = 16;

export function createPatientContacts({ cipher, keyRing }: PatientContactsDeps): PatientContacts {
  function tokensOf(organizationId: string, terms: readonly string[]): string[] {
    const key = keyRing.indexKey(organizationId, 'index');
    return terms.map((term) =>
      createHmac('sha256', key).update(term).digest().subarray(0, TOKEN_BYTES).toString('base64url'),
    );
  }

  return {
    seal: (owner, { phone, email }) => ({
      phone: cipher.encrypt('patient.phone', owner, phone),
      email: cipher.encrypt('patient.email', owner, email),
      blindIndex: tokensOf(owner.organizationId, [
        ...(phone === null ? [] : phoneTerms(phoneDigits(phone))),
        ...(email === null ? [] : [emailTerm(email)]),
      ]),
    }),
    phoneTokens: (organizationId, digits) => tokensOf(organizationId, typedPhoneTerms(digits)),
    emailTokens: (organizationId, email) => tokensOf(organizationId, [emailTerm(email)]),
  };
}

/** What tells numbers apart, however the country or the trunk is dialled. */
export function phoneDigits(typed: string): string {
  return typed.replaceAll(/\(0\)|\D/g, '').replace(/^0+/, '');
}

/** The last digits of a number on record, as many as somebody may type; and all of one that is short. */
function phoneTerms(digits: string): string[] {
  const ends = range(PHONE_MIN_DIGITS, Math.min(PHONE_TELLING_DIGITS, digits.length));
  const isShort = digits.length < PHONE_TELLING_DIGITS;
  return [
    ...ends.map((length) => `phone-end:${digits.slice(-length)}`),
    ...(isShort ? [`phone-whole:${digits}`] : []),
  ];
}

/** The number on record ends in the typed digits, or is all of their end: some national numbers are short. */
function typedPhoneTerms(digits: string): string[] {
  const typed = digits.slice(-PHONE_TELLING_DIGITS);
  const shorter = range(WHOLE_NUMBER_DIGITS, typed.length - 1);
  return [`phone-end:${typed}`, ...shorter.map((length) => `phone-whole:${typed.slice(-length)}`)];
}

/** Mailboxes that differ in case only are the same to every provider that matters. */
function emailTerm(email: string): string {
  return `email:${email.trim().toLowerCase().normalize('NFC')}`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_none, index) => from + index);
}
