import { randomUUID } from 'node:crypto';
import { UserId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { FairShare } from './fair-share.ts';

const aPerson = () => UserId.parse(randomUUID());

test('six works of one person go on at once, a hundred wait, one more is refused; others notice nothing', async () => {
  const shares = new FairShare(1);
  const [busy, other] = [aPerson(), aPerson()];
  const end = Promise.withResolvers<void>();
  let begun = 0;
  const work = async () => {
    begun += 1;
    await end.promise;
  };
  const works = Array.from({ length: 106 }, () => shares.run(busy, work));
  await expect(shares.run(busy, work)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
  expect(begun).toBe(6);
  expect(await shares.run(other, async () => 'answer')).toBe('answer');
  expect(await shares.run(null, async () => 'answer')).toBe('answer');
  end.resolve();
  await Promise.all(works);
  expect(begun).toBe(106);
  expect(shares.size).toBe(0);
});

test('work that failed leaves its place', async () => {
  const shares = new FairShare(1);
  const person = aPerson();
  for (let time = 0; time < 7; time += 1) {
    await expect(shares.run(person, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  }
  expect(await shares.run(person, async () => 'answer')).toBe('answer');
  expect(shares.size).toBe(0);
});
