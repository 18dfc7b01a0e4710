import fc from 'fast-check';
import type { JsonSchema } from '../../features/docs/json-schema.ts';

type Json = fc.Arbitrary<unknown>;

/** Values that have broken somebody's server before. */
export const hostileValue: Json = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e308,
    -0,
    2 ** 53,
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\u202e',
    '🙂',
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [null],
    { length: -1 },
    JSON.parse('{"__proto__":{"isAdmin":true}}'),
  ),
  fc.constantFrom<unknown>(
    '../../etc/passwd',
    "'; DROP TABLE patient; --",
    '%',
    '{{7*7}}',
    '$where',
    '0'.repeat(5_000),
  ),
  fc.constantFrom<unknown>(
    '9999-99-99',
    '2026-02-30',
    '+275760-09-13T00:00:00Z',
    '0000-01-01T00:00:00Z',
    'NaN',
  ),
  fc.constant<unknown>(nested(500)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue(),
);

/** Something that the schema takes, most of the time. */
export function arbitraryOf(schema: JsonSchema): Json {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryOf));
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), { maxLength: 4 });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return stringOf(schema);
    default:
      return fc.jsonValue();
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema): Json {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]),
  );
  return fc.record(model, { requiredKeys: [...required] });
}

function stringOf({ format, pattern, minLength = 0, maxLength = 60 }: JsonSchema): Json {
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (format === 'date') return fc.date(YEARS).map((date) => date.toISOString().slice(0, 10));
  if (format === 'date-time') return fc.date(YEARS).map((date) => date.toISOString());
  if (format === 'email') return fc.emailAddress();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 200) });
}

const YEARS = { min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true };

/** One thing wrong with an object that was right: a field too many, too few, or with something hostile in it. */
export function spoiled(valid: Json): Json {
  return fc
    .tuple(valid, hostileValue, fc.nat(), fc.constantFrom('replace', 'remove', 'add', 'swap'))
    .map(spoil);
}

function spoil([value, hostile, pick, how]: [unknown, unknown, number, string]): unknown {
  if (how === 'swap' || typeof value !== 'object' || value === null || Array.isArray(value)) return hostile;
  const names = Object.keys(value);
  const name = names[pick % Math.max(1, names.length)];
  if (how === 'add' || name === undefined) return { ...value, [`extra${pick}`]: hostile };
  const { [name]: _removed, ...rest } = value as Record<string, unknown>;
  return how === 'remove' ? rest : { ...rest, [name]: hostile };
}

/** Copies of a value, in each of which another of its texts, however deep, ends in `ending`. */
export function withEachTextEnding(value: unknown, ending: string): unknown[] {
  if (typeof value === 'string') return [value + ending];
  if (Array.isArray(value)) {
    const parts: readonly unknown[] = value;
    return parts.flatMap((part, index) =>
      withEachTextEnding(part, ending).map((changed) => parts.with(index, changed)),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    withEachTextEnding(part, ending).map((changed) => ({ ...value, [name]: changed })),
  );
}

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
