import { RECOVERY_CODE_COUNT } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { createRecoveryCodeHash, newRecoveryCodes } from './recovery-codes.ts';

const hash = createRecoveryCodeHash('a secret');

test('a set has ten different codes that can be read aloud', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(RECOVERY_CODE_COUNT);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
});

test('a code is the same however it is typed, and another for another person or another key', () => {
  const written = hash('amina', '10ABC-DEF10');
  for (const typed of ['10abcdef10', 'IOABC DEFLO', ' l0abc-defi0 '])
    expect(hash('amina', typed)).toEqual(written);
  expect(hash('bilal', '10ABC-DEF10')).not.toEqual(written);
  expect(createRecoveryCodeHash('another')('amina', '10ABC-DEF10')).not.toEqual(written);
});
