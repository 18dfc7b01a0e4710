import { buildPath, listEndpoints } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { fixedPartsFirst } from './endpoint-router.ts';

test('a fixed part is asked before a parameter could take it', () => {
  const paths = ['/visits/:visitId/record', '/visits/:visitId', '/visits/today', '/visits'].sort(
    fixedPartsFirst,
  );
  expect(paths.indexOf('/visits/today')).toBeLessThan(paths.indexOf('/visits/:visitId'));
});

test('a path is filled with encoded values, and never with a hole in it', () => {
  expect(buildPath('/walk-ins/:slug', { slug: 'a/b c' })).toBe('/walk-ins/a%2Fb%20c');
  expect(() => buildPath('/walk-ins/:slug', {})).toThrow(/slug/);
});

test('no two endpoints of the registry share a method and a path', () => {
  const seen = listEndpoints().map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
  expect(new Set(seen).size).toBe(seen.length);
});
