import type { NodeLoad } from '@careconnect/contracts/internal';
import { expect, test } from 'vitest';
import { DEFAULT_ALERT_RULES } from '../../core/alert-rules.ts';
import { byNode, toReport, type HeardLoad } from './node.ts';
import { nodeAlerts } from './node-alerts.ts';
import { aSignaling, anSfu } from './testing/a-load.ts';

const START = Date.parse('2026-11-22T09:00:00.000Z');

function instant(seconds: number): string {
  return new Date(START + 1_000 * seconds).toISOString();
}

function heard(seconds: number, load: NodeLoad): HeardLoad {
  return { heardAt: new Date(instant(seconds)), load };
}

function alertsAt(seconds: number, all: readonly HeardLoad[]) {
  return nodeAlerts(byNode(all), DEFAULT_ALERT_RULES, new Date(instant(seconds)));
}

const busy = (seconds: number, cpuShare = 0.9) =>
  heard(
    seconds,
    anSfu({
      workers: [
        { index: 0, rooms: 3, cpuShare },
        { index: 1, rooms: 1, cpuShare: 0.2 },
      ],
    }),
  );

test('nodes that work and are heard of alert nobody', () => {
  expect(alertsAt(15, [heard(0, anSfu()), heard(0, aSignaling())])).toEqual([]);
});

test('a node is silent a little later, and not when it has said that it stops', () => {
  const all = [heard(0, aSignaling()), heard(16, anSfu())];
  expect(alertsAt(16, all)).toEqual([{ kind: 'node-silent', since: instant(0), node: 'signaling' }]);
  const left = [heard(0, aSignaling({ isDraining: true })), heard(16, anSfu())];
  expect(alertsAt(16, left)).toEqual([]);
  expect(byNode(left).map((past) => toReport(past, new Date(instant(16))).presence)).toEqual(['left', 'up']);
});

test('without a worker that takes visits nobody new is heard, since there was one last', () => {
  expect(alertsAt(0, [heard(0, aSignaling())])).toEqual([{ kind: 'no-media-worker', since: null }]);
  const lost = [heard(0, anSfu()), heard(5, anSfu({ workers: [] }))];
  expect(alertsAt(5, lost)).toEqual([{ kind: 'no-media-worker', since: instant(0) }]);
  expect(alertsAt(5, [heard(5, anSfu({ isDraining: true }))])).toMatchObject([{ kind: 'no-media-worker' }]);
  expect(alertsAt(20, [heard(0, anSfu())]).map(({ kind }) => kind)).toEqual([
    'no-media-worker',
    'node-silent',
  ]);
});

test('a worker is busy when it was in every report for a minute', () => {
  const minute = [0, 15, 30, 45, 60].map((seconds) => busy(seconds));
  const alert = { kind: 'worker-busy', since: instant(0), node: 'sfu', worker: 0 };
  expect(alertsAt(60, minute)).toEqual([alert]);
  expect(alertsAt(45, minute.slice(0, 4))).toEqual([]);
  expect(alertsAt(60, minute.with(2, busy(30, 0.8)))).toEqual([]);
  expect(alertsAt(60, minute.with(4, busy(60, 0.8)))).toEqual([]);
});

test('facts are late when one has waited for a minute', () => {
  const all = (oldestFactMs: number) => [heard(60, anSfu()), heard(60, aSignaling({ oldestFactMs }))];
  expect(alertsAt(60, all(59_000))).toEqual([]);
  expect(alertsAt(60, all(60_000))).toEqual([{ kind: 'facts-late', since: instant(0), node: 'signaling' }]);
});
