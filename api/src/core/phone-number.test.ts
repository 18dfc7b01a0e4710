import { expect, test } from 'vitest';
import { readablePhone, readPhone } from './phone-number.ts';

const COUNTRIES = ['PK', 'GB', 'US'] as const;

test.each([
  ['0300 1234567', '+923001234567'],
  ['+92 (0)300-1234567', '+923001234567'],
  ['0092 300 1234567', '+923001234567'],
  ['٠٣٠٠١٢٣٤٥٦٧', '+923001234567'],
  ['۰۳۰۰ ۱۲۳۴۵۶۷', '+923001234567'],
  ['+44 7400 123456', '+447400123456'],
  ['+1 212 555 0123', '+12125550123'],
])('%s is %s', (typed, phone) => {
  expect(readPhone(typed, COUNTRIES)).toEqual({ kind: 'number', phone });
  expect(readPhone(readablePhone(phone), COUNTRIES)).toEqual({ kind: 'number', phone });
});

test.each([
  ['a fixed line', '+92 51 1234567'],
  ['a premium line', '+44 909 8790000'],
  ['too short', '0300 123'],
  ['an extension', '+92 300 1234567 ext. 5'],
  ['words around it', 'call 0300 1234567 now'],
  ['nothing', ''],
])('%s is refused', (_what, typed) => {
  expect(readPhone(typed, COUNTRIES)).toEqual({ kind: 'invalid' });
});

test.each(['+1 876 210 1234', '+49 1512 3456789', '+882 16 12345678'])(
  '%s is of no country that is served',
  (typed) => {
    expect(readPhone(typed, COUNTRIES).kind).not.toBe('number');
  },
);
