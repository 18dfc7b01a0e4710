import type { NodeReport } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { viewerZone } from '#lib/time/zone.ts';
import { figuresOf, isStale, pastOf, presenceBadge, technicalFiguresOf } from './node-words.ts';

const heardAt = new Date(2026, 10, 22, 14, 3, 12).toISOString();
const heard: Pick<NodeReport, 'node' | 'presence' | 'heardAt' | 'seats' | 'history'> = {
  node: 'north',
  presence: 'up',
  heardAt,
  seats: 7,
  history: [],
};
const media: NodeReport = {
  ...heard,
  kind: 'sfu',
  rooms: 3,
  producers: 14,
  consumers: 28,
  workers: [{ index: 0, rooms: 3, cpuShare: 0.64 }],
};
const signaling: NodeReport = {
  ...heard,
  kind: 'signaling',
  visits: 3,
  sockets: 8,
  eventLoopLagMs: 2.4,
  pendingFacts: 1,
  oldestFactMs: 4_200,
  pendingSamples: 2,
};

/** Of how it is made, and not of what it does. */
const JARGON = /router|consumer|producer|pipe|socket|event loop|signaling|\bsfu\b|worker|\bfacts?\b|sample/i;

test('what everybody reads of a server has no word of how it is made', () => {
  for (const { label } of [media, signaling].flatMap(figuresOf)) expect(label).not.toMatch(JARGON);
  for (const report of [media, signaling]) expect(pastOf(report).words).not.toMatch(JARGON);
});

test('the technical names are there for those who need them', () => {
  const lines = (report: NodeReport) =>
    technicalFiguresOf(report).map(({ label, value }) => `${label}: ${value}`);
  expect(lines(media).join('\n')).toMatch(/Consumers.*: 28/);
  expect(lines(signaling).join('\n')).toMatch(/Sockets.*: 8[^]*Oldest fact.*: 4 s/);
});

test('a server that is not heard of has numbers of the moment when it was', () => {
  const zone = viewerZone();
  expect([media, { ...media, presence: 'draining' } as const].map(isStale)).toEqual([false, false]);
  for (const presence of ['silent', 'left'] as const) {
    const report = { ...media, presence };
    expect(isStale(report)).toBe(true);
    expect(presenceBadge(report, zone).text).toMatch(/03:12/);
  }
});

test('the line of the past ends at one whole processor, or above it where it was busier', () => {
  const moment = { at: heardAt, seats: 1, eventLoopLagMs: null };
  expect(pastOf(media)).toMatchObject({ values: [], max: 1 });
  const busy = {
    ...media,
    history: [
      { ...moment, cpuShare: 0.2 },
      { ...moment, cpuShare: 1.1 },
    ],
  };
  expect(pastOf(busy)).toMatchObject({ values: [0.2, 1.1], max: 1.1 });
});
