import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { SendingLimiter } from './sending-limiter.ts';
import type { Sent } from './transport-producers.ts';

it('limits nothing of what begins while nothing is said about it', async () => {
  const camera = aSent('camera');
  new SendingLimiter(false).begin(camera.sent);
  await camera.settled();
  expect(camera.taken).toEqual([]);
});

it('knows of what begins what was said before it was known here', async () => {
  const camera = aSent('camera');
  const limiter = new SendingLimiter(false);
  limiter.watched('camera-at-server', 0);
  limiter.begin(camera.sent);
  await camera.settled();
  expect(camera.taken).toEqual([[true, false]]);
});

it('changes one thing at a time, and the last word holds', async () => {
  const camera = aSent('camera');
  const limiter = new SendingLimiter(false);
  for (const layer of [1, 0]) {
    limiter.watched('camera-at-server', layer);
    limiter.apply(camera.sent);
  }
  await camera.settled();
  expect(camera.atOnce()).toBe(1);
  expect(camera.taken.at(-1)).toEqual([true, false]);
});

it('always limits the frames of a screen', async () => {
  const screen = aSent('screen');
  new SendingLimiter(false).begin(screen.sent);
  await screen.settled();
  expect(screen.taken).toHaveLength(1);
});

/** Notes of each change which layers are sent. */
function aSent(source: 'camera' | 'screen') {
  const taken: boolean[][] = [];
  let running = 0;
  let most = 0;
  const rtpSender = {
    getParameters: () => ({ encodings: [{ active: true }, { active: true }] }),
    async setParameters({ encodings }: { encodings: { active: boolean }[] }) {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
      taken.push(encodings.map(({ active }) => active));
    },
  };
  const rtpParameters = { encodings: [{ rid: 'r0' }, { rid: 'r1' }] };
  const track = { contentHint: '' };
  const producer = { rtpSender, kind: 'video', appData: { source }, rtpParameters, track };
  return {
    sent: {
      producer: producer as unknown as types.Producer,
      producerId: `${source}-at-server`,
    } satisfies Sent,
    taken,
    atOnce: () => most,
    settled: () => new Promise((resolve) => setTimeout(resolve)),
  };
}
