import { expect, test } from 'vitest';
import { createTestClock } from '../../testing/test-clock.ts';
import { createSignInBackoff } from './sign-in-backoff.ts';

const HOME = { email: 'patient@rahma.example', ip: '203.0.113.7' };
const stranger = async () => false;
const owner = async () => true;

function setUp() {
  const clock = createTestClock();
  return { clock, backoff: createSignInBackoff(clock) };
}

test('a few slips cost nothing, then each one doubles the wait', async () => {
  const { clock, backoff } = setUp();
  for (let slip = 0; slip < 4; slip += 1) backoff.failed(HOME);
  await backoff.check(HOME, stranger);
  for (const waitMs of [1_000, 2_000, 4_000, 8_000]) {
    backoff.failed(HOME);
    await expect(backoff.check(HOME, stranger)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: waitMs / 1000,
    });
    clock.advance(waitMs);
    await backoff.check(HOME, stranger);
  }
});

test('a success forgives the place, and an hour forgives everything', async () => {
  const { clock, backoff } = setUp();
  for (let slip = 0; slip < 12; slip += 1) backoff.failed(HOME);
  backoff.succeeded(HOME);
  await backoff.check(HOME, stranger);
  for (let slip = 0; slip < 30; slip += 1) backoff.failed(HOME);
  clock.advance(60 * 60_000 + 1);
  await backoff.check(HOME, stranger);
});

test('an attack from a thousand places slows strangers down and cannot lock the owner out', async () => {
  const { clock, backoff } = setUp();
  for (let place = 0; place < 1_000; place += 1) backoff.failed({ ...HOME, ip: `198.51.100.${place}` });
  await expect(backoff.check(HOME, stranger)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await backoff.check(HOME, owner);
  clock.advance(30_000);
  await backoff.check(HOME, stranger);
});

test('other accounts of the same place are not held up', async () => {
  const { backoff } = setUp();
  for (let slip = 0; slip < 50; slip += 1) backoff.failed(HOME);
  await backoff.check({ ...HOME, email: 'desk@rahma.example' }, stranger);
});

test('the addresses of one IPv6 network are one place', async () => {
  const { backoff } = setUp();
  for (let host = 1; host <= 5; host += 1) backoff.failed({ ...HOME, ip: `2001:db8:0:1::${host}` });
  const sixth = { ...HOME, ip: '2001:db8:0:1:ffff::6' };
  await expect(backoff.check(sixth, stranger)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await backoff.check({ ...HOME, ip: '2001:db8:0:2::1' }, stranger);
});
