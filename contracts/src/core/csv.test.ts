import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('quotes what needs it and disarms what a spreadsheet would run', () => {
  expect(csvLine(['Siddiqui, Ayesha', 'said "hello"', 'two\nlines'])).toBe(
    '"Siddiqui, Ayesha","said ""hello""","two\nlines"\r\n',
  );
  for (const begin of ['=', '+', '-', '@', '\t']) expect(csvLine([`${begin}1+1`])).toBe(`'${begin}1+1\r\n`);
  expect(csvLine(['\r=1'])).toBe('"\'\r=1"\r\n');
});
