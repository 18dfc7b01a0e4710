import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

describe('KeyedQueue', () => {
  it('never runs two tasks of one key at once, and keeps their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }),
        fc.scheduler(),
        async (keys, scheduler) => {
          const queue = new KeyedQueue();
          const running = new Map<string, number>();
          const finished: { key: string; index: number }[] = [];
          const all = keys.map((key, index) =>
            queue.run(key, async () => {
              running.set(key, (running.get(key) ?? 0) + 1);
              expect(running.get(key)).toBe(1);
              await scheduler.schedule(Promise.resolve(), `${key}${index}`);
              running.set(key, 0);
              finished.push({ key, index });
            }),
          );
          await scheduler.waitFor(Promise.all(all));
          for (const key of new Set(keys)) {
            const order = finished.filter((entry) => entry.key === key).map((entry) => entry.index);
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it('lets patient tasks wait until nothing else is in line, in their own order', async () => {
    const queue = new KeyedQueue();
    const finished: string[] = [];
    const note = (name: string) => async () => void finished.push(name);
    const first = queue.run('a', async () => {
      await Promise.resolve();
      finished.push('running');
    });
    await Promise.all([
      first,
      queue.runPatiently('a', note('patient 1')),
      queue.runPatiently('a', note('patient 2')),
      queue.run('a', note('next')).then(() => queue.run('a', note('later'))),
    ]);
    expect(finished.slice(0, 2)).toEqual(['running', 'next']);
    expect(finished.indexOf('patient 1')).toBeLessThan(finished.indexOf('patient 2'));
    expect(finished).toHaveLength(5);
  });

  it('goes on after a task has failed, and tells only its caller', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('boom')));
    const next = queue.run('a', () => Promise.resolve('fine'));
    await expect(failed).rejects.toThrow('boom');
    await expect(next).resolves.toBe('fine');
  });

  it('forgets keys that have nothing left to do', async () => {
    const queue = new KeyedQueue();
    await Promise.all([queue.run('a', async () => 1), queue.run('b', async () => 2)]);
    await new Promise(setImmediate);
    expect(queue.size).toBe(0);
  });

  it('holds a key for idle unless something of it is under way', async () => {
    const queue = new KeyedQueue();
    const { promise, resolve } = Promise.withResolvers<void>();
    const running = queue.run('a', () => promise);
    expect([queue.isIdle('a'), queue.isIdle('b')]).toEqual([false, true]);
    resolve();
    await running;
    await expect.poll(() => queue.isIdle('a')).toBe(true);
  });
});
