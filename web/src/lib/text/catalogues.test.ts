import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..');
const Variants = z
  .tuple([
    z.strictObject({
      declarations: z.array(z.string()),
      selectors: z.array(z.string()),
      match: z.record(z.string(), z.string()),
    }),
  ])
  .transform(([variants]) => variants);
const Message = z.union([z.string(), Variants]);
type Message = z.infer<typeof Message>;

const Settings = z.object({ baseLocale: z.string(), locales: z.array(z.string()) });
const settings = Settings.parse(
  JSON.parse(readFileSync(join(root, 'project.inlang', 'settings.json'), 'utf8')),
);
const others = settings.locales.filter((locale) => locale !== settings.baseLocale);
const parts = [
  '.json',
  '.visits.json',
  '.quality.json',
  '.account.json',
  '.audit.json',
  '.people.json',
  '.platform.json',
  '.charts.json',
  '.privacy.json',
  '.family.json',
];

/** What is a number, or ends in an address that programs read, needs no bounds. */
const PLAIN = new Set(
  'age arrived count from hours index max min minutes ms now percent saved seconds shown to total url'.split(
    ' ',
  ),
);
/** Names of products, standards, keys, and what is read on a screen that speaks English. */
const KNOWN_BY_THESE_LETTERS = new Set(
  'A API ATA Allow COMAR CSV CareConnect Client Connect Enter FHIR G ID ITU J K OpenID Privacy QR Safari Settings T URI UTC Website api claim client groups https issuer redirect roles secret sfu token'.split(
    ' ',
  ),
);

function read(locale: string, part: string): Map<string, Message> {
  const text: unknown = JSON.parse(readFileSync(join(root, 'messages', `${locale}${part}`), 'utf8'));
  const entries = Object.entries(z.record(z.string(), z.unknown()).parse(text));
  return new Map(
    entries.filter(([key]) => key !== '$schema').map(([key, value]) => [key, Message.parse(value)]),
  );
}

function sentences(message: Message): string[] {
  return typeof message === 'string' ? [message] : Object.values(message.match);
}

function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

/** Which of a locale's messages hold something that they should not. */
function findIn(locale: string, search: (sentence: string) => readonly string[]): string[] {
  return parts.flatMap((part) =>
    [...read(locale, part)].flatMap(([key, message]) =>
      sentences(message)
        .flatMap(search)
        .map((found) => `${key}: ${found}`),
    ),
  );
}

it('finds every catalogue that lies in the folder', () => {
  const expected = settings.locales.flatMap((locale) => parts.map((part) => `${locale}${part}`));
  expect(readdirSync(join(root, 'messages')).sort()).toEqual(expected.sort());
});

describe.each(others)('the catalogue of %s', (locale) => {
  it.each(parts)('has the sentences of %s in the same order', (part) => {
    expect([...read(locale, part).keys()]).toEqual([...read(settings.baseLocale, part).keys()]);
  });

  it.each(parts)('leaves out nothing that the sentences of %s tell, and adds nothing', (part) => {
    const translated = read(locale, part);
    for (const [key, base] of read(settings.baseLocale, part)) {
      const message = translated.get(key);
      if (message === undefined || typeof message !== typeof base) throw new Error(key);
      for (const sentence of sentences(message)) {
        expect(sentence.trim(), key).not.toBe('');
        // A sentence for one alone may say it without the figure.
        const told = placeholders(sentence);
        const all = sentences(base).map((one) => placeholders(one).join());
        expect(all, key).toContain(told.join());
      }
    }
  });

  it.each(parts)('has a form for each number that its grammar knows in %s', (part) => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const base = read(settings.baseLocale, part);
    for (const [key, message] of read(locale, part)) {
      const english = base.get(key);
      if (typeof message === 'string' || english === undefined || typeof english === 'string') continue;
      expect(message.declarations, key).toEqual(english.declarations);
      expect(message.selectors, key).toEqual(english.selectors);
      const forms = Object.keys(message.match).map((form) => form.replace(/^countPlural=/, ''));
      expect(forms.sort(), key).toEqual([...pluralCategories].sort());
    }
  });
});

describe('Urdu', () => {
  it('is written in its own letters, but for what everyone knows by other ones', () => {
    const foreign = findIn('ur', (sentence) =>
      [...sentence.replaceAll(/\{\w+\}|\S+@\S+/g, '').matchAll(/[A-Za-z]+/g)]
        .map(([word]) => word)
        .filter((word) => !KNOWN_BY_THESE_LETTERS.has(word)),
    );
    expect(foreign).toEqual([]);
  });

  it('uses the letters and stops of Urdu, not those of Arabic and English that look like them', () => {
    const wrong = findIn('ur', (sentence) => sentence.match(/[يىكه]|[،-ۿ][,;?]|[،-ۿ]\.(?!\d)|["']/g) ?? []);
    expect(wrong).toEqual([]);
  });

  it('keeps every name, time and word from outside within its own bounds, whatever way it is written', () => {
    const loose = findIn('ur', (sentence) =>
      [...sentence.matchAll(/(?<!\u2068)\{(\w+)\}|\{(\w+)\}(?!\u2069)/g)]
        .map(([, before, after]) => before ?? after ?? '')
        .filter((name) => !PLAIN.has(name)),
    );
    expect(loose).toEqual([]);
  });
});
