import { expect, test } from 'vitest';
import { createTestClock } from '../../testing/test-clock.ts';
import { createSignInBackoff, type SignInAttempt } from './sign-in-backoff.ts';

const HOME = { email: 'patient@rahma.example', ip: '203.0.113.7' };
const TOO_EARLY = { code: 'RATE_LIMITED' };
const stranger = async () => false;
const owner = async () => true;

function setUp() {
  const clock = createTestClock();
  const backoff = createSignInBackoff(clock);
  /** A try with a wrong password. */
  const slip = (attempt: SignInAttempt = HOME) => backoff.begin(attempt, stranger);
  return { clock, backoff, slip };
}

test('a few slips cost nothing, then each one doubles the wait', async () => {
  const { clock, slip } = setUp();
  for (let count = 0; count < 5; count += 1) await slip();
  for (const waitMs of [1_000, 2_000, 4_000, 8_000]) {
    await expect(slip()).rejects.toMatchObject({ ...TOO_EARLY, retryAfterSeconds: waitMs / 1000 });
    clock.advance(waitMs);
    await slip();
  }
});

test('a try that is refused makes no wait longer', async () => {
  const { clock, slip } = setUp();
  for (let count = 0; count < 5; count += 1) await slip();
  clock.advance(999);
  for (let count = 0; count < 50; count += 1) await expect(slip()).rejects.toMatchObject(TOO_EARLY);
  clock.advance(1);
  await slip();
});

test('of many tries at the same moment only the free ones go on', async () => {
  const { slip } = setUp();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => slip()));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test('of many tries from many places at the same moment only the free ones go on', async () => {
  const { slip } = setUp();
  const places = Array.from({ length: 100 }, (_, place) => ({ ...HOME, ip: `198.51.100.${place}` }));
  const tries = await Promise.allSettled(places.map((place) => slip(place)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
});

test('a known place is no way around its own wait, also while it is looked up', async () => {
  const { clock, backoff, slip } = setUp();
  for (let place = 0; place < 20; place += 1) await slip({ ...HOME, ip: `198.51.100.${place}` });
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => backoff.begin(HOME, owner)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  clock.advance(1_000);
  await backoff.begin(HOME, owner);
});

test('a success forgives the place, and an hour forgives everything', async () => {
  const { clock, backoff, slip } = setUp();
  for (let count = 0; count < 4; count += 1) await slip();
  (await backoff.begin(HOME, stranger)).succeeded();
  for (let count = 0; count < 5; count += 1) await slip();
  await expect(slip()).rejects.toMatchObject(TOO_EARLY);
  clock.advance(60 * 60_000 + 1);
  for (let count = 0; count < 5; count += 1) await slip();
});

test('signing in counts for nothing, however often and however many at once', async () => {
  const { backoff } = setUp();
  for (let round = 0; round < 20; round += 1) {
    const tries = [1, 2, 3].map((device) => backoff.begin({ ...HOME, ip: `203.0.113.${device}` }, stranger));
    for (const one of await Promise.all(tries)) one.succeeded();
  }
});

test('an attack from a thousand places slows strangers down and cannot lock the owner out', async () => {
  const { clock, backoff, slip } = setUp();
  for (let place = 0; place < 1_000; place += 1) {
    clock.advance(30_000);
    await slip({ ...HOME, ip: `198.51.${place >> 8}.${place & 0xff}` });
  }
  await expect(slip({ ...HOME, ip: '192.0.2.2' })).rejects.toMatchObject(TOO_EARLY);
  (await backoff.begin(HOME, owner)).succeeded();
  // Their success neither shortens nor prolongs what strangers wait.
  await expect(slip({ ...HOME, ip: '192.0.2.2' })).rejects.toMatchObject(TOO_EARLY);
  clock.advance(30_000);
  await slip({ ...HOME, ip: '192.0.2.2' });
});

test('other accounts of the same place are not held up', async () => {
  const { slip } = setUp();
  for (let count = 0; count < 5; count += 1) await slip();
  await expect(slip()).rejects.toMatchObject(TOO_EARLY);
  await slip({ ...HOME, email: 'desk@rahma.example' });
});

test('the addresses of one IPv6 network are one place', async () => {
  const { slip } = setUp();
  for (let host = 1; host <= 5; host += 1) await slip({ ...HOME, ip: `2001:db8:0:1::${host}` });
  await expect(slip({ ...HOME, ip: '2001:db8:0:1:ffff::6' })).rejects.toMatchObject(TOO_EARLY);
  await slip({ ...HOME, ip: '2001:db8:0:2::1' });
});

test('a try whose password was not looked at has never happened', async () => {
  const { slip } = setUp();
  for (let count = 0; count < 4; count += 1) await slip();
  for (let count = 0; count < 20; count += 1) (await slip()).withdrawn();
  await slip();
  await expect(slip()).rejects.toMatchObject(TOO_EARLY);
});
