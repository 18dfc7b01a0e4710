interface CountryOption {
  readonly value: string;
  readonly label: string;
}

const A = 'A'.charCodeAt(0);
const LETTERS = Array.from({ length: 26 }, (_none, index) => String.fromCharCode(A + index));
/** What Unicode names beside countries: groupings, test regions, outlying parts that have no code of ISO 3166-1. */
const NO_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '));

/** The countries of ISO 3166-1 as a reader of this language calls them, in its order. */
export function countryOptions(locale: string): CountryOption[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return codes
    .flatMap((value) => {
      const label = isCountry(value) ? names.of(value) : undefined;
      return label === undefined ? [] : [{ value, label }];
    })
    .sort((one, other) => one.label.localeCompare(other.label, locale));
}

/** Codes that were withdrawn stand for the country of today, or for several. */
function isCountry(code: string): boolean {
  if (NO_COUNTRIES.has(code)) return false;
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
}

export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}
