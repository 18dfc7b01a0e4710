import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSharedRead } from './shared-read.ts';

test('nobody is answered with what was read before they asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom('a', 'b'), pause: fc.nat(4) }), { maxLength: 30 }),
      fc.scheduler(),
      async (questions, scheduler) => {
        let time = 0;
        const read = createSharedRead<string, { key: string; readAt: number }>(
          (key) => key,
          async (key) => {
            const readAt = (time += 1);
            await scheduler.schedule(Promise.resolve());
            return { key, readAt };
          },
        );
        const all = questions.map(async ({ key, pause }) => {
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
          const askedAt = time;
          const answer = await read(key);
          expect(answer.key).toBe(key);
          expect(answer.readAt).toBeGreaterThan(askedAt);
        });
        await scheduler.waitFor(Promise.all(all));
      },
    ),
  );
});

test('those who ask while it is being read share one more read', async () => {
  let reads = 0;
  const read = createSharedRead(
    (key: string) => key,
    () => Promise.resolve((reads += 1)),
  );
  expect(await Promise.all(['q', 'q', 'q', 'q'].map(read))).toEqual([1, 2, 2, 2]);
  expect(await read('q')).toBe(3);
});

test('a failed read fails those who shared it and nobody else', async () => {
  let reads = 0;
  const read = createSharedRead(
    (key: string) => key,
    () => ((reads += 1) === 1 ? Promise.reject(new Error('away')) : Promise.resolve(reads)),
  );
  const [first, second] = await Promise.allSettled([read('q'), read('q')]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  await expect(read('q')).resolves.toBe(3);
});
