import { z } from 'zod';

/** As much of JSON Schema (draft 2020-12, OpenAPI 3.1's own) as contracts turn into. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly additionalProperties?: unknown;
}

/** What a caller may send. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return convert(schema, 'input');
}

/** What a caller gets. It may grow, so it does not forbid other fields. */
export function outputSchema(schema: z.ZodType): JsonSchema {
  return convert(schema, 'output');
}

export function isNothing(schema: z.ZodType): boolean {
  return schema instanceof z.ZodUndefined;
}

function convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _draft, ...converted } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The format says it better than a page of regular expression.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });
  return converted as JsonSchema;
}
