import { expect, it } from 'vitest';
import { aReport, receiveReport } from '../stay/measuring/testing/stats-reports.ts';
import { ConnectionWatch } from './connection-watch.svelte.ts';

const NOW = 1_800_000_000_000;

/** The way in use, over which the last packet came so long ago. */
function aPair(agoMs: number): RTCStatsReport {
  const last = { timestamp: NOW, lastPacketReceivedTimestamp: NOW - agoMs };
  return aReport({ id: 'pair', type: 'candidate-pair', nominated: true, ...last });
}

function aWeakWatch(): ConnectionWatch {
  const watch = new ConnectionWatch();
  for (const seconds of [1, 2, 3]) {
    const lost = {
      'in-audio': { packetsLost: 1_000 * seconds },
      'in-video': { packetsLost: 1_000 * seconds },
    };
    watch.take([receiveReport(seconds, lost), aPair(50)]);
  }
  expect(watch.grade).toBe('weak');
  return watch;
}

it('does not take it for a good connection that nothing comes in at all', () => {
  const watch = aWeakWatch();
  const still = receiveReport(3, { 'in-audio': { packetsLost: 3_000 }, 'in-video': { packetsLost: 3_000 } });
  for (let reading = 0; reading < 4; reading++) watch.take([still, aPair(9_000)]);
  expect(watch.grade).toBe('weak');
});

it('is good where nobody sends anything and the server is heard', () => {
  const watch = aWeakWatch();
  const still = receiveReport(3, { 'in-audio': { packetsLost: 3_000 }, 'in-video': { packetsLost: 3_000 } });
  for (let reading = 0; reading < 4; reading++) watch.take([still, aPair(50)]);
  expect(watch.grade).toBe('good');
});
