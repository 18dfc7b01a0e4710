import { expect, test } from 'vitest';
import { inTurns, type Passwords } from './passwords.ts';

function aPile() {
  const endings: (() => void)[] = [];
  const held: Passwords = {
    hash: () => new Promise((resolve) => endings.push(() => resolve('a hash'))),
    matches: (stored) => new Promise((resolve) => endings.push(() => resolve(stored !== null))),
  };
  return { passwords: inTurns(held), endings };
}

test('two passwords are looked at at once, forty wait, and the next is told when to come back', async () => {
  const { passwords, endings } = aPile();
  const tries = Array.from({ length: 42 }, (_, person) =>
    // Known or unknown, each waits for its turn.
    passwords.matches(person % 2 === 0 ? 'stored' : null, 'a guess'),
  );
  const refusal = { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) as number };
  await expect(passwords.matches(null, 'a guess')).rejects.toMatchObject(refusal);
  await expect(passwords.hash('another-orchard-eight')).rejects.toMatchObject(refusal);
  expect(endings).toHaveLength(2);
  for (const [person, tried] of tries.entries()) {
    expect(endings.length).toBeLessThanOrEqual(person + 2);
    endings[person]?.();
    expect(await tried).toBe(person % 2 === 0);
  }
});
