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
        const write = createGroupedWriter<number>(async (items) => {
          underWay += 1;
          expect(underWay).toBe(1);
          expect(items.length).toBeLessThanOrEqual(maxItems);
          await scheduler.schedule(Promise.resolve());
          written.push(...items);
          underWay -= 1;
        }, maxItems);
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
  const write = createGroupedWriter<number>(async (items) => {
    groups.push([...items]);
    await Promise.resolve();
  }, 10);
  await Promise.all([1, 2, 3].map(write));
  expect(groups).toEqual([[1], [2, 3]]);
});

test('a failed write fails all who were in it, and nobody after it', async () => {
  const write = createGroupedWriter<string>(
    (items) => (items.includes('bad') ? Promise.reject(new Error('disk full')) : Promise.resolve()),
    10,
  );
  const [first, bad, beside] = await Promise.allSettled([write('first'), write('bad'), write('beside')]);
  expect([first?.status, bad?.status, beside?.status]).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(write('later')).resolves.toBeUndefined();
});
