import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';

/** What a number that was typed is. */
export type TypedPhone =
  | { readonly kind: 'number'; /** In E.164. */ readonly phone: string }
  | { readonly kind: 'invalid' }
  /** No messages go to that country. */
  | { readonly kind: 'notServed' };

/** Lines that a text message reaches. Where a plan does not tell them from fixed lines, as in North America, both. */
const REACHED = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/**
 * @param countries - where messages may go to, by the country and not by its calling code: +1 alone is 25 of them, some of
 *   which are known for numbers whose owners earn by what they are sent. The first is meant where no code was typed.
 */
export function readPhone(typed: string, countries: readonly CountryCode[]): TypedPhone {
  const [defaultCountry] = countries;
  const number = parsePhoneNumberFromString(typed, {
    extract: false,
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  });
  if (!number?.isValid() || number.ext !== undefined) return { kind: 'invalid' };
  if (number.country === undefined || !countries.includes(number.country)) return { kind: 'notServed' };
  if (!REACHED.has(number.getType() ?? '')) return { kind: 'invalid' };
  return { kind: 'number', phone: number.number };
}

/** As people read it: `+92 300 1234567`. */
export function readablePhone(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}
