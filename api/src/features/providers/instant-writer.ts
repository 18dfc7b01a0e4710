const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TIME_LENGTH = 'HH:MM:00.000Z'.length;

/** `HH:MM:00.000Z` for every minute of a day. */
const MINUTES: readonly string[] = Array.from({ length: 1440 }, (_none, minute) =>
  new Date(minute * MINUTE_MS).toISOString().slice(11),
);

/**
 * Writes instants as `Date.prototype.toISOString` does. A list of slots is hundreds of whole minutes of a few
 * days, which this puts together from ready parts; formatting each was most of the cost of such an answer.
 */
export function createInstantWriter(): (instantMs: number) => string {
  let day = NaN;
  let date = '';
  return (instantMs) => {
    const itsDay = Math.floor(instantMs / DAY_MS);
    const time = MINUTES[(instantMs - itsDay * DAY_MS) / MINUTE_MS];
    if (time === undefined) return new Date(instantMs).toISOString();
    if (itsDay !== day) {
      day = itsDay;
      date = new Date(instantMs).toISOString().slice(0, -TIME_LENGTH);
    }
    return date + time;
  };
}
