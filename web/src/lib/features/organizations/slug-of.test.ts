import { expect, test } from 'vitest';
import { slugOf } from './slug-of.ts';

test('a name becomes a short name that an address can have', () => {
  expect(slugOf('  Shifa & Söhne, Lahore! ')).toBe('shifa-sohne-lahore');
  expect(slugOf('شفا ہاؤس')).toBe('');
  expect(slugOf('a'.repeat(100))).toHaveLength(64);
});
