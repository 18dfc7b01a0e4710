import type { JsonSchema } from './json-schema.ts';

/** One line of a table of fields. */
export interface Field {
  /** `patient.name`, `items[].startsAt` */
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** Limits, choices and the default, in words. */
  readonly notes: readonly string[];
}

/** Flattens a schema into the lines that a person reads. */
export function fieldsOf(schema: JsonSchema, path = ''): Field[] {
  const { schema: inner } = withoutNull(schema);
  if (inner.items) return fieldsOf(inner.items, `${path}[]`);
  const required = new Set(inner.required);
  return Object.entries(inner.properties ?? {}).flatMap(([name, property]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [describe(property, here, required.has(name)), ...fieldsOf(property, here)];
  });
}

function describe(schema: JsonSchema, path: string, isRequired: boolean): Field {
  const { schema: inner, isNullable } = withoutNull(schema);
  return {
    path,
    isRequired,
    type: `${typeName(inner)}${isNullable ? ' or null' : ''}`,
    notes: notesOf(inner, schema),
  };
}

function withoutNull(schema: JsonSchema): { schema: JsonSchema; isNullable: boolean } {
  const { anyOf, type } = schema;
  const rest = anyOf?.filter((option) => option.type !== 'null') ?? [];
  if (anyOf && rest.length === 1 && rest[0]) return { schema: rest[0], isNullable: anyOf.length > 1 };
  if (Array.isArray(type) && type.includes('null')) {
    const [only = 'null'] = (type as readonly string[]).filter((name) => name !== 'null');
    return { schema: { ...schema, type: only }, isNullable: true };
  }
  return { schema, isNullable: false };
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'UUID',
  'date-time': 'instant',
  date: 'date',
  email: 'e-mail address',
};

function typeName({ type, format, enum: choices, items, const: only }: JsonSchema): string {
  if (choices || only !== undefined) return 'one of';
  if (items) return `list of ${typeName(withoutNull(items).schema)}s`;
  if (format !== undefined && FORMATS[format] !== undefined) return FORMATS[format];
  return typeof type === 'string' ? type : 'value';
}

function notesOf(inner: JsonSchema, outer: JsonSchema): string[] {
  const { minLength, maxLength, minimum, maximum, pattern } = inner;
  const choices = inner.enum ?? (inner.const === undefined ? [] : [inner.const]);
  const isBounded = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    ...(choices.length > 0 ? [choices.map(String).join(' · ')] : []),
    ...(minLength !== undefined && minLength > 1 ? [`at least ${minLength} characters`] : []),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(isBounded(minimum) ? [`from ${minimum}`] : []),
    ...(isBounded(maximum) ? [`up to ${maximum}`] : []),
    ...(pattern === undefined ? [] : [`matches ${pattern}`]),
    ...(outer.default === undefined
      ? []
      : [`${JSON.stringify(outer.default).replaceAll('"', '')} unless told`]),
  ];
}
