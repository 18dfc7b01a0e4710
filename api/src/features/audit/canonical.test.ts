import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFields } from './canonical.ts';

const Fields = fc.array(fc.option(fc.string({ unit: 'binary' })));

/** Written from the definition alone, as an auditor would. */
function decodeFields(encoded: Buffer): (string | null)[] {
  const fields: (string | null)[] = [];
  for (let at = 0; at < encoded.length;) {
    if (encoded.toString('latin1', at, at + 1) === '-') {
      fields.push(null);
      at += 1;
      continue;
    }
    const colon = encoded.indexOf(':', at);
    const end = colon + 1 + Number(encoded.toString('latin1', at, colon));
    expect(encoded.toString('latin1', end, end + 1)).toBe(',');
    fields.push(encoded.toString('utf8', colon + 1, end));
    at = end + 1;
  }
  return fields;
}

test('no two lists of fields are encoded the same: each can be read back', () => {
  fc.assert(
    fc.property(Fields, (fields) => {
      expect(decodeFields(encodeFields(fields))).toEqual(fields);
    }),
  );
});

test('nothing passes from one field to the next, and nothing is not the empty text', () => {
  const alike = [
    [null],
    [''],
    ['-'],
    ['', null],
    [null, ''],
    ['ab', 'c'],
    ['a', 'bc'],
    ['abc'],
    ['1:a,'],
    ['1:a', ''],
    ['é'],
    ['e\u0301'],
  ];
  expect(new Set(alike.map((fields) => encodeFields(fields).toString('hex'))).size).toBe(alike.length);
});
