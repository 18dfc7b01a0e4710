import { z } from 'zod';

/** A table as text (RFC 4180). An endpoint that answers with it sends it as it is made, line by line. */
export const CsvText = z.string().brand<'CsvText'>();
export type CsvText = z.infer<typeof CsvText>;

/** Before the first line, so that spreadsheets read the rest as UTF-8. */
export const CSV_START = '\uFEFF';

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

function toCell(value: string): string {
  // A cell that begins like a formula would be run by the spreadsheet that opens it.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
