import { describe, expect, it } from 'vitest';
import { buildCalendarFile, type CalendarEvent } from './ics.ts';

const event: CalendarEvent = {
  uid: '01970000-0000-7000-8000-000000000001@clinic.example',
  stampedAt: '2026-01-05T08:00:00.123Z',
  startsAt: '2026-01-06T04:30:00.000Z',
  endsAt: '2026-01-06T04:45:00.000Z',
  summary: 'CareConnect video visit',
  description: 'Open here: https://clinic.example/visit/1',
  url: 'https://clinic.example/visit/1',
  reminderMinutes: 15,
};

describe('calendar file', () => {
  it('holds one event with UTC times', () => {
    const lines = buildCalendarFile(event).split('\r\n');
    expect(lines).toContain(`UID:${event.uid}`);
    expect(lines).toContain('DTSTAMP:20260105T080000Z');
    expect(lines).toContain('DTSTART:20260106T043000Z');
    expect(lines).toContain('DTEND:20260106T044500Z');
    expect(lines).toContain('URL:https://clinic.example/visit/1');
    expect(lines).toContain('TRIGGER:-PT15M');
    expect(lines.at(-1)).toBe('');
  });

  it('escapes what has a meaning in the format', () => {
    const file = buildCalendarFile({ ...event, description: 'a;b,c\\d\ne' });
    expect(file).toContain('DESCRIPTION:a\\;b\\,c\\\\d\\ne\r\n');
  });

  it('folds long lines at 75 octets without cutting a character, and unfolds to the same', () => {
    const description = 'ملاقات '.repeat(30).trim();
    const file = buildCalendarFile({ ...event, description });
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n ', '')).toContain(`DESCRIPTION:${description}\r\n`);
  });
});
