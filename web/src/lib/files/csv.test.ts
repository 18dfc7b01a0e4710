import { expect, it } from 'vitest';
import { toCsv } from './csv.ts';

it('quotes what needs it and disarms what a spreadsheet would run', () => {
  const csv = toCsv(
    ['name', 'note'],
    [
      ['Siddiqui, Ayesha', 'said "hello"'],
      ['=1+1', '-2'],
    ],
  );
  expect(csv).toBe('\uFEFFname,note\r\n"Siddiqui, Ayesha","said ""hello"""\r\n\'=1+1,\'-2\r\n');
});
