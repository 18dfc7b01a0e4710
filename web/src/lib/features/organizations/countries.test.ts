import { Country } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { countryName, countryOptions } from './countries.ts';

test('every country once, by the name that readers know, and nothing that is none', () => {
  const options = countryOptions('en');
  const codes = options.map(({ value }) => value);
  expect(new Set(codes).size).toBe(codes.length);
  // ISO 3166-1 has 249.
  expect(codes.length).toBe(249);
  expect(codes.every((code) => Country.safeParse(code).success)).toBe(true);
  expect(codes).toEqual(expect.arrayContaining(['PK', 'DE', 'GB', 'CA', 'US']));
  for (const none of ['DD', 'SU', 'EU', 'ZZ', 'UK', 'AN']) expect(codes).not.toContain(none);
  expect(options[0]?.label).toBe('Afghanistan');
  expect(countryName('PK', 'ur')).toBe('پاکستان');
});
