import { describe, expect, test } from 'vitest';
import { CONDITIONS } from './conditions.ts';
import type { NetworkPath } from './network-path.ts';
import { toLine, toOutcome, type Visited } from './reach-outcome.ts';

const condition = CONDITIONS.find(({ name }) => name === 'relay-tls')!;
const overTls: NetworkPath = { protocol: 'tls', isRelayed: true };
const well: Visited = {
  condition,
  firstFrameMs: 300,
  paths: [overTls, overTls],
  isSeenAndHeard: true,
  ordeal: null,
};

describe('a visit under a condition', () => {
  test('is fine when both are seen and heard over the way that is left', () => {
    expect(toOutcome([well])).toMatchObject({
      ok: true,
      figures: { conditions: { 'relay-tls': { ok: true, firstFrameMs: 300 } } },
    });
    expect(toLine(well)).toBe('✓ relay-tls     first picture 300 ms after Join, relayed, TLS to the relay');
  });

  test.each([
    ['nobody is seen', { firstFrameMs: null }],
    ['one is not heard', { isSeenAndHeard: false }],
    ['there is no way', { paths: [] }],
    ['one of the two connections has no way', { paths: [overTls] }],
    ['one goes another way', { paths: [overTls, { protocol: 'tcp', isRelayed: true }] }],
    [
      'it did not survive what happened meanwhile',
      { ordeal: { isSurvived: false, inWords: 'lost', figures: {} } },
    ],
    ['TLS leads to no relay', { paths: [overTls, { protocol: 'tls', isRelayed: false }] }],
  ] satisfies [string, Partial<Visited>][])('is not fine when %s', (_what, badly) => {
    const visited = { ...well, ...badly };
    expect(toOutcome([well, visited]).ok).toBe(false);
    expect(toLine(visited)).toMatch(/^✗/);
  });
});

test('a run of no visits proves nothing', () => {
  expect(toOutcome([]).ok).toBe(false);
});
