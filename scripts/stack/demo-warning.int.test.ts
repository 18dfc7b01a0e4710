import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DEMO_ACCOUNTS } from '../../prisma/src/demo-accounts.ts';
import { seedDemo } from './database-tasks.ts';
import { demoWarning } from './demo-warning.ts';
import { createTestDatabase, dropTestDatabase } from './test-database.ts';

let url: string;

beforeAll(async () => {
  url = await createTestDatabase(inject('postgresUrl'));
});
afterAll(() => dropTestDatabase(url));

test('demo accounts whose passwords are published are told of', async () => {
  expect(await demoWarning(url, DEMO_ACCOUNTS)).toBeNull();
  await seedDemo(url, { FIELD_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url') });
  expect(await demoWarning(url, DEMO_ACCOUNTS)).toContain('published passwords');
});
