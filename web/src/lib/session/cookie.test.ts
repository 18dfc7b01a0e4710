import { expect, it } from 'vitest';
import { readCookie } from './cookie.ts';

it('finds a cookie among others and keeps what follows the first equals sign', () => {
  const cookies = 'theme=dark; cc_csrf=abc.def==; cc_csrf_old=no';
  expect(readCookie(cookies, 'cc_csrf')).toBe('abc.def==');
  expect(readCookie(cookies, 'csrf')).toBeNull();
  expect(readCookie('', 'cc_csrf')).toBeNull();
});
