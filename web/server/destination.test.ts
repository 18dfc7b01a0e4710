import { describe, expect, it } from 'vitest';
import { destinationOf } from './destination.ts';

describe('destinationOf', () => {
  it.each([
    ['/api/v1/auth/me', 'api'],
    ['/api', 'api'],
    ['/socket.io/?EIO=4&transport=websocket', 'signaling'],
    ['/', 'pages'],
    ['/patient/book', 'pages'],
    ['/apiary', 'pages'],
    ['/internal/v1/push', 'pages'],
    ['/visit/1?next=/../x', 'pages'],
  ])('%s goes to %s', (target, destination) => {
    expect(destinationOf(target)).toBe(destination);
  });

  it.each([
    undefined,
    '',
    '*',
    'http://elsewhere.example/api',
    '/api/../internal/v1/push',
    '/api/%2e%2e/internal/v1/push',
    '/api/%2E./internal',
    '/socket.io/./x',
    '/api\\..\\internal',
    '//elsewhere.example/api',
  ])('%j is malformed', (target) => {
    expect(destinationOf(target)).toBe('malformed');
  });
});
