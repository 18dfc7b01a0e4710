import { expect, test } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';

function aQueue() {
  const queue = new BoundedQueue({ atOnce: 2, waiting: 3, refusal: () => new Error('too many') });
  const begun: number[] = [];
  const endings: PromiseWithResolvers<string>[] = [];
  const run = (work: number) =>
    queue.run(() => {
      begun.push(work);
      const ending = Promise.withResolvers<string>();
      endings[work] = ending;
      return ending.promise;
    });
  return { run, begun, end: (work: number) => endings[work]?.resolve(`work ${work}`), endings };
}

test('two go on at once, three wait in their order, and the sixth is refused at once', async () => {
  const { run, begun, end } = aQueue();
  const results = [0, 1, 2, 3, 4].map(run);
  await expect(run(5)).rejects.toThrow('too many');
  expect(begun).toEqual([0, 1]);
  end(1);
  expect(await results[1]).toBe('work 1');
  expect(begun).toEqual([0, 1, 2]);
  end(0);
  await results[0];
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('a place that is free again is given to the next, also after work that failed', async () => {
  const { run, begun, end, endings } = aQueue();
  const results = [0, 1, 2].map(run);
  await Promise.resolve();
  endings[0]?.reject(new Error('broken'));
  await expect(results[0]).rejects.toThrow('broken');
  expect(begun).toEqual([0, 1, 2]);
  const late = [3, 4, 5].map(run);
  await expect(run(6)).rejects.toThrow('too many');
  for (const work of [1, 2, 3, 4, 5]) {
    end(work);
    await [...results, ...late][work];
  }
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  const again = run(6);
  await Promise.resolve();
  end(6);
  expect(await again).toBe('work 6');
});
