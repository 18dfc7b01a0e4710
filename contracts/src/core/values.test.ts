import { describe, expect, it } from 'vitest';
import { buildPath } from './endpoint.ts';
import { Email, line, Slug, text, TimeZone, WallTime } from './values.ts';

describe('line', () => {
  it('trims and keeps what people type in any script', () => {
    expect(line(40).parse('  امینہ بی بی ')).toBe('امینہ بی بی');
  });

  it.each(['', '   ', 'a\nb', 'a\u0000b', 'a\u0007b', '\ud800', 'x'.repeat(41)])('refuses %j', (value) => {
    expect(line(40).safeParse(value).success).toBe(false);
  });
});

describe('text', () => {
  it('keeps line breaks', () => {
    expect(text(40).parse('fever\nsince Monday')).toBe('fever\nsince Monday');
  });

  it.each(['\u0000', 'a\udfffb'])('refuses what PostgreSQL cannot store: %j', (value) => {
    expect(text(40).safeParse(value).success).toBe(false);
  });
});

describe('small values', () => {
  it('lower-cases e-mail addresses', () => {
    expect(Email.parse('Amina@Example.ORG')).toBe('amina@example.org');
  });

  it('knows time zones from nonsense', () => {
    expect(TimeZone.safeParse('Asia/Karachi').success).toBe(true);
    expect(TimeZone.safeParse('Asia/Nowhere').success).toBe(false);
  });

  it.each(['24:00', '9:30', '12:60', 'noon'])('refuses the wall time %s', (value) => {
    expect(WallTime.safeParse(value).success).toBe(false);
  });

  it.each(['-a', 'a--b', 'A', 'a_b', ''])('refuses the slug %j', (value) => {
    expect(Slug.safeParse(value).success).toBe(false);
  });
});

describe('buildPath', () => {
  it('encodes what it fills in', () => {
    expect(buildPath('/api/v1/walk-ins/:slug', { slug: 'a/b' })).toBe('/api/v1/walk-ins/a%2Fb');
  });

  it('refuses to build half a path', () => {
    expect(() => buildPath('/a/:id', {})).toThrow(/needs the parameter id/);
  });
});
