import { expect, it } from 'vitest';
import { isHeardFrom, isSilence } from './heard-from.ts';
import { aReport } from './testing/stats-reports.ts';

const NOW = 1_800_000_000_000;

function aPair(lastPacketReceivedTimestamp: number | undefined, nominated = true): RTCStatsReport {
  return aReport({
    id: 'pair',
    type: 'candidate-pair',
    timestamp: NOW,
    nominated,
    lastPacketReceivedTimestamp,
  });
}

it.each([
  ['a packet has just come in', NOW - 120, true],
  ['the last one came a while ago', NOW - 1_500, false],
  ['a browser does not tell', undefined, false],
])('%s', (_what, last, isHeard) => {
  expect(isHeardFrom(aPair(last))).toBe(isHeard);
});

it('counts nothing that came over a way that is not in use', () => {
  expect(isHeardFrom(aPair(NOW, false))).toBe(false);
});

it('is silent where nothing has come in over any way, as far as the browser tells', () => {
  expect(isSilence([aPair(NOW - 1_500), aPair(NOW - 9_000)])).toBe(true);
  expect(isSilence([aPair(NOW - 1_500), aPair(NOW - 120)])).toBe(false);
  expect(isSilence([aPair(undefined), aPair(undefined)])).toBe(false);
  expect(isSilence([])).toBe(false);
});
