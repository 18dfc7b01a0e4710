import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

const DANGEROUS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0'];
const SEPARATORS = [',', ';', '\t', '|'];
/** What a spreadsheet runs, whatever it drops before it. */
const RUNS = /^[\s\0"]*[=+\-@＝＋－＠]/;

/** Mostly of what matters to a spreadsheet. */
const aCell = fc
  .array(fc.oneof(fc.constantFrom(...DANGEROUS, ...SEPARATORS, '"', "'", ' ', 'a', '1'), fc.string()))
  .map((parts) => parts.join(''));
const aRow = fc.array(aCell, { minLength: 1, maxLength: 5 });

/** Cells as a spreadsheet finds them: a quote holds a cell together only where the cell begins with it. */
function read(text: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const [held, inner = ''] = /^"((?:[^"]|"")*)"/.exec(text.slice(at)) ?? ['', ''];
    const ends = [separator, '\r', '\n'].map((end) => text.indexOf(end, at + held.length));
    const end = Math.min(...ends.map((index) => (index < 0 ? text.length : index)));
    cells.push(inner.replaceAll('""', '"') + text.slice(at + held.length, end));
    if (end === text.length) return cells;
    at = end + 1;
  }
}

it('quotes what needs it and disarms what a spreadsheet would run', () => {
  expect(csvLine(['Siddiqui, Ayesha', 'said "hello"', 'two\nlines'])).toBe(
    '"Siddiqui, Ayesha","said ""hello""","two\nlines"\r\n',
  );
  for (const begin of ['=', '+', '-', '@', '＝']) expect(csvLine([`${begin}1+1`])).toBe(`'${begin}1+1\r\n`);
  expect(csvLine(['\r1', '\t1'])).toBe('"\'\r1","\'\t1"\r\n');
});

it('leaves alone what only looks like a formula inside of a cell', () => {
  const cells = ['Ayesha Siddiqui-Khan', '2026-11-22T09:00:00.000Z', 'a@b.example', '1+1=2', ''];
  expect(csvLine(cells)).toBe(`${cells.join(',')}\r\n`);
});

it.each(SEPARATORS)('disarms a formula after %j inside of a cell, with what is dropped before it', (end) => {
  for (const begin of ['=', ' +', '"=', '\u00A0@', '""-'])
    expect(read(csvLine([`Bilal${end}${begin}1`]), ',')[0]).toBe(`Bilal${end}'${begin}1`);
});

it('holds no cell that runs, whichever separator a spreadsheet takes it to have', () => {
  fc.assert(
    fc.property(aRow, fc.constantFrom(...SEPARATORS), (cells, separator) => {
      expect(read(csvLine(cells), separator).filter((cell) => RUNS.test(cell))).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
});

it('says all that it was told, but for apostrophes', () => {
  const plain = (text: string) => text.replaceAll("'", '');
  fc.assert(
    fc.property(aRow, (cells) => {
      const line = csvLine(cells);
      expect(line.endsWith('\r\n')).toBe(true);
      expect(read(line.slice(0, -2), ',').map(plain)).toEqual(cells.map(plain));
    }),
    { numRuns: 5_000 },
  );
});
