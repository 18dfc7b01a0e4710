import { describe, expect, it } from 'vitest';
import { buildPath } from './endpoint.ts';
import { Email, line, Slug, text, TimeZone, WallTime, withoutControls } from './values.ts';

describe('line', () => {
  it('trims and keeps what people type in any script', () => {
    expect(line(40).parse('  امینہ بی بی ')).toBe('امینہ بی بی');
  });

  it.each(['', '   ', 'a\nb', 'a\u0000b', 'a\u0007b', '\ud800', 'x'.repeat(41)])('refuses %j', (value) => {
    expect(line(40).safeParse(value).success).toBe(false);
  });
});

describe('text', () => {
  it('keeps line breaks and tabs, and takes those of Windows', () => {
    expect(text(40).parse('fever\n\tsince Monday')).toBe('fever\n\tsince Monday');
    expect(text(40).parse('fever\r\nsince Monday\r\n')).toBe('fever\nsince Monday');
  });

  it('refuses every other control character, and says so', () => {
    const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(
      (character) => /\p{Cc}/u.test(character) && !'\n\t'.includes(character),
    );
    expect(controls).toHaveLength(63);
    for (const control of controls) {
      const { error } = text(40).safeParse(`a${control}b`);
      expect(error?.issues, JSON.stringify(control)).toMatchObject([
        { message: 'has a control character other than a line break or a tab' },
      ]);
    }
  });

  it.each(['\u0000', 'a\udfffb', '\ud800'])('refuses what PostgreSQL cannot store: %j', (value) => {
    expect(text(40).safeParse(value).success).toBe(false);
  });

  it('takes whatever was typed or pasted, once it is without controls', () => {
    const pasted = 'fever\u000bsince\u0000 Monday\r\n\u009b31m بخار 🙂 \ud800';
    expect(text(60).parse(withoutControls(pasted))).toBe('feversince Monday\n31m بخار 🙂 \ufffd');
  });
});

describe('small values', () => {
  it('lower-cases e-mail addresses', () => {
    expect(Email.parse('Amina@Example.ORG')).toBe('amina@example.org');
  });

  it('takes an e-mail address with the spaces that phones add', () => {
    expect(Email.parse(' amina@example.org\n')).toBe('amina@example.org');
    expect(Email.parse(`${' '.repeat(300)}amina@example.org`)).toBe('amina@example.org');
  });

  it.each(['', ' ', 'amina', 'amina@example', 'a b@example.org', 'a@example.org\u0000', 'a\nb@example.org'])(
    'refuses the e-mail address %j',
    (value) => {
      expect(Email.safeParse(value).success).toBe(false);
    },
  );

  it('knows time zones from nonsense', () => {
    for (const name of ['Asia/Karachi', 'Asia/Kolkata', 'Asia/Calcutta', 'UTC'])
      expect(TimeZone.safeParse(name).success, name).toBe(true);
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
