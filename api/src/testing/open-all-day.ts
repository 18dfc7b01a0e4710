/** Rules of a doctor who sees people around the clock, so that no test depends on the time of day. */
export const OPEN_ALL_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  startMinute: 0,
  endMinute: 1440,
  slotMinutes: 30,
}));
