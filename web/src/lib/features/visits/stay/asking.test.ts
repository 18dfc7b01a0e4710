import { expect, it } from 'vitest';
import { Asking } from './asking.svelte.ts';
import { RequestError } from './seat/request-error.ts';

const REFUSED = RequestError.refused({ code: 'VISIT_FULL', message: 'full', requestId: 'r-1' });

it('asks one thing at a time', async () => {
  const asking = new Asking();
  const answer = Promise.withResolvers<void>();
  const first = asking.ask(() => answer.promise);
  expect(asking.isBusy).toBe(true);
  await asking.ask(() => Promise.reject(REFUSED));
  answer.resolve();
  expect(await first).toBe(true);
  expect([asking.isBusy, asking.failure]).toEqual([false, null]);
});

it('keeps what went wrong until the next question', async () => {
  const asking = new Asking();
  expect(await asking.ask(() => Promise.reject(REFUSED))).toBe(false);
  expect(asking.failure?.code).toBe('VISIT_FULL');
  await asking.ask(() => Promise.resolve());
  expect(asking.failure).toBeNull();
});
