import { expect, test } from 'vitest';
import { createKeyRing, type DataKey } from './key-ring.ts';

const CLINIC = '01900000-0000-7000-8000-000000000001';

/** A ring over keys that a test changes, at a time that it moves. */
function aRing(...keys: DataKey[]) {
  const scene = { keys, nowMs: 0, unwrapped: 0 };
  const read = () => Promise.resolve(scene.keys);
  return { scene, ring: createKeyRing({ read, now: () => new Date(scene.nowMs) }) };
}

function aKey(version: number, activeInMs = 0, count: () => void = () => undefined): DataKey {
  return {
    purpose: 'data',
    version,
    activeInMs,
    unwrap() {
      count();
      return Promise.resolve(Buffer.alloc(32, version));
    },
  };
}

test('a new key is read before it encrypts', async () => {
  const { scene, ring } = aRing(aKey(1), aKey(2, 60_000));
  await ring.refresh();
  expect(ring.currentVersion()).toBe(1);
  expect(ring.find(2, 'field', CLINIC)).not.toBeNull();
  scene.nowMs = 59_999;
  expect(ring.currentVersion()).toBe(1);
  scene.nowMs = 60_000;
  expect(ring.currentVersion()).toBe(2);
});

test('what is known is not unwrapped again, and what is retired is forgotten', async () => {
  let unwrapped = 0;
  const [one, two] = [1, 2].map((version) => aKey(version, 0, () => (unwrapped += 1))) as [DataKey, DataKey];
  const { scene, ring } = aRing(one);
  await ring.refresh();
  scene.keys = [one, two];
  await ring.refresh();
  expect(unwrapped).toBe(2);
  scene.keys = [two];
  await ring.refresh();
  expect(ring.find(1, 'field', CLINIC)).toBeNull();
  expect(unwrapped).toBe(2);
});

test('an unknown version is asked for, so that the next try has it', async () => {
  const { scene, ring } = aRing(aKey(1));
  await ring.refresh();
  scene.keys = [aKey(1), aKey(2)];
  expect(ring.find(2, 'field', CLINIC)).toBeNull();
  await expect.poll(() => ring.find(2, 'field', CLINIC)).not.toBeNull();
});

test('nothing is encrypted before the keys are read, nor after a read that failed', async () => {
  const { ring } = aRing();
  expect(() => ring.currentVersion()).toThrow('there is no data key yet');
  const failing = createKeyRing({ read: () => Promise.reject(new Error('away')), now: () => new Date() });
  await expect(failing.refresh()).rejects.toThrow('away');
  expect(() => failing.currentVersion()).toThrow();
});
