import { describe, expect, it } from 'vitest';
import { dayToOpen, groupByPartOfDay, slotsByDay } from './slots.ts';

/** A quarter of an hour in Karachi (UTC+5), given by its wall time. */
function slot(date: string, time: string) {
  const startsAt = new Date(`${date}T${time}:00+05:00`);
  return { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 900_000).toISOString() };
}

const zone = 'Asia/Karachi';

describe('slotsByDay', () => {
  it('puts a slot on the clinic’s day, also where UTC has another one', () => {
    const early = slot('2026-01-06', '02:00');
    expect(early.startsAt.slice(0, 10)).toBe('2026-01-05');
    const days = slotsByDay([early], { from: '2026-01-05', zone, days: 3 });
    expect(days.map(({ date, slots }) => [date, slots.length])).toEqual([
      ['2026-01-05', 0],
      ['2026-01-06', 1],
      ['2026-01-07', 0],
    ]);
  });
});

describe('groupByPartOfDay', () => {
  it('turns at noon and at five and leaves empty parts out', () => {
    const times = ['09:00', '11:45', '12:00', '17:00', '18:30'];
    const groups = groupByPartOfDay(
      times.map((time) => slot('2026-01-06', time)),
      zone,
    );
    expect(groups.map(({ part, slots }) => [part, slots.length])).toEqual([
      ['morning', 2],
      ['afternoon', 1],
      ['evening', 2],
    ]);
    expect(groupByPartOfDay([slot('2026-01-06', '13:00')], zone).map(({ part }) => part)).toEqual([
      'afternoon',
    ]);
  });
});

describe('dayToOpen', () => {
  const days = slotsByDay([slot('2026-01-07', '09:00')], { from: '2026-01-06', zone, days: 3 });

  it('opens the first day with something free', () => {
    expect(dayToOpen(days, null)?.date).toBe('2026-01-07');
  });

  it('opens the day that was asked for, free or not, when it is shown', () => {
    expect(dayToOpen(days, '2026-01-06')?.date).toBe('2026-01-06');
    expect(dayToOpen(days, '2027-01-01')?.date).toBe('2026-01-07');
  });

  it('opens the first day when nothing is free', () => {
    expect(dayToOpen(slotsByDay([], { from: '2026-01-06', zone, days: 2 }), null)?.date).toBe('2026-01-06');
  });
});
