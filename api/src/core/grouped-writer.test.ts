import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGroupedWriter } from './grouped-writer.ts';

test('every item is written once, in order, in groups that never overlap', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.scheduler(),
      async (pauses, maxItems, scheduler) => {
        const written: number[] = [];
        let underWay = 0;
        const write = createGroupedWriter<number>({
          maxItems,
          isOneToBlame,
          writeAll: async (items) => {
            underWay += 1;
            expect(underWay).toBe(1);
            expect(items.length).toBeLessThanOrEqual(maxItems);
            await scheduler.schedule(Promise.resolve());
            written.push(...items);
            underWay -= 1;
          },
        });
        const all = pauses.map(async (pause, index) => {
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
          const done = write(index);
          return done.then(() => expect(written).toContain(index));
        });
        await scheduler.waitFor(Promise.all(all));
        expect([...written].sort((a, b) => a - b)).toEqual(pauses.map((_, index) => index));
      },
    ),
  );
});

test('whoever comes during a write shares the next one', async () => {
  const groups: number[][] = [];
  const write = createGroupedWriter<number>({
    maxItems: 10,
    isOneToBlame,
    writeAll: async (items) => {
      groups.push([...items]);
      await Promise.resolve();
    },
  });
  await Promise.all([1, 2, 3].map(write));
  expect(groups).toEqual([[1], [2, 3]]);
});

test('an item that cannot be written takes no other with it', async () => {
  const groups: string[][] = [];
  const write = createGroupedWriter<string>({
    maxItems: 10,
    isOneToBlame,
    writeAll: (items) => {
      groups.push([...items]);
      return items.includes('bad') ? Promise.reject(new Error('bad value')) : Promise.resolve();
    },
  });
  const all = await Promise.allSettled(['first', 'one', 'bad', 'beside'].map(write));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(groups).toEqual([['first'], ['one', 'bad', 'beside'], ['one'], ['bad'], ['beside']]);
  await expect(write('later')).resolves.toBeUndefined();
});

test('an outage fails all who were in the write at once, and nobody after it', async () => {
  let writes = 0;
  const write = createGroupedWriter<string>({
    maxItems: 10,
    isOneToBlame,
    writeAll: () => {
      writes += 1;
      return writes === 2 ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  });
  const all = await Promise.allSettled(['first', 'one', 'other'].map(write));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(write('later')).resolves.toBeUndefined();
  expect(writes).toBe(3);
});

function isOneToBlame(error: unknown): boolean {
  return (error as Error).message === 'bad value';
}
