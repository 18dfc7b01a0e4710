const known = new Map<string, number>();

/** The instant at which the UTC date `day` begins in a zone; looked up once a zone and day. */
export function startOfDay(zone: string, day: number): number {
  const key = `${zone} ${day}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(day);
  const [year = 0, month = 1, date = 1, hour = 0, minute = 0] = (
    ['year', 'month', 'day', 'hour', 'minute'] as const
  ).map((type) => Number(parts.find((part) => part.type === type)?.value));
  const start = day - (Date.UTC(year, month - 1, date, hour, minute) - day);
  known.set(key, start);
  return start;
}
