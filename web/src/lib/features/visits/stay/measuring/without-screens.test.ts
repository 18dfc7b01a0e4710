import { expect, it } from 'vitest';
import { withoutScreens } from './without-screens.ts';

const REPORT = new Map(
  [
    { id: 'IF', type: 'inbound-rtp', trackIdentifier: 'their-face' },
    { id: 'IS', type: 'inbound-rtp', trackIdentifier: 'their-screen' },
    { id: 'SF', type: 'media-source', trackIdentifier: 'my-face' },
    { id: 'SS', type: 'media-source', trackIdentifier: 'my-screen' },
    { id: 'OF', type: 'outbound-rtp', mediaSourceId: 'SF' },
    { id: 'OS', type: 'outbound-rtp', mediaSourceId: 'SS' },
    { id: 'RF', type: 'remote-inbound-rtp', localId: 'OF' },
    { id: 'RS', type: 'remote-inbound-rtp', localId: 'OS' },
    { id: 'T', type: 'transport' },
  ].map((stat) => [stat.id, { timestamp: 0, ...stat }]),
) as unknown as RTCStatsReport;

const idsWithout = (...screens: string[]) =>
  withoutScreens([REPORT], new Set(screens)).flatMap((report) => [...report.keys()]);

it('leaves out the screens of others and all that is sent of the own one', () => {
  expect(idsWithout('their-screen', 'my-screen')).toEqual(['IF', 'SF', 'OF', 'RF', 'T']);
});

it('leaves everything where nobody shows a screen', () => {
  expect(idsWithout()).toEqual([...REPORT.keys()]);
});
