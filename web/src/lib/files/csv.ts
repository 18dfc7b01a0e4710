import { CSV_START, csvLine } from '@careconnect/contracts';

/** A table as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return CSV_START + [header, ...rows].map(csvLine).join('');
}
