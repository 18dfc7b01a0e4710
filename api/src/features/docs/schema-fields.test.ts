import { endpoints } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { inputSchema, outputSchema } from './json-schema.ts';
import { fieldsOf } from './schema-fields.ts';

test('a body becomes lines with type, limits and default', () => {
  const fields = fieldsOf(inputSchema(endpoints.patients.create.body));
  expect(fields.find(({ path }) => path === 'name')).toEqual({
    path: 'name',
    type: 'string',
    isRequired: true,
    notes: ['at most 120 characters'],
  });
  expect(fields.find(({ path }) => path === 'gender')).toMatchObject({
    isRequired: false,
    notes: ['female · male · other · unknown', 'unknown unless told'],
  });
});

test('lists and nested objects are flattened into paths', () => {
  const paths = fieldsOf(outputSchema(endpoints.visits.record.response)).map(
    ({ path, type }) => `${path}: ${type}`,
  );
  expect(paths).toContain('visit.patient.name: string');
  expect(paths).toContain('visit.startedAt: instant or null');
  expect(paths).toContain('messages[].body: string');
});
