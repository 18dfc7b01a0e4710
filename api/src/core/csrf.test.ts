import { expect, test } from 'vitest';
import { createCsrf } from './csrf.ts';

const csrf = createCsrf('a-secret-of-at-least-32-characters-length');

test('the page that can read the cookie passes', () => {
  const value = csrf.issue('session-1');
  expect(csrf.isGood(value, value, 'session-1')).toBe(true);
});

test('a missing, different, foreign or planted value does not', () => {
  const value = csrf.issue('session-1');
  expect(csrf.isGood(undefined, value, 'session-1')).toBe(false);
  expect(csrf.isGood(value, null, 'session-1')).toBe(false);
  expect(csrf.isGood(value, csrf.issue('session-1'), 'session-1')).toBe(false);
  expect(csrf.isGood(value, value, 'session-2')).toBe(false);
  for (const planted of ['', 'x', 'x.y', `${value}x`, value.replace('.', '')]) {
    expect(csrf.isGood(planted, planted, 'session-1'), planted).toBe(false);
  }
  const elsewhere = createCsrf('another-secret-of-at-least-32-characters').issue('session-1');
  expect(csrf.isGood(elsewhere, elsewhere, 'session-1')).toBe(false);
});
