import type { types } from 'mediasoup';
import { isWaiting } from './layer-choice.ts';

/*
 * The worker scores a stream by its packets from 0 to 10. A simulcast layer has 0 after 1500 ms of silence, and more with
 * the first packet after that (RtpStreamRecv). One stream with all layers (SVC) never has 0: of it the worker counts what
 * comes of each layer, looks at that every 1500 ms only, and then lets its viewers have the layers that there are.
 */

/** Calls back when packets of a simulcast sender arrive that was silent, be it at the beginning. */
export function onSimulcastHeard(consumer: types.Consumer, listener: () => void): void {
  if (consumer.type === 'svc') return;
  let wasSilent = true;
  consumer.on('score', ({ producerScores }) => {
    const isSilent = producerScores.every((score) => score === 0);
    if (wasSilent && !isSilent) listener();
    wasSilent = isSilent;
  });
}

/** Calls back when a viewer has lost all layers of one stream because nothing comes of it, be it at the beginning. */
export function onSvcSilent(consumer: types.Consumer, listener: () => void): void {
  if (consumer.type !== 'svc') return;
  async function look(): Promise<void> {
    if (isWaiting(consumer) && (await isSvcSilent(consumer)) && isWaiting(consumer)) listener();
  }
  consumer.on('layerschange', () => void look());
}

/** Whether nothing has come of one stream with all layers for a while. */
export async function isSvcSilent(consumer: types.Consumer): Promise<boolean> {
  const stats = await consumer.getStats().catch(() => []);
  return stats.every((stat) => stat.type !== 'inbound-rtp' || stat.bitrate === 0);
}
