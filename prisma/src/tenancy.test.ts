import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTenancy } from './tenancy.ts';

const [own, foreign] = [randomUUID(), randomUUID()];

test('work is in the name of nobody until it is told otherwise, and again afterwards', async () => {
  const tenancy = createTenancy();
  expect(tenancy.reach()).toBe('');
  expect(await tenancy.runAsTenant(own, async () => tenancy.reach())).toBe(own);
  expect(await tenancy.runAsSystem(async () => tenancy.reach())).toBe('*');
  expect(tenancy.reach()).toBe('');
});

test('work side by side keeps its own name, however it waits', async () => {
  const tenancy = createTenancy();
  const work = async () => {
    await sleep(1);
    await Promise.all([Promise.resolve(), new Promise(setImmediate)]);
    return tenancy.reach();
  };
  const ids = Array.from({ length: 20 }, () => randomUUID());
  expect(await Promise.all(ids.map((id) => tenancy.runAsTenant(id, work)))).toEqual(ids);
});

test('what begins only when it is waited for begins in the name of the work', async () => {
  const tenancy = createTenancy();
  const lazy = () => ({
    // As the queries of Prisma do.
    then: (resolve: (reach: string) => void) => resolve(tenancy.reach()),
  });
  expect(await tenancy.runAsTenant(own, () => lazy() as unknown as Promise<string>)).toBe(own);
});

test('the system may do the work of a tenant, and a tenant that of no other', async () => {
  const tenancy = createTenancy();
  const name = async () => tenancy.reach();
  expect(await tenancy.runAsSystem(() => tenancy.runAsTenant(own, name))).toBe(own);
  expect(await tenancy.runAsTenant(own, () => tenancy.runAsTenant(own.toUpperCase(), name))).toBe(own);
  await expect(tenancy.runAsTenant(own, () => tenancy.runAsTenant(foreign, name))).rejects.toThrow(
    'of another',
  );
});

test.each(['', '*', "x'; RESET ROLE; --", `${own}'`])('%j is no tenant', async (id) => {
  await expect(createTenancy().runAsTenant(id, async () => undefined)).rejects.toThrow('by its id');
});
