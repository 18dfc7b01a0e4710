import { z } from 'zod';

/** A table as text (RFC 4180). An endpoint that answers with it sends it as it is made, line by line. */
export const CsvText = z.string().brand<'CsvText'>();
export type CsvText = z.infer<typeof CsvText>;

/** Before the first line, so that spreadsheets read the rest as UTF-8. */
export const CSV_START = '\uFEFF';

/**
 * Where a spreadsheet may begin a cell that it would run (OWASP, "CSV Injection"; ASVS 5.0, 1.2.10): at the start of
 * ours, and after whatever it takes for the end of one. Where a country writes a decimal comma, that is a semicolon,
 * and others split at tabs; our quotes then stand in the middle of a cell of theirs, and hold nothing together.
 * Spaces and quotes before the formula are lost on the way to it. Wide forms count where East Asian text is written.
 */
const BEFORE_FORMULA = /(?<=^|[,;|\t\r\n])(?=[\s\0"]*[=+\-@＝＋－＠])|^(?=[\t\r\n\0])/g;
const NEEDS_QUOTES = /[",;|\t\r\n]/;

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** An apostrophe tells a spreadsheet that what follows is text. */
function toCell(value: string): string {
  const safe = value.replace(BEFORE_FORMULA, "'");
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
