import type { CalendarDate } from '@careconnect/contracts';
import type { VisitQuery } from './visit-query.ts';

interface ExportedDays extends Pick<VisitQuery, 'from' | 'to'> {
  readonly today: CalendarDate;
  readonly isCutOff: boolean;
}

/** Whoever gets the file later reads from its name which days it tells of, and whether all of them are in it. */
export function exportFileName({ from, to, today, isCutOff }: ExportedDays): string {
  return `visits-${days(from, to ?? today)}${isCutOff ? '-incomplete' : ''}.csv`;
}

function days(from: CalendarDate | undefined, to: CalendarDate): string {
  if (from === undefined) return `until-${to}`;
  return from === to ? from : `${from}-to-${to}`;
}
